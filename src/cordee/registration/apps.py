"""Django's handle on the room."""

from django.apps import AppConfig


class RegistrationConfig(AppConfig):
    name = "cordee.registration"
    label = "registration"
