"""Django's handle on the room."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    name = "cordee.attendance"
    label = "attendance"

    def ready(self) -> None:
        from cordee.attendance.rules import nobody_signed_yet
        from cordee.planning.rules import hold, hold_times

        hold(nobody_signed_yet)
        hold_times(nobody_signed_yet)
