"""Django's handle on the room."""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "cordee.quality"
    label = "quality"
