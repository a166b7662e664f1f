"""Django's handle on the room."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "cordee.notifications"
    label = "notifications"

    def ready(self) -> None:
        from cordee.notifications.rules import nobody_was_told
        from cordee.planning.rules import hold_restoring

        hold_restoring(nobody_was_told)
