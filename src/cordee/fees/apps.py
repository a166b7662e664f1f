"""Django's handle on the room."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "cordee.fees"
    label = "fees"

    def ready(self) -> None:
        from cordee.fees.rules import not_asked_for
        from cordee.planning.rules import hold

        hold(not_asked_for)
