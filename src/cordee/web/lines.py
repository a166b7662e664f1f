"""What became of each line of the lists that were given, told on the pages of a list for as long as it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cordee.accounts.queries import names
from cordee.enrolment.models import BECAME_LABELS, RowOutcome
from cordee.enrolment.queries import givers
from cordee.enrolment.states import MOST_LINES_TOLD, Became
from cordee.web.numbers import an_id

PER_PAGE = 100
_KINDS = {
    Became.ENROLLED: "done",
    Became.ALREADY: "done",
    Became.COMPLETED: "done",
    Became.TWICE: "neutral",
    Became.LEFT_OUT: "late",
    Became.ASIDE: "late",
    Became.DROPPED: "neutral",
    Became.REPLACED: "neutral",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """One line of a list, and what became of it."""

    number: str
    name: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What somebody did with several lines, in one go."""

    at: datetime
    who: str
    lines: list[ToldLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPage:
    """A page of lines, the latest first; 0 where there is no page before or after it."""

    acts: list[Act]
    later: int
    earlier: int


def told_page(outcomes: QuerySet[RowOutcome], asked: str | None) -> ToldPage:
    """Return a page of what became of lines: one query, one more for names of each kind."""
    number = min(an_id(asked or "") or 1, MOST_LINES_TOLD // PER_PAGE)
    start = (number - 1) * PER_PAGE
    rows = list(outcomes[start : start + PER_PAGE + 1])
    return ToldPage(
        acts=_acts(rows[:PER_PAGE]), later=number - 1, earlier=number + 1 if len(rows) > PER_PAGE else 0
    )


def _acts(outcomes: Sequence[RowOutcome]) -> list[Act]:
    user_ids = {o.user_id for o in outcomes if o.user_id is not None}
    users = names(user_ids) if user_ids else {}
    contacts = givers(o.link_id for o in outcomes if o.link_id is not None)
    return [
        Act(
            at=at, who=_who(user_id, link_id, users, contacts), lines=[_line(outcome) for outcome in together]
        )
        for (at, user_id, link_id), together in groupby(
            outcomes, key=lambda o: (o.became_at, o.user_id, o.link_id)
        )
    ]


def _who(user_id: int | None, link_id: int | None, users: dict[int, str], contacts: dict[int, str]) -> str:
    if user_id is None and link_id is None:
        return _("on the command line")
    return users.get(user_id or 0) or contacts.get(link_id or 0) or _("somebody")


def _line(outcome: RowOutcome) -> ToldLine:
    words = str(BECAME_LABELS[Became(outcome.became)])
    if outcome.first_line:
        words = _("twice: see line %(line)s") % {"line": outcome.first_line}
    return ToldLine(
        number=f"{outcome.sheet} · {outcome.line}" if outcome.sheet else str(outcome.line),
        name=outcome.name,
        kind=_KINDS[Became(outcome.became)],
        words=words,
    )
