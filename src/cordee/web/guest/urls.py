"""Addresses of this audience."""

from django.urls import path

from cordee.web.guest import (
    access,
    answer,
    bank_account,
    confirmation,
    delivery,
    invoice,
    lost_link,
    my_registration,
    participant,
    placement,
    privacy,
    registration,
    room,
    signed_sheet,
    signing,
)
from cordee.web.guest.names import certificates
from cordee.web.guest.names import pages as names

urlpatterns = [
    path("a/<str:token>/", answer.answer, name="answer"),
    path("a/<str:token>/sheet/", signed_sheet.signed_sheet, name="link_signed_sheet"),
    path("i/<str:token>/", invoice.supplier_invoice, name="supplier_invoice"),
    path("i/<str:token>/pdf/", invoice.supplier_invoice_pdf, name="supplier_invoice_pdf"),
    path("b/<str:token>/", bank_account.bank_account, name="bank_account"),
    path("p/<str:token>/", participant.participant, name="participant"),
    path("p/<str:token>/access/", access.participant_access, name="participant_access"),
    path("p/<str:token>/placement/", placement.placement, name="placement"),
    path("p/<str:token>/sign/<int:position>/", signing.sign, name="participant_sign"),
    path("p/<str:token>/leave/<int:position>/", signing.leave, name="participant_leave"),
    path("p/<str:token>/session.ics", participant.participant_calendar, name="participant_calendar"),
    path("p/<str:token>/certificate/", participant.participant_certificate, name="participant_certificate"),
    path("p/<str:token>/papers/<str:paper>/", participant.participant_paper, name="participant_paper"),
    path("r/<str:token>/", registration.register, name="register"),
    path("r/<str:token>/sent/", registration.registered, name="registered"),
    path("r/<str:token>/welcome/", registration.walked_in, name="walked_in"),
    path("w/<str:token>/", my_registration.my_registration, name="my_registration"),
    path("w/<str:token>/page/", my_registration.to_my_page, name="to_my_page"),
    path("here/", room.by_typed_code, name="room_code"),
    path("here/in/<str:token>/", room.room, name="room"),
    path("here/in/<str:token>/<int:position>/<int:enrolment_id>/", room.room_sign, name="room_sign"),
    path("here/<str:code>/", room.by_code, name="room_by_code"),
    path("v/<str:code>/", confirmation.certificate_confirmed, name="certificate_confirmed"),
    path("link/", lost_link.lost_link, name="lost_link"),
    path("link/sent/", lost_link.lost_link_sent, name="lost_link_sent"),
    path("privacy/", privacy.privacy_notice, name="privacy_notice"),
    path("s/<str:token>/", delivery.delivery, name="delivery"),
    path("c/<str:token>/", names.contact_lists, name="contact_lists"),
    path("c/<str:token>/certificates/", certificates.contact_certificates, name="contact_certificates"),
    path(
        "c/<str:token>/certificates/<str:certified>.pdf",
        certificates.contact_certificates_file,
        name="contact_certificates_file",
    ),
    path("c/<str:token>/<str:ref>/", names.contact_list, name="contact_list"),
    path("c/<str:token>/<str:ref>/names/", names.contact_names, name="contact_names"),
    path("c/<str:token>/<str:ref>/<str:row_key>/", names.contact_row, name="contact_row"),
]
