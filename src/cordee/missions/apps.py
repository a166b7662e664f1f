"""Django's handle on the room."""

from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "cordee.missions"
    label = "missions"
