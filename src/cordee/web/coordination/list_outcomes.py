"""What became of the rows of a list, in words: nobody wonders where a line went."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.enrolment.actions import Enrolled
from cordee.enrolment.queries import WaitingRow
from cordee.enrolment.states import Became
from cordee.lists.results import Row
from cordee.planning.models import Session
from cordee.web.request import Request


def tell_kept(request: Request, rows: Sequence[Row], kept: int) -> None:
    if kept < len(rows):
        n = len(rows) - kept
        words = ngettext("%(n)d line was here already.", "%(n)d lines were here already.", n)
        messages.info(request, words % {"n": n})


def tell_skipped(request: Request, lines: Sequence[str]) -> None:
    """Say which lines were not taken for people, and that somebody may miss."""
    if lines:
        words = _("These lines were not taken for people: %(lines)s")
        messages.info(request, words % {"lines": " · ".join(lines)})


def tell_aside(request: Request, rows: Sequence[WaitingRow]) -> None:
    """Say whose rows made way for the new list: nobody leaves the screen unseen."""
    if rows:
        names = [row.judged.person_named for row in rows]
        words = ngettext(
            "%(n)d row of the list before made way for this one: %(names)s.",
            "%(n)d rows of the list before made way for this one: %(names)s.",
            len(rows),
        )
        messages.info(request, words % {"n": len(rows), "names": ", ".join(names)})


def tell_outcomes(request: Request, session: Session, done: Mapping[Session, Enrolled]) -> None:
    """Say what became of a list, and by name of all who were not simply enrolled."""
    messages.success(request, _outcomes(session, done))
    told: dict[str, list[str]] = {}
    for part in done.values():
        for outcome in part.outcomes:
            name = f"{outcome.person.first_name} {outcome.person.last_name}".strip() or outcome.person.email
            told.setdefault(outcome.became, []).append(name)
    words = {
        Became.ALREADY: _("On the list already: %(names)s."),
        Became.COMPLETED: _("On the list already, and completed: %(names)s."),
        Became.TWICE: _("Twice in the list: %(names)s."),
        Became.LEFT_OUT: _("Left out, to be asked about: %(names)s."),
    }
    for became, sentence in words.items():
        if names := told.get(became):
            messages.info(request, sentence % {"names": ", ".join(names)})


def _outcomes(session: Session, done: Mapping[Session, Enrolled]) -> str:
    """Return what became of a list, group by group when it was spread."""
    if list(done) == [session]:
        return outcome(done[session])
    return " · ".join(f"{group.title}: {outcome(enrolled)}" for group, enrolled in done.items())


def outcome(enrolled: Enrolled) -> str:
    """Return what became of a list, in words: nobody wonders where a line went."""
    n = len(enrolled.new)
    parts = [ngettext("%(n)d person enrolled", "%(n)d people enrolled", n) % {"n": n}]
    if enrolled.already:
        words = ngettext("%(n)d on the list already", "%(n)d on the list already", enrolled.already)
        parts.append(words % {"n": enrolled.already})
    if enrolled.twice:
        words = ngettext("%(n)d line twice", "%(n)d lines twice", enrolled.twice)
        parts.append(words % {"n": enrolled.twice})
    return " · ".join(parts)
