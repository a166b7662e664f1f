"""Django's handle on the room."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "cordee.audits"
    label = "audits"
