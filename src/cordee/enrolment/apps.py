"""Django's handle on the room."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "cordee.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        from cordee.enrolment.rules import all_keep_a_place
        from cordee.planning.rules import hold_places

        hold_places(all_keep_a_place)
