"""Who lost the links to their pages gets them by e-mail."""

from django.utils.translation import gettext_lazy as _

from cordee.enrolment.facts import PagesAsked
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import own_pages


def subscribe() -> None:
    journal.subscribe(
        "lost-links-mail", (PagesAsked,), _bring_back, follows=_("The message that brings lost links back")
    )


def _bring_back(entry: Recorded[PagesAsked]) -> None:
    own_pages.bring_back(entry.fact.lost_id)
