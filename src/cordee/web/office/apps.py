"""Django's handle on the room."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "cordee.web.office"
    label = "office"
