"""Django's handle on the room."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "cordee.attendance"
    label = "attendance"
