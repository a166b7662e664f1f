"""Addresses of this audience."""

from django.urls import path

from cordee.web.coordination import (
    beside,
    enrolling,
    fees,
    groups,
    mail_log,
    mission,
    people_on_list,
    plan,
    presence,
    registration,
    session,
    staffing,
)

urlpatterns = [
    path("missions/<str:ref>/", mission.mission, name="mission"),
    path("missions/<str:ref>/plan/", plan.plan, name="plan"),
    path("missions/<str:ref>/timeline/", mission.mission_timeline, name="mission_timeline"),
    path("missions/<str:ref>/fees/", fees.mission_fees, name="mission_fees"),
    path("missions/<str:ref>/sheets.pdf", mission.mission_sheets, name="mission_sheets"),
    path("missions/<str:ref>/finished/", mission.finish_correction, name="finish_correction"),
    path("sessions/<str:ref>/", session.session, name="session"),
    path("sessions/<str:ref>/beside/", beside.session_beside, name="session_beside"),
    path("sessions/<str:ref>/change/", plan.change_session, name="change_session"),
    path("sessions/<str:ref>/cancel/", plan.cancel_session, name="cancel_session"),
    path("sessions/<str:ref>/staff/", staffing.staff, name="staff"),
    path("sessions/<str:ref>/staff/<int:assignment_id>/", staffing.change_place, name="change_place"),
    path("sessions/<str:ref>/people/", enrolling.enrol, name="enrol"),
    path("sessions/<str:ref>/people/rows/<int:row_id>/", enrolling.change_list_row, name="change_list_row"),
    path(
        "sessions/<str:ref>/people/<int:enrolment_id>/",
        people_on_list.correct_enrolment,
        name="correct_enrolment",
    ),
    path(
        "sessions/<str:ref>/people/<int:enrolment_id>/cancel/",
        people_on_list.cancel_enrolment,
        name="cancel_enrolment",
    ),
    path("sessions/<str:ref>/people/<int:enrolment_id>/move/", groups.move_enrolment, name="move_enrolment"),
    path("sessions/<str:ref>/groups/", groups.groups, name="groups"),
    path("sessions/<str:ref>/groups/<int:split_id>/undo/", groups.undo_groups, name="undo_groups"),
    path("sessions/<str:ref>/presence/", presence.presence, name="presence"),
    path("sessions/<str:ref>/walk-in/", presence.walk_in, name="walk_in"),
    path("sessions/<str:ref>/registration/", registration.session_registration, name="session_registration"),
    path("sessions/<str:ref>/registration/qr.svg", registration.registration_qr, name="registration_qr"),
    path(
        "sessions/<str:ref>/registration/poster/",
        registration.registration_poster,
        name="registration_poster",
    ),
    path(
        "sessions/<str:ref>/registration/<int:registration_id>/",
        registration.decide_registration,
        name="decide_registration",
    ),
    path("sessions/<str:ref>/sheet.pdf", session.session_sheet, name="session_sheet"),
    path("sessions/<str:ref>/mails/", mail_log.session_mails, name="session_mails"),
    path("missions/<str:ref>/mails/", mail_log.mission_mails, name="mission_mails"),
    path("missions/<str:ref>/mails/<int:message_id>/", mail_log.mission_mail, name="mission_mail"),
    path(
        "missions/<str:ref>/mails/<int:message_id>/again/",
        mail_log.mission_mail_again,
        name="mission_mail_again",
    ),
    path(
        "missions/<str:ref>/mails/<int:message_id>/stop/",
        mail_log.mission_mail_stop,
        name="mission_mail_stop",
    ),
    path(
        "missions/<str:ref>/mails/<int:message_id>/release/",
        mail_log.mission_mail_release,
        name="mission_mail_release",
    ),
]
