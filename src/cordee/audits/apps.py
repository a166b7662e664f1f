"""Django's handle on the room."""

from django.apps import AppConfig


class AuditsConfig(AppConfig):
    name = "cordee.audits"
    label = "audits"

    def ready(self) -> None:
        from cordee.audits import tasks
        from cordee.jobs import registry

        registry.register("audits.build", tasks.build)
