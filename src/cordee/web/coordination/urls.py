"""Addresses of this audience."""

from django.urls import path

from cordee.web.stub import stub

urlpatterns = [
    path("missions/<str:ref>/", stub, name="mission"),
    path("missions/<str:ref>/plan/", stub, name="plan"),
    path("missions/<str:ref>/timeline/", stub, name="mission_timeline"),
    path("missions/<str:ref>/fees/", stub, name="mission_fees"),
    path("missions/<str:ref>/sheets.pdf", stub, name="mission_sheets"),
    path("missions/<str:ref>/finished/", stub, name="finish_correction"),
    path("sessions/<str:ref>/", stub, name="session"),
    path("sessions/<str:ref>/change/", stub, name="change_session"),
    path("sessions/<str:ref>/cancel/", stub, name="cancel_session"),
    path("sessions/<str:ref>/staff/", stub, name="staff"),
    path("sessions/<str:ref>/staff/<int:assignment_id>/status/", stub, name="set_status"),
    path("sessions/<str:ref>/staff/<int:assignment_id>/role/", stub, name="set_role"),
    path("sessions/<str:ref>/people/", stub, name="enrol"),
    path("sessions/<str:ref>/people/<int:enrolment_id>/", stub, name="correct_enrolment"),
    path("sessions/<str:ref>/people/<int:enrolment_id>/cancel/", stub, name="cancel_enrolment"),
    path("sessions/<str:ref>/presence/", stub, name="presence"),
    path("sessions/<str:ref>/walk-in/", stub, name="walk_in"),
    path("sessions/<str:ref>/sheet.pdf", stub, name="session_sheet"),
    path("sessions/<str:ref>/mails/", stub, name="session_mails"),
]
