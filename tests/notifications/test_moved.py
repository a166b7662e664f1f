"""Who is moved to another session is told once: of where they finally are, and only if they were told before."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.mail import queries as mail_queries
from cordee.mail.models import Message
from cordee.notifications import participants
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.notifications.letters import events, last, letters
from tests.planning.drafts import two_half_days
from tests.steps import enrol, plan

ANA = "ana@valmont.example"
type Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def groups(cast: Cast) -> list[Session]:
    return plan(cast, count=3)


@pytest.fixture
def ana(cast: Cast, groups: list[Session]) -> Enrolment:
    return enrol(cast, groups[0], "Ana")[0]


def move(person: Enrolment, session: Session) -> None:
    enrolment.move(enrolment_ids=[person.pk], session_id=session.pk, by=COMMAND)


def live(message: Message) -> list[tuple[str, Any]]:
    return [(str(e["uid"]), e["dtstart"].dt) for e in events(message) if e["status"] == "CONFIRMED"]


def test_who_was_told_gets_one_update_of_the_same_event(
    groups: list[Session], ana: Enrolment, settle: Settle
) -> None:
    a, b, _ = groups
    settle()
    before = events(last(ANA))[0]
    move(ana, b)
    settle()
    settle()
    assert letters(ANA) == [("joining", "sent"), ("joining_changed", "sent")]
    message = last(ANA)
    assert f"Vous avez été déplacé·e de «\u00a0{a.title}\u00a0» vers «\u00a0{b.title}\u00a0»." in message.text
    assert "a changé" not in message.text
    assert f"Session\n{a.title}\n→ {b.title}" in message.text
    assert message.session_id == b.pk
    (event,) = events(message)
    assert event["uid"] == before["uid"], "the event in their calendar moves along"
    assert event["sequence"] > before["sequence"]
    assert str(event["summary"]) == b.title


def test_a_move_tells_old_and_new_above_the_practical_notes(
    cast: Cast, ana: Enrolment, settle: Settle
) -> None:
    friday = draft(date(2027, 1, 15), place="Salle des fêtes", instructions="Sonnez à l’accueil.")
    (other,) = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=friday, by=COMMAND
    )
    settle()
    move(ana, other)
    settle()
    told = last(ANA)
    for text in (told.text, told.html):
        order = [
            text.index(words) for words in ("jeudi 14 janvier", "→ vendredi 15 janvier", "→ Salle des fêtes")
        ]
        assert [*order, text.index("Sonnez à l’accueil.")] == sorted(
            [*order, text.index("Sonnez à l’accueil.")]
        )


def test_who_was_not_told_gets_the_instructions_of_the_new_session_alone(
    groups: list[Session], ana: Enrolment, settle: Settle, settings: Any
) -> None:
    a, b, c = groups
    settings.DEMO = False
    settle()
    for session in (b, c, a, b):
        move(ana, session)
        settle()
    settings.DEMO = True
    settle()
    assert letters(ANA) == [("joining", "sent")]
    assert b.title in last(ANA).text
    assert last(ANA).session_id == b.pk


def test_there_and_back_before_anything_left_tells_nothing(
    groups: list[Session], ana: Enrolment, settle: Settle, settings: Any
) -> None:
    a, b, c = groups
    settle()
    settings.DEMO = False
    for session in (b, a):
        move(ana, session)
        settle()
    assert letters(ANA) == [("joining", "sent"), ("joining_changed", "cancelled")]
    for session in (c, b):
        move(ana, session)
    settings.DEMO = True
    settle()
    assert letters(ANA) == [("joining", "sent"), ("joining_changed", "sent")]
    assert b.title in last(ANA).text


def test_back_after_it_was_told_is_told_again(groups: list[Session], ana: Enrolment, settle: Settle) -> None:
    a, b, _ = groups
    settle()
    for session in (b, a):
        move(ana, session)
        settle()
    assert letters(ANA) == [("joining", "sent"), ("joining_changed", "sent"), ("joining_changed", "sent")]
    assert a.title in last(ANA).text
    sent = [events(m)[0]["sequence"] for m in Message.objects.filter(to_email=ANA).order_by("pk")]
    assert sent == sorted(set(sent)), "calendars follow the later one"


def test_a_half_day_that_is_no_more_is_withdrawn(cast: Cast, settle: Settle) -> None:
    first = planning.plan_sessions(
        mission_id=cast.mission.pk, line_id=cast.line.pk, draft=two_half_days(), by=COMMAND
    )[0]
    (other,) = plan(cast)
    (ana,) = enrol(cast, first, "Ana")
    settle()
    had = dict(live(last(ANA)))
    move(ana, other)
    settle()
    assert len(had) == 2
    assert len(live(last(ANA))) == 1
    gone = [e for e in events(last(ANA)) if e["status"] == "CANCELLED"]
    assert [str(e["uid"]) for e in gone] == sorted(had)[1:]
    assert had[str(gone[0]["uid"])] == gone[0]["dtstart"].dt
    assert "METHOD:PUBLISH" in last(ANA).calendar
    enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND)
    settle()
    assert [(e["uid"], e["status"]) for e in events(last(ANA))] == [
        (uid, "CANCELLED") for uid in sorted(had)[:1]
    ], "what was withdrawn before is not spoken of again"


def test_events_sent_under_another_name_are_withdrawn(
    groups: list[Session], ana: Enrolment, settle: Settle
) -> None:
    """What an older version sent named events by their session, not by whose they are."""
    settle()
    message = last(ANA)
    uid = str(events(message)[0]["uid"])
    Message.objects.filter(pk=message.pk).update(calendar=message.calendar.replace(uid, "S-1-A-1@cordee"))
    move(ana, groups[1])
    settle()
    assert {(str(e["uid"]), str(e["status"])) for e in events(last(ANA))} == {
        (uid, "CONFIRMED"),
        ("S-1-A-1@cordee", "CANCELLED"),
    }


def test_a_cancellation_speaks_of_the_session_they_know(
    groups: list[Session], ana: Enrolment, settle: Settle, settings: Any
) -> None:
    a, b, _ = groups
    settle()
    settings.DEMO = False
    move(ana, b)
    settle()
    planning.cancel_session(session_id=b.pk, reason="Grève", by=COMMAND)
    settle()
    settings.DEMO = True
    settle()
    assert letters(ANA) == [
        ("joining", "sent"),
        ("joining_changed", "cancelled"),
        ("joining_cancelled", "sent"),
    ]
    assert a.title in last(ANA).subject
    assert "Grève" in last(ANA).text


def test_facts_that_arrive_late_say_nothing_of_where_somebody_was(
    groups: list[Session], ana: Enrolment, settle: Settle
) -> None:
    a, b, c = groups
    move(ana, b)
    planning.change_session(
        session_id=a.pk, draft=draft(date(2027, 1, 15)), expected_version=None, by=COMMAND
    )
    move(ana, c)
    settle()
    assert letters(ANA) == [("joining", "sent")]
    assert c.title in last(ANA).text


def test_one_that_leaves_while_it_is_rewritten_is_followed_by_an_update(
    groups: list[Session], ana: Enrolment, settle: Settle, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = False
    settle()
    move(ana, groups[1])
    read = mail_queries.of

    def then_it_leaves(kind: str, ids: list[int]) -> list[mail_queries.Known]:
        known = read(kind, ids)
        Message.objects.filter(to_email=ANA, state="queued").update(state="sending")
        return known

    with monkeypatch.context() as patch:
        patch.setattr(mail_queries, "of", then_it_leaves)
        participants.reconcile(groups[1].pk, [ana.pk])
    assert letters(ANA) == [("joining", "sending"), ("joining_changed", "queued")]
    with translation.override("fr"):
        assert groups[1].title in last(ANA).text


def test_a_place_taken_again_is_not_told_off(
    cast: Cast, groups: list[Session], settle: Settle, settings: Any
) -> None:
    """The word that they are not expected, if it has not left, is wrong once they are moved to that session."""
    a, b, _ = groups
    (before,) = enrol(cast, b, "Ana")
    settle()
    settings.DEMO = False
    enrolment.cancel_enrolment(enrolment_id=before.pk, by=COMMAND)
    (ana,) = enrol(cast, a, "Ana")
    settle()
    move(ana, b)
    settle()
    settings.DEMO = True
    settle()
    assert letters(ANA) == [("joining", "sent"), ("joining_cancelled", "cancelled"), ("joining", "sent")]


def test_fifty_are_told_without_queries_for_each(
    cast: Cast, settle: Settle, django_assert_max_num_queries: Any
) -> None:
    a, b = plan(cast, count=2, capacity=50)
    people = [Person(email=f"p{n}@x.fr") for n in range(50)]
    enrolment.enrol(session_id=a.pk, people=people, by=COMMAND)
    settle()
    ids = [e.pk for e in lists.enrolments(a.pk)]
    enrolment.move(enrolment_ids=ids, session_id=b.pk, by=COMMAND)
    with django_assert_max_num_queries(15):
        participants.reconcile(b.pk, ids)
