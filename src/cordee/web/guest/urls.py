"""Addresses of this audience."""

from django.urls import path

from cordee.web.guest import answer

urlpatterns = [
    path("a/<str:token>/", answer.answer, name="answer"),
]
