"""Each fact of the house becomes a sentence, and what repeats one sentence."""

import re
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

import cordee
from cordee.attendance.facts import HalfDayReopened, HalfDaySigned, PresenceRecorded
from cordee.enrolment.facts import EnrolmentCancelled, ParticipantsEnrolled, ParticipantsMoved
from cordee.journal.facts import fact_types
from cordee.journal.queries import TimelineEntry
from cordee.kernel.facts import Fact
from cordee.missions.facts import MissionClosed, MissionReopened
from cordee.planning.facts import SessionPlanned
from cordee.planning.models import Session
from cordee.surveys.facts import SurveyAnswered
from cordee.web.components.things import Line
from cordee.web.coordination.timeline import lines
from cordee.web.coordination.timeline.folding import FOLDS
from cordee.web.coordination.timeline.names import Names
from cordee.web.coordination.timeline.sentences import KINDS, PRESENTERS

OWN_PAGES = {
    "accommodation",
    "accounting",
    "accounts",
    "catalogue",
    "clients",
    "invoices",
    "network",
    "organisation",
    "payments",
    "suppliers",
}
"""Rooms whose facts belong to no mission."""
OF_THE_OFFICE = {"MailRulesChanged", "MailWordsChanged"}
"""Facts of other rooms that belong to none either."""
TOLD_HERE = {"AuditorLooked"}
"""Facts of rooms above that are told in the same way, on a page of the office."""


def facts_of_missions() -> list[type[Fact]]:
    assert cordee.__version__
    house = [f for f in fact_types().values() if f.__module__.startswith("cordee.")]
    found = [f for f in house if f.__name__ not in OF_THE_OFFICE]
    told_here = (f for f in found if f.__module__.split(".")[1] not in OWN_PAGES or f.__name__ in TOLD_HERE)
    return sorted(told_here, key=lambda f: f.__name__)


def test_every_fact_of_a_mission_has_its_presenter() -> None:
    told = {kind.__name__ for kind in PRESENTERS}
    assert {kind.__name__ for kind in facts_of_missions()} == told
    assert set(FOLDS) <= set(PRESENTERS)
    assert set(KINDS) <= set(PRESENTERS)


EXAMPLES: dict[str, Any] = {
    "facilitator_id": 7,
    "before_id": 8,
    "before": 3,
    "after": 4,
    "role": "facilitator",
    "status": "invited",
    "ref": "R-2027-0001-A",
    "reason_id": 9,
    "month": "2027-01-01",
    "fields": ["place"],
    "closes_at": "2027-01-10T12:00:00+00:00",
    "enrolment_ids": [1, 2],
    "undone": False,
    "purpose": "joining",
    "reasons": ["copied"],
    "questions": ["day_off"],
    "cause": "reopened",
    "kind": "hot",
    "registration_ids": [1, 2],
    "direction": "to_them",
    "due_on": "2027-02-01",
    "effect": "effective",
    "missions": ["M-2027-0001"],
    "changes": {"1": ["absent", "present"]},
}


NAMES = Names(
    {7: "Noor van den Berg", 8: "Dan Cohen"},
    {},
    {n: Session(pk=n, title=f"Atelier {x}", ref=f"S-2027-0001-{x}") for n, x in ((1, "A"), (2, "B"))},
    contacts={1: "Sophie Lang"},
    reasons={9: "La salle est inondée"},
)


def example(kind: type[Fact], **values: Any) -> Fact:
    given = {f.name: EXAMPLES.get(f.name, 1) for f in fields(kind)}
    if kind.__name__ == "AssignmentChanged":
        given |= {"before": "invited", "after": "declined"}
    if kind.__name__ in {"ComplaintReceived", "ComplaintDecided"}:
        given |= {"kind": "incident"}
    return kind(**given | values)


@pytest.mark.parametrize("kind", facts_of_missions(), ids=lambda kind: kind.__name__)
def test_every_sentence_reads_well(kind: type[Fact]) -> None:
    values = {f.name for f in fields(kind)}
    with translation.override("en"):
        text = _present(kind)(example(kind), NAMES)
    assert text
    assert not re.search(r"%\(|%[ds]|\{", text)
    if "session_id" in values:
        assert "Atelier A" in text
    if "facilitator_id" in values:
        assert "Noor van den Berg" in text
    if "reason_id" in values:
        assert "La salle est inondée" in text


def _present(kind: type[Fact]) -> Callable[[Fact, Names], str]:
    return next(present for known, present in PRESENTERS.items() if known.__name__ == kind.__name__)


# --- what repeats ---------------------------------------------------------------------------------------------

NOON = datetime(2027, 1, 14, 12, tzinfo=UTC)
type Happened = tuple[int, Fact]
"""Minutes after noon, and what happened."""


def told(*happened: Happened, user: int | None = None, **options: Any) -> list[Line]:
    """Return the lines of a timeline by one person, newest first."""
    entries = [
        TimelineEntry(n, NOON + timedelta(minutes=minutes), type(fact).__name__, asdict(fact), "system", user)
        for n, (minutes, fact) in enumerate(happened)
    ]
    with translation.override("en"):
        return lines(entries[::-1], NAMES.sessions.values(), NAMES, **options)


def texts(*happened: Happened, **options: Any) -> list[str]:
    return [line.text for line in told(*happened, **options)]


def enrolled(*ids: int, session: int = 1) -> ParticipantsEnrolled:
    return ParticipantsEnrolled(session_id=session, enrolment_ids=list(ids))


def taken_off(enrolment_id: int, session: int = 1) -> EnrolmentCancelled:
    return EnrolmentCancelled(session_id=session, enrolment_id=enrolment_id)


def signed(enrolment_id: int, session: int = 1, *, late: bool = False) -> HalfDaySigned:
    return HalfDaySigned(session_id=session, half_day_id=1, enrolment_id=enrolment_id, late=late)


ANSWERED = SurveyAnswered(session_id=1, enrolment_id=1, kind="placement")
ANSWERED_ELSEWHERE = SurveyAnswered(session_id=2, enrolment_id=2, kind="placement")
PRESENCE = PresenceRecorded(session_id=1, half_day_id=1, present=2, people=2)


@pytest.mark.parametrize("kind", FOLDS, ids=lambda kind: kind.__name__)
def test_every_sentence_of_several_reads_well(kind: type[Fact]) -> None:
    several = [
        example(kind, **{name: n for name in ("registration_id",) if name in kind.__dataclass_fields__})
        for n in (1, 2)
    ]
    with translation.override("en"):
        text = FOLDS[kind].several(several, NAMES)
    assert text
    assert not re.search(r"%\(|%[ds]|\{", text)
    if "session_id" in FOLDS[kind].same:
        assert "Atelier A" in text
    names_people = kind.__name__ == "FacilitatorPutOn"
    tells_how_many_are_left = kind.__name__ == "ClientRowsWait"
    assert names_people or tells_how_many_are_left or re.search(r"\b[24]\b", text)


@pytest.mark.parametrize("kind", FOLDS, ids=lambda kind: kind.__name__)
def test_what_is_the_same_are_fields_of_the_fact(kind: type[Fact]) -> None:
    assert set(FOLDS[kind].same) <= set(kind.__dataclass_fields__)


def test_what_repeats_is_told_once_at_the_latest_and_the_others_keep_their_place() -> None:
    found = told(
        (0, signed(1)), (1, PRESENCE), (2, signed(2)), (3, ANSWERED), (4, signed(3)), (5, enrolled(7))
    )
    assert [line.text for line in found] == [
        "1 person enrolled on Atelier A",
        "3 signatures for Atelier A",
        "Somebody on Atelier A answered the placement questionnaire",
        "Presence recorded for Atelier A: 2 of 2",
    ]
    line = found[1]
    assert line.when == NOON + timedelta(minutes=4)
    assert line.url.endswith("/S-2027-0001-A/")
    assert line.each == [(NOON + timedelta(minutes=n), "Somebody signed for Atelier A") for n in (4, 2, 0)]
    assert not found[0].each


def test_what_is_about_another_session_or_of_another_day_stands_alone() -> None:
    a_day = 24 * 60
    assert texts(
        (0, signed(1)), (1, signed(2, 2)), (2, signed(3)), (3, signed(4, late=True)), (a_day, signed(5))
    ) == [
        "Somebody signed for Atelier A",
        "Somebody signed for Atelier A afterwards",
        "2 signatures for Atelier A",
        "Somebody signed for Atelier B",
    ]


def test_a_day_is_one_where_the_page_is_read() -> None:
    eleven_in_the_evening = 10 * 60 + 30  # 22:30 UTC is 23:30 in Paris
    happened = [(eleven_in_the_evening, ANSWERED), (eleven_in_the_evening + 60, ANSWERED)]
    with timezone.override("Europe/Paris"):
        assert len(texts(*happened)) == 2
    with timezone.override("America/Guadeloupe"):
        assert texts(*happened) == ["2 people answered the placement questionnaire"]


def test_answers_of_several_sessions_are_one_line_that_leads_to_none() -> None:
    (line,) = told((0, ANSWERED), (1, ANSWERED_ELSEWHERE))
    assert (line.text, line.url) == ("2 people answered the placement questionnaire", "")
    assert [text for _at, text in line.each] == [
        "Somebody on Atelier B answered the placement questionnaire",
        "Somebody on Atelier A answered the placement questionnaire",
    ]


def test_what_is_taken_back_in_between_is_not_told_together() -> None:
    assert texts(
        (0, enrolled(1)), (1, enrolled(2)), (2, taken_off(2)), (3, taken_off(1)), (4, enrolled(1))
    ) == [
        "1 person enrolled on Atelier A",
        "2 people taken off the list of Atelier A",
        "2 people enrolled on Atelier A",
    ]
    moved = ParticipantsMoved(session_id=2, from_session_id=1, enrolment_ids=[1], replaced_ids=[])
    assert len(texts((0, enrolled(1)), (1, moved), (2, enrolled(2)))) == 3, "left the first session"
    assert len(texts((0, enrolled(1, session=2)), (1, moved), (2, enrolled(2, session=2)))) == 3
    reopened = HalfDayReopened(session_id=1, half_day_id=1, reopening_id=1)
    assert len(texts((0, signed(1)), (1, reopened), (2, signed(1)))) == 3
    elsewhere = taken_off(9, session=2)
    assert texts((0, enrolled(1)), (1, elsewhere), (2, enrolled(2)))[0] == "2 people enrolled on Atelier A"


def test_what_ends_and_begins_again_is_told_each_time(db: None) -> None:
    closed, reopened = MissionClosed(mission_id=1), MissionReopened(mission_id=1, reason_id=9)
    assert len(texts((0, closed), (1, reopened), (2, closed), (3, reopened))) == 4


def test_sessions_planned_later_are_another_decision() -> None:
    def planned(session: int) -> SessionPlanned:
        return SessionPlanned(session_id=session, ref=f"S-2027-0001-{session}", reason_id=None)

    assert texts((0, planned(1)), (0, PRESENCE), (0, planned(2)))[0] == "2 sessions planned"
    assert texts((0, planned(1)), (9, planned(2))) == ["Atelier B planned", "Atelier A planned"]


def test_of_what_may_have_happened_more_often_this_is_said() -> None:
    yesterday = -24 * 60
    happened = [(yesterday, ANSWERED), (yesterday, ANSWERED), (0, signed(1)), (1, signed(2))]
    assert texts(*happened, goes_on=True) == [
        "2 signatures for Atelier A",
        "2 people answered the placement questionnaire – and more before",
    ]
    assert texts(*happened, goes_on=True, most=1) == ["2 signatures for Atelier A"]
