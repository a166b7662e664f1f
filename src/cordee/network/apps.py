"""Django's handle on the room."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "cordee.network"
    label = "network"
