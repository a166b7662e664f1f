"""Django's handle on the room."""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "cordee.web.entrance"
    label = "entrance"

    def ready(self) -> None:
        from django.conf import settings

        from cordee.jobs import registry
        from cordee.kernel import clock
        from cordee.web.entrance import letters, tasks
        from cordee.web.entrance.demo_clock import DemoClock

        registry.register(letters.ANSWER, tasks.answer_knocks)

        if settings.DEMO:
            clock.use(DemoClock(settings.DEMO_CLOCK_FILE))
