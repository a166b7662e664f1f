"""Django's handle on the room."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "cordee.clients"
    label = "clients"
