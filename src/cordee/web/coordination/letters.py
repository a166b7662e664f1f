"""The messages about a session, in words: what each is for, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.mail.queries import Fate
from cordee.mail.states import MessageState
from cordee.notifications.texts import Purpose

KINDS = {
    MessageState.QUEUED: "wait",
    MessageState.SENDING: "wait",
    MessageState.SENT: "done",
    MessageState.FAILED: "stop",
    MessageState.CANCELLED: "neutral",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of one purpose share one fate."""

    name: str
    purpose: str
    state: str
    kind: str
    words: str


def purpose_name(purpose: str) -> str:
    """Return what a message is for, in the words of the trade."""
    names = {
        Purpose.STAFFING_REQUEST: _("Request to a facilitator"),
        Purpose.STAFFING_CHANGED: _("Change told to a facilitator"),
        Purpose.STAFFING_CANCELLED: _("Cancellation told to a facilitator"),
        Purpose.STAFFING_DECLINED: _("Refusal told to the coordinator"),
        Purpose.JOINING: _("Joining instructions"),
        Purpose.JOINING_CHANGED: _("Change of the joining instructions"),
        Purpose.JOINING_CANCELLED: _("Cancellation told to a participant"),
    }
    return {str(key): name for key, name in names.items()}.get(purpose, _("Message"))


def tallies(fates: Iterable[Fate]) -> list[Tally]:
    """Return the fates counted, each with its words."""
    return [
        Tally(
            name=purpose_name(fate.purpose),
            purpose=fate.purpose,
            state=fate.state,
            kind=KINDS[MessageState(fate.state)],
            words=_fate(MessageState(fate.state)) % {"n": fate.count},
        )
        for fate in fates
    ]


def _fate(state: MessageState) -> str:
    return {
        MessageState.QUEUED: _("%(n)d about to leave"),
        MessageState.SENDING: _("%(n)d leaving"),
        MessageState.SENT: _("%(n)d sent"),
        MessageState.FAILED: _("%(n)d failed"),
        MessageState.CANCELLED: _("%(n)d not sent"),
    }[state]
