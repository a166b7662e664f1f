"""Django's handle on the room."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "cordee.fees"
    label = "fees"
