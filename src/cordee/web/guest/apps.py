"""Django's handle on the room."""

from django.apps import AppConfig


class GuestConfig(AppConfig):
    name = "cordee.web.guest"
    label = "guest"
