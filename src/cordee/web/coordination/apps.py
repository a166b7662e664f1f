"""Django's handle on the room."""

from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "cordee.web.coordination"
    label = "coordination"
