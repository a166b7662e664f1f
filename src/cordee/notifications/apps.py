"""Django's handle on the room."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "cordee.notifications"
    label = "notifications"
