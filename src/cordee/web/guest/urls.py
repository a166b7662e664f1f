"""Addresses of this audience."""

from django.urls import path

from cordee.web.stub import stub

urlpatterns = [
    path("a/<str:token>/", stub, name="answer"),
]
