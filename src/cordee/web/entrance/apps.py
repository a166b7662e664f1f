"""Django's handle on the room."""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "cordee.web.entrance"
    label = "entrance"
