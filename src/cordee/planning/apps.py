"""Django's handle on the room."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "cordee.planning"
    label = "planning"
