"""How pages show a sheet: where it stands, what is found on it, what was decided of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.accounts import queries as accounts
from cordee.conformity import queries
from cordee.conformity.models import CAUSE_LABELS, SHEET_LABELS, Decision, SheetReview
from cordee.conformity.rules import Finding
from cordee.conformity.states import Cause, SheetState
from cordee.web.components.things import Line

KINDS = {
    SheetState.IN_PROGRESS: "neutral",
    SheetState.SUBMITTED: "wait",
    SheetState.ACCEPTED: "done",
    SheetState.REFUSED: "stop",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSheet:
    """A sheet as its pages show it."""

    kind: str
    label: str
    fully_signed: bool
    errors: Sequence[Finding]
    questions: Sequence[Finding]
    ahead: Sequence[Finding]
    """What is not due yet: there is time until the half-day is over."""
    refused: Decision | None
    """The refusal that is to be put right."""
    refused_for: str
    history: Sequence[Line]


def shown(review: SheetReview, found: Sequence[Finding]) -> ShownSheet:
    """Return a sheet as it is shown, with what is found on it now: two queries."""
    state, decided = SheetState(review.state), queries.decisions(review)
    refused = next((d for d in decided if d.move == "refuse"), None) if state == SheetState.REFUSED else None
    return ShownSheet(
        kind=KINDS[state],
        label=str(SHEET_LABELS[state]),
        fully_signed=review.fully_signed,
        errors=[f for f in found if f.is_error and f.due],
        questions=[f for f in found if not f.is_error],
        ahead=[f for f in found if not f.due],
        refused=refused,
        refused_for=queries.reasons_text(refused.reasons) if refused else "",
        history=_history(decided),
    )


def _history(decided: Sequence[Decision]) -> list[Line]:
    names = accounts.names({d.user_id for d in decided if d.user_id}) if decided else {}
    return [
        Line(d.at, _sentence(d), names.get(d.user_id or 0) or _("Cordée, by itself"), "", _KINDS[d.move])
        for d in decided
    ]


_KINDS = {"submit": "wait", "accept": "done", "refuse": "stop", "send_back": "late"}


def _sentence(decision: Decision) -> str:
    words = {
        "submit": lambda: _("Submitted"),
        "accept": lambda: _("Accepted"),
        "refuse": lambda: _("Refused: %(reasons)s") % {"reasons": queries.reasons_text(decision.reasons)},
        "send_back": lambda: _("Sent back: %(cause)s") % {"cause": CAUSE_LABELS[Cause(decision.reasons[0])]},
    }[decision.move]()
    return _("%(what)s. “%(note)s”") % {"what": words, "note": decision.note} if decision.note else words
