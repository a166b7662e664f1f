"""Addresses of this audience."""

from django.urls import path

from cordee.web.stub import stub

urlpatterns = [
    path("", stub, name="home"),
    path("healthz", stub, name="healthz"),
    path("brand.css", stub, name="brand_css"),
    path("design/", stub, name="design"),
    path("persona/", stub, name="persona_login"),
    path("demo/mailbox/", stub, name="mailbox"),
    path("demo/mailbox/<int:message_id>/", stub, name="mailbox_message"),
    path("demo/clock/", stub, name="move_clock"),
    path("me/", stub, name="my_account"),
]
