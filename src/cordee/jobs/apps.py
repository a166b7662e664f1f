"""Django's handle on the room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cordee.jobs"
    label = "jobs"
