"""Django's handle on the room."""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "cordee.web.entrance"
    label = "entrance"

    def ready(self) -> None:
        from django.conf import settings

        from cordee.kernel import clock
        from cordee.web.entrance.demo_clock import DemoClock

        if settings.DEMO:
            clock.use(DemoClock(settings.DEMO_CLOCK_FILE))
