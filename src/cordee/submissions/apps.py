"""Django's handle on the room."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "cordee.submissions"
    label = "submissions"
