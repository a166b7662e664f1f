"""Django's handle on the room: its stories are loaded, and so subscribed, at start."""

from django.apps import AppConfig


class AutomationsConfig(AppConfig):
    name = "cordee.automations"
    label = "automations"

    def ready(self) -> None:
        from django.utils.module_loading import autodiscover_modules

        autodiscover_modules("facts")  # who listens to all facts of a sort must know them all

        from cordee.automations import (
            accommodation,
            accounts,
            belated,
            certificates,
            closure,
            contacts,
            evidence,
            fees,
            mails,
            missions,
            own_pages,
            participants,
            registration,
            sheets,
            staff,
        )

        stories = (
            *(
                accommodation,
                accounts,
                belated,
                certificates,
                closure,
                contacts,
                evidence,
                fees,
                mails,
                missions,
            ),
            *(own_pages, participants, registration, sheets, staff),
        )
        for story in stories:
            story.subscribe()
