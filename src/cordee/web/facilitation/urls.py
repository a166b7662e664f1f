"""Addresses of this audience."""

from django.urls import path

from cordee.web.coordination.deposits import giving
from cordee.web.facilitation import fees, invoices, lists, today, work

urlpatterns = [
    path("my/", work.my_work, name="my_work"),
    path("my/today/", today.today, name="today"),
    path("my/signed-sheets/", giving.my_deposits, name="my_deposits"),
    path("my/missions/", lists.my_missions, name="my_missions"),
    path("my/sessions/", lists.my_sessions, name="my_sessions"),
    path("my/fees/", fees.my_fees, name="my_fees"),
    path("my/invoices/<int:payable_id>/", invoices.my_invoice, name="my_invoice"),
    path("my/invoices/<int:payable_id>/pdf/", invoices.my_invoice_pdf, name="my_invoice_pdf"),
    path("my/invoices/<int:payable_id>/give/", invoices.give_invoice, name="give_invoice"),
    path("my/answer/<int:assignment_id>/", work.my_answer, name="my_answer"),
]
