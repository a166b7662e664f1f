"""Django's handle on the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "cordee.web"
    label = "web"
