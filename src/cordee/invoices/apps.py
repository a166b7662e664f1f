"""Django's handle on the room."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "cordee.invoices"
    label = "invoices"

    def ready(self) -> None:
        from cordee.invoices import tasks
        from cordee.jobs import registry

        registry.register("invoices.keep_file", tasks.keep_file)
