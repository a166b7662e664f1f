"""Addresses of this audience."""

from django.urls import path

from cordee.web.coordination.deposits import giving
from cordee.web.facilitation import fees, invoices, lists, opinions, statement, today, work
from cordee.web.facilitation.paid import mandate, money, overview, papers, structure

urlpatterns = [
    path("my/", work.my_work, name="my_work"),
    path("my/today/", today.today, name="today"),
    path("my/signed-sheets/", giving.my_deposits, name="my_deposits"),
    path("my/missions/", lists.my_missions, name="my_missions"),
    path("my/sessions/", lists.my_sessions, name="my_sessions"),
    path("my/opinions/", opinions.my_opinions, name="my_opinions"),
    path("my/fees/", fees.my_fees, name="my_fees"),
    path("my/fees/<number:year>.csv", statement.statement, name="my_statement"),
    path("my/fees/<number:year>.pdf", statement.statement_pdf, name="my_statement_pdf"),
    path("my/invoices/<number:payable_id>/", invoices.my_invoice, name="my_invoice"),
    path("my/invoices/<number:payable_id>/pdf/", invoices.my_invoice_pdf, name="my_invoice_pdf"),
    path("my/invoices/<number:payable_id>/give/", invoices.give_invoice, name="give_invoice"),
    path("paid/", overview.my_payment, name="my_payment"),
    path("paid/structure/", structure.change_structure, name="my_structure"),
    path("paid/structure/new/", structure.new_structure, name="my_structure_new"),
    path("paid/vat/", money.change_vat, name="my_vat"),
    path("paid/account/", money.change_account, name="my_bank_account"),
    path(
        "paid/account/<number:account_id>/give-up/", money.withdraw_account, name="my_bank_account_withdraw"
    ),
    path("paid/mandate/", mandate.mandate, name="my_mandate"),
    path("paid/mandate/sign/", mandate.sign_mandate, name="my_mandate_sign"),
    path("paid/mandate/end/", mandate.revoke_mandate, name="my_mandate_revoke"),
    path("paid/mandate/<number:mandate_id>.pdf", mandate.mandate_file, name="my_mandate_file"),
    path("paid/papers/", papers.give_paper, name="my_papers"),
    path("paid/papers/<number:paper_id>/", papers.own_paper, name="my_paper"),
    path("my/answer/<number:assignment_id>/", work.my_answer, name="my_answer"),
]
