"""Django's handle on the room."""

from django.apps import AppConfig


class DepositsConfig(AppConfig):
    name = "cordee.deposits"
    label = "deposits"

    def ready(self) -> None:
        from cordee.deposits import tasks
        from cordee.deposits.rules import no_sheet_deposited
        from cordee.jobs import registry
        from cordee.planning.rules import hold, hold_times

        registry.register("deposits.read", tasks.read)
        hold(no_sheet_deposited)
        hold_times(no_sheet_deposited)
