"""Addresses of this audience."""

from django.urls import path

from cordee.web.stub import stub

urlpatterns = [
    path("my/", stub, name="my_work"),
    path("my/missions/", stub, name="my_missions"),
    path("my/sessions/", stub, name="my_sessions"),
    path("my/fees/", stub, name="my_fees"),
    path("my/answer/<int:assignment_id>/", stub, name="my_answer"),
]
