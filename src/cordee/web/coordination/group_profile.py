"""The group of a session as its placement questionnaire shows it: figures for all, answers for who adapts to them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cordee.catalogue.states import WRITTEN, QuestionKind
from cordee.kernel.actor import Actor
from cordee.missions.rules import may_see
from cordee.planning import queries as planning
from cordee.planning.models import Assignment, Session
from cordee.surveys import queries
from cordee.surveys.queries import Group, PersonAnswers, Tally, rows
from cordee.surveys.rules import may_read_answers
from cordee.web.pages import page, session_or_404
from cordee.web.questions import in_words
from cordee.web.request import Request


@dataclass(frozen=True, slots=True)
class Bar:
    """How many gave one answer, and which part of those who answered that is, in per cent."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What the group answered to one question."""

    label: str
    answered: int
    several: bool
    """One person may have given several answers: the parts add up to more than a whole."""
    average: float | None
    bars: list[Bar]
    texts: list[str]
    more: int
    """Answers in words that are not shown here."""
    written: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A group as a page shows it."""

    people: int
    answered: int
    forgotten: bool
    parts: list[list[Figure]]
    """One for each version that was answered."""
    reads: bool
    """Whether the viewer may read answers in words, and who gave which."""


def shown(group: Group, *, reads: bool, most_texts: int | None = None) -> Shown:
    """Return a group for the page: of answers in words `most_texts` to each question, none but to who `reads`."""
    most = most_texts if reads else 0
    parts = [[_figure(tally, most) for tally in profile.tallies] for profile in group.profiles]
    return Shown(
        people=group.people, answered=group.answered, forgotten=group.forgotten, parts=parts, reads=reads
    )


def reads_answers(session: Session, actor: Actor, running: Iterable[Assignment]) -> bool:
    """Tell whether the viewer reads answers one by one; `running`: who is confirmed on the session."""
    own = actor.facilitator_id
    runs = own is not None and any(place.facilitator_id == own for place in running)
    return may_read_answers(session, actor, runs_session=runs)


def _figure(tally: Tally, most_texts: int | None) -> Figure:
    texts, language = list(tally.texts[:most_texts]), get_language() or "fr"
    return Figure(
        label=tally.question.label.said_in(language),
        answered=tally.answered,
        several=tally.question.kind == QuestionKind.SEVERAL,
        average=tally.average,
        bars=[Bar(label, n, round(100 * n / tally.answered)) for label, n in rows(tally, language)]
        if tally.answered
        else [],
        texts=texts,
        more=len(tally.texts) - len(texts),
        written=tally.question.kind in WRITTEN,
    )


@page()
def session_group(request: Request, ref: str) -> HttpResponse:
    """Show the group as a whole; with `?by=person`, to who may read them, the answers of each."""
    session = session_or_404(request, ref)
    actor = request.viewer.actor
    reads = reads_answers(session, actor, planning.running([session.pk])[session.pk])
    by_person = request.GET.get("by") == "person"
    if by_person and not reads:
        raise PermissionDenied
    group = queries.group(session)
    here = reverse("session_group", args=[ref])
    context = {
        "session": session,
        "mission": session.mission,
        "sees_mission": may_see(session.mission, actor),
        "group": shown(group, reads=reads) if group else None,
        "reads": reads,
        "by_person": by_person,
        "tabs": [
            {"label": _("The group"), "url": here, "current": not by_person, "count": None},
            {"label": _("Person by person"), "url": f"{here}?by=person", "current": by_person, "count": None},
        ],
    }
    if by_person:
        people = queries.people_of(session)
        context |= {"tables": _tables(people), "silent": [p.name for p in people if p.version is None]}
    return render(request, "coordination/group_profile.html", context)


@dataclass(frozen=True, slots=True)
class Table:
    """Who answered one version, and what: a cell for each question, empty where it was left out."""

    questions: list[str]
    rows: list[tuple[str, list[tuple[str, str]]]]


def _tables(people: Iterable[PersonAnswers]) -> list[Table]:
    by_version: dict[int, list[PersonAnswers]] = {}
    for person in people:
        if person.version:
            by_version.setdefault(person.version.pk, []).append(person)
    return [_table(same) for _version_id, same in sorted(by_version.items(), reverse=True)]


def _table(people: list[PersonAnswers]) -> Table:
    language = get_language() or "fr"
    asked = people[0].version.asked if people[0].version else ()
    labels = [question.label.said_in(language) for question in asked]
    told = []
    for person in people:
        words = [in_words(q, person.values[q.key]) if q.key in person.values else "" for q in asked]
        told.append((person.name, list(zip(labels, words, strict=True))))
    return Table(labels, told)
