"""Django's handle on the room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "cordee.journal"
    label = "journal"

    def ready(self) -> None:
        from cordee.jobs import registry
        from cordee.journal import tasks

        registry.register("journal.deliver", tasks.deliver)
        registry.register("journal.deliver_due", tasks.deliver_due)
