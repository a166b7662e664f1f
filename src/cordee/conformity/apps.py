"""Django's handle on the room."""

from django.apps import AppConfig


class ConformityConfig(AppConfig):
    name = "cordee.conformity"
    label = "conformity"
