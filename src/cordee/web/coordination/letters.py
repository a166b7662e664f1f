"""The messages about a session, in words: what each is for, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cordee.mail.queries import Fate
from cordee.mail.states import MessageState
from cordee.notifications.kinds import name_of
from cordee.web.mail_log import KINDS


@dataclass(frozen=True, slots=True)
class Tally:
    """How many messages of one purpose share one fate."""

    name: str
    purpose: str
    state: str
    kind: str
    words: str


def tallies(fates: Iterable[Fate]) -> list[Tally]:
    """Return the fates counted, each with its words."""
    return [
        Tally(
            name=name_of(fate.purpose),
            purpose=fate.purpose,
            state=fate.state,
            kind=KINDS[MessageState(fate.state)],
            words=_fate(MessageState(fate.state), later=fate.later == fate.count) % {"n": fate.count},
        )
        for fate in fates
    ]


def _fate(state: MessageState, *, later: bool) -> str:
    return {
        MessageState.QUEUED: _("%(n)d leave later") if later else _("%(n)d about to leave"),
        MessageState.SENDING: _("%(n)d leaving"),
        MessageState.SENT: _("%(n)d sent"),
        MessageState.FAILED: _("%(n)d failed"),
        MessageState.CANCELLED: _("%(n)d not sent"),
    }[state]
