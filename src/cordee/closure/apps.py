"""Django's handle on the room."""

from django.apps import AppConfig


class ClosureConfig(AppConfig):
    name = "cordee.closure"
    label = "closure"
