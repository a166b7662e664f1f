"""Facilitators typed by name: found in the network, and whether they are expected elsewhere at that time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cordee.kernel.names import search_key
from cordee.network import queries as network
from cordee.network.models import Facilitator
from cordee.planning import queries as planning
from cordee.planning.models import Session
from cordee.planning.rules import clash_of

MOST_OFFERED = 300
"""Names offered while typing; others are found all the same when written."""
_ENOUGH = 6


class TeamInput(forms.Widget):
    """Reads the names; they are drawn by the page."""

    @override
    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [text.strip() for text in data.getlist(name)]


class TeamField(forms.Field):
    """Names of facilitators, each found in the network."""

    widget = TeamInput

    @override
    def clean(self, value: list[str] | None) -> list[Facilitator]:
        found = [find(text) for text in value or [] if text]
        wrong = [error for _person, error in found if error]
        if wrong:
            raise ValidationError(wrong)
        return [person for person, _error in found if person]


def find(text: str) -> tuple[Facilitator | None, str]:
    """Return the facilitator that `text` names; otherwise nobody, and why."""
    candidates = list(network.facilitators(text)[:_ENOUGH])
    exact = [c for c in candidates if search_key(c.full_name) == search_key(text)]
    chosen = exact if len(exact) == 1 else candidates
    if len(chosen) == 1:
        return chosen[0], ""
    if not candidates:
        words = _(
            "Nobody in the network is called “%(name)s”. Write part of the name and choose from the list."
        )
        return None, words % {"name": text}
    names = ", ".join(f"{c.full_name} ({c.user.email})" for c in candidates)
    return None, _("Several people match “%(name)s”: %(names)s. Write the address.") % {
        "name": text,
        "names": names,
    }


@dataclass(frozen=True, slots=True)
class Member:
    """One line of the team as typed, with what is known about it."""

    number: int
    text: str
    note: str = ""
    kind: str = ""
    clash: str = ""
    """What is to be asked: whether both are possible."""


def members(
    texts: Sequence[str], times: Sequence[tuple[datetime, datetime]], *, at_least: int, but: int | None = None
) -> list[Member]:
    """Return one line per session to be filled, with clashes shown before they are made."""
    found = {text: find(text) for text in texts if text}
    ids = [person.pk for person, _error in found.values() if person]
    clashes = planning.clashes(ids, times, leaving_out=but) if ids else {}
    rows = []
    for number in range(1, max(at_least, len(texts)) + 1):
        text = texts[number - 1] if number <= len(texts) else ""
        person, error = found.get(text, (None, ""))
        if error:
            rows.append(Member(number, text, error, "stop"))
        elif person and person.pk in clashes:
            sessions = clashes[person.pk]
            rows.append(Member(number, text, elsewhere(sessions), "late", clash_of(person.pk, sessions)))
        elif person and times:
            rows.append(Member(number, text, _("free at that time"), "done"))
        else:
            rows.append(Member(number, text))
    return rows


def elsewhere(sessions: Iterable[Session]) -> str:
    """Return where somebody is expected already, in words."""
    where = ", ".join(f"{s.title} ({s.ref})" for s in sessions)
    return _("already expected at that time on %(sessions)s") % {"sessions": where}


def offered(coordinator: Facilitator | None) -> list[str]:
    """Return the names to offer while typing, the coordinator first."""
    people = list(network.facilitators()[:MOST_OFFERED])
    names = [p.full_name for p in people]
    twice = {name for name in names if names.count(name) > 1}
    shown = [f"{p.full_name} {p.user.email}" if p.full_name in twice else p.full_name for p in people]
    if coordinator:
        shown = [coordinator.full_name, *(name for name in shown if name != coordinator.full_name)]
    return shown
