"""Django's handle on the room."""

from django.apps import AppConfig


class AccommodationConfig(AppConfig):
    name = "cordee.accommodation"
    label = "accommodation"
