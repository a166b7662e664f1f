"""Django's handle on the room."""

from django.apps import AppConfig

from cordee.web import numbers


class WebConfig(AppConfig):
    name = "cordee.web"
    label = "web"

    def ready(self) -> None:
        """Let addresses speak of numbers before any is read."""
        numbers.register()
