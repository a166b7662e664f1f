"""A sheet that was accepted: all that proves the session is sealed in one file."""

from django.utils.translation import gettext_lazy as _

from cordee.conformity.facts import SheetAccepted
from cordee.evidence import actions
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.kernel.actor import SYSTEM


def subscribe() -> None:
    journal.subscribe("seal-session", (SheetAccepted,), _seal, follows=_("The sealed file of the session"))


def _seal(entry: Recorded[SheetAccepted]) -> None:
    actions.seal_session(session_id=entry.fact.session_id, round=entry.fact.round, by=SYSTEM)
