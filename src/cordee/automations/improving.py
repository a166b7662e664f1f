"""Whoever is asked to improve something is told."""

from django.utils.translation import gettext_lazy as _

from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import improving
from cordee.quality.facts import ImprovementDone, ImprovementGivenUp, ImprovementOpened, ImprovementReplanned


def subscribe() -> None:
    journal.subscribe(
        "improvement-asked",
        (ImprovementOpened, ImprovementReplanned, ImprovementDone, ImprovementGivenUp),
        _tell,
        follows=_("The message to who is asked to improve something"),
    )


def _tell(
    entry: Recorded[ImprovementOpened | ImprovementReplanned | ImprovementDone | ImprovementGivenUp],
) -> None:
    improving.asked(entry.fact.improvement_id, entry_id=entry.entry_id, by=entry.user_id)
