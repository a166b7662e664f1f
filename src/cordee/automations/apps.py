"""Django's handle on the room: its stories are loaded, and so subscribed, at start."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class AutomationsConfig(AppConfig):
    name = "cordee.automations"
    label = "automations"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("facts")  # who listens to all facts of a sort must know them all

        from cordee import automations

        for story in iter_modules(automations.__path__):  # each file beside this one, by name
            if story.name != "apps":
                import_module(f"{automations.__name__}.{story.name}").subscribe()
