"""Django's handle on the room."""

from django.apps import AppConfig


class SuppliersConfig(AppConfig):
    name = "cordee.suppliers"
    label = "suppliers"
