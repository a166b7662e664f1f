"""Addresses of this audience."""

from django.urls import path, re_path

from cordee.web.entrance.views import account, demo, front, search

urlpatterns = [
    path("", front.home, name="home"),
    path("search/", search.search, name="search"),
    path("healthz", front.healthz, name="healthz"),
    path("brand.css", front.brand_css, name="brand_css"),
    path("worker.js", front.worker, name="worker"),
    path("without-network/", front.without_network, name="without_network"),
    path("design/", front.design, name="design"),
    path("persona/", demo.persona_login, name="persona_login"),
    path("demo/mailbox/", demo.mailbox, name="mailbox"),
    path("demo/mailbox/<number:message_id>/", demo.mailbox_message, name="mailbox_message"),
    path("demo/mailbox/<number:message_id>/body/", demo.mailbox_body, name="mailbox_body"),
    path("demo/mailbox/<number:message_id>/session.ics", demo.mailbox_calendar, name="mailbox_calendar"),
    path("demo/clock/", demo.move_clock, name="move_clock"),
    path("me/", account.my_account, name="my_account"),
    path("language/setlang/", account.set_language, name="set_language"),
    # These come before the pages of allauth with the same addresses.
    path("account/login/", account.log_in, name="account_login"),
    path("account/login/code/", account.request_code, name="account_request_login_code"),
    path("account/login/code/confirm/", account.confirm_code, name="account_confirm_login_code"),
    path("account/password/reset/", account.reset_password, name="account_reset_password"),
    path("account/email/", account.to_my_account, name="account_email"),
    path("account/confirm-email/", account.to_my_account, name="account_email_verification_sent"),
    re_path(
        r"^account/confirm-email/(?P<key>[-:\w]+)/$", account.to_my_account, name="account_confirm_email"
    ),
    path("account/reauthenticate/", account.to_my_account, name="account_reauthenticate"),
]
