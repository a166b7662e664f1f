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

        # The command line looks into a demo's home without being told that it is one: the file is there for all.
        if settings.DEMO or settings.DEMO_CLOCK_FILE.exists():
            clock.use(DemoClock(settings.DEMO_CLOCK_FILE))
