"""Django's handle on the room."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "cordee.enrolment"
    label = "enrolment"
