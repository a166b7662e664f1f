"""Django's handle on the room: its stories are loaded, and so subscribed, at start."""

from importlib import import_module

from django.apps import AppConfig

STORIES = (
    "accommodation",
    "accounts",
    "belated",
    "billing",
    "certificates",
    "closure",
    "contacts",
    "deliveries",
    "evidence",
    "fees",
    "mails",
    "missions",
    "own_pages",
    "participants",
    "registration",
    "sheets",
    "staff",
)


class AutomationsConfig(AppConfig):
    name = "cordee.automations"
    label = "automations"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("facts")  # who listens to all facts of a sort must know them all
        for story in STORIES:
            import_module(f"cordee.automations.{story}").subscribe()
