"""Django's handle on the room."""

from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "cordee.web.help"
    label = "help"
