"""Participants: joining instructions once, an update for each change, a cancellation for who was told."""

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest

from cordee.enrolment import actions as enrolment
from cordee.enrolment import queries as lists
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.rules import SessionDraft
from cordee.planning.states import DeliveryMode
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.notifications.letters import events, last, letters
from tests.steps import AFTER, DURING, enrol, plan

ANA = "ana@valmont.example"
type Settle = Callable[[], None]


@pytest.fixture(autouse=True)
def mail_is_sent(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def session(cast: Cast) -> Session:
    return plan(cast, instructions="Badge à l’accueil.")[0]


def change(session: Session, wanted: SessionDraft) -> None:
    planning.change_session(session_id=session.pk, draft=wanted, expected_version=None, by=COMMAND)


def test_who_is_enrolled_gets_joining_instructions_once(cast: Cast, session: Session, settle: Settle) -> None:
    enrol(cast, session, "Ana")
    settle()
    enrol(cast, session, "Ana", "Bo")
    settle()
    assert letters(ANA) == [("joining", "sent")]
    assert letters("bo@valmont.example") == [("joining", "sent")]
    message = last(ANA)
    assert message.to_name == "Ana N"
    assert message.reply_to == "bonjour@cordee-formation.example"
    assert (message.session_id, message.mission_id) == (session.pk, cast.mission.pk)
    for told in (
        "Ana",
        "Atelier",
        "jeudi 14 janvier 2027",
        "9\u00a0h – 12\u00a0h",
        "salle des mariages",
        "Badge à l’accueil.",
    ):
        assert told in message.text, told
        assert told in unescape(message.html), told
    assert "Entrée par la cour" in message.text, "what the order says of practical matters"
    assert "{" not in message.text


def test_who_has_no_address_gets_nothing_until_one_is_given(
    cast: Cast, session: Session, settle: Settle
) -> None:
    by = cast.actor(cast.camille)
    nameless = Person(first_name="Ana", last_name="N")
    enrolment.enrol(session_id=session.pk, people=[nameless], by=by)
    settle()
    assert letters() == []
    enrolment.enrol(session_id=session.pk, people=[Person(email=ANA, first_name="Ana", last_name="N")], by=by)
    settle()
    assert letters() == [("joining", "sent")]


def test_a_change_of_date_or_place_is_told_once_each(cast: Cast, session: Session, settle: Settle) -> None:
    enrol(cast, session, "Ana")
    settle()
    change(session, draft(date(2027, 1, 15)))
    settle()
    assert letters(ANA) == [("joining", "sent"), ("joining_changed", "sent")]
    assert "vendredi 15 janvier 2027" in last(ANA).text
    change(session, draft(date(2027, 1, 15), place="Gymnase"))
    settle()
    assert letters(ANA)[2:] == [("joining_changed", "sent")]
    assert "Gymnase" in last(ANA).text


def test_a_change_that_concerns_nobody_is_not_told(cast: Cast, session: Session, settle: Settle) -> None:
    enrol(cast, session, "Ana")
    settle()
    change(session, draft(title="Autre titre", capacity=9))
    settle()
    assert letters(ANA) == [("joining", "sent")]


def test_two_changes_before_the_mail_left_are_one_mail(cast: Cast, session: Session, settle: Settle) -> None:
    enrol(cast, session, "Ana")
    settle()
    change(session, draft(date(2027, 1, 15)))
    change(session, draft(date(2027, 1, 18)))
    settle()
    assert letters(ANA) == [("joining", "sent"), ("joining_changed", "sent")]
    assert "lundi 18 janvier 2027" in last(ANA).text


def test_changed_before_the_first_mail_left_it_is_still_the_first(
    cast: Cast, session: Session, settle: Settle, settings: Any
) -> None:
    settings.DEMO = False
    enrol(cast, session, "Ana")
    settle()
    change(session, draft(date(2027, 1, 15)))
    settle()
    settings.DEMO = True
    settle()
    assert letters(ANA) == [("joining", "cancelled"), ("joining", "sent")]
    assert "vendredi 15 janvier 2027" in last(ANA).text


def test_cancelling_is_told_to_those_who_were_told_to_come(
    cast: Cast, session: Session, settle: Settle
) -> None:
    enrol(cast, session, "Ana")
    settle()
    planning.cancel_session(session_id=session.pk, reason="Grève des trains", by=COMMAND)
    settle()
    assert letters(ANA) == [("joining", "sent"), ("joining_cancelled", "sent")]
    assert "Grève des trains" in last(ANA).text


def test_who_was_not_told_to_come_is_not_told_to_stay(
    cast: Cast, session: Session, settle: Settle, settings: Any
) -> None:
    settings.DEMO = False
    enrol(cast, session, "Ana")
    settle()
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    settle()
    settings.DEMO = True
    settle()
    assert letters(ANA) == [("joining", "cancelled")]


def test_taken_off_the_list_then_put_back(cast: Cast, session: Session, settle: Settle) -> None:
    (row,) = enrol(cast, session, "Ana")
    settle()
    enrolment.cancel_enrolment(enrolment_id=row.pk, by=COMMAND)
    settle()
    enrol(cast, session, "Ana")
    settle()
    enrolment.cancel_enrolment(enrolment_id=row.pk, by=COMMAND)
    settle()
    assert letters(ANA) == [
        ("joining", "sent"),
        ("joining_cancelled", "sent"),
        ("joining", "sent"),
        ("joining_cancelled", "sent"),
    ]
    sequences = [events(m)[0]["sequence"] for m in Message.objects.filter(to_email=ANA).order_by("pk")]
    assert sequences == sorted(set(sequences)), "calendars follow the later one"


def test_a_corrected_address_gets_its_own_instructions(cast: Cast, session: Session, settle: Settle) -> None:
    (row,) = enrol(cast, session, "Ana")
    settle()
    right = Person(email="anna@valmont.example", first_name="Anna", last_name="N")
    enrolment.correct(enrolment_id=row.pk, person=right, by=COMMAND)
    settle()
    assert letters("anna@valmont.example") == [("joining", "sent")]
    assert letters(ANA) == [("joining", "sent")]
    enrolment.correct(enrolment_id=row.pk, person=Person(email=ANA, first_name="Ana"), by=COMMAND)
    settle()
    assert letters(ANA) == [("joining", "sent")], "who was told already is not told again"
    change(session, draft(place="Gymnase"))
    settle()
    assert letters(ANA)[1:] == [("joining_changed", "sent")]
    assert len(letters("anna@valmont.example")) == 1


def test_a_corrected_name_is_not_another_mail(cast: Cast, session: Session, settle: Settle) -> None:
    (row,) = enrol(cast, session, "Ana")
    settle()
    enrolment.correct(enrolment_id=row.pk, person=Person(email=ANA, first_name="Anaïs"), by=COMMAND)
    settle()
    assert letters(ANA) == [("joining", "sent")]


def test_once_the_session_has_begun_nothing_is_written(
    cast: Cast, session: Session, settle: Settle, now: MovableClock
) -> None:
    planning.put_on(session_id=session.pk, facilitator_id=cast.camille.pk, by=cast.actor(cast.camille))
    enrol(cast, session, "Ana")
    settle()
    now.move_to(DURING)
    enrol(cast, session, "Bo")
    enrolment.add_walk_in(session_id=session.pk, person=Person(email="cy@x.fr"), by=COMMAND)
    now.move_to(AFTER)
    planning.cancel_session(session_id=session.pk, reason="x", by=COMMAND)
    settle()
    assert letters() == [("joining", "sent")]


def test_the_mail_speaks_the_language_of_the_session(cast: Cast, settle: Settle) -> None:
    for language in ("en", "de"):
        (session,) = plan(cast, language=language)
        enrol(cast, session, f"Ana{language}")
        settle()
        message = last(f"ana{language}@valmont.example")
        assert message.language == "en"
        assert message.subject.startswith("Your joining instructions")
        assert "Thursday" in message.text
        assert 'lang="en"' in message.html


def test_a_remote_session_gives_its_link_and_its_time_zone(cast: Cast, settle: Settle) -> None:
    (session,) = plan(
        cast,
        mode=DeliveryMode.REMOTE,
        place="",
        video_link="https://visio.example/x",
        time_zone="America/New_York",
    )
    enrol(cast, session, "Ana")
    settle()
    assert "https://visio.example/x" in last(ANA).text
    assert "(heure de New York)" in last(ANA).text


def test_what_people_typed_is_not_markup(cast: Cast, settle: Settle) -> None:
    (session,) = plan(cast, title="<b>Atelier</b> & {reason}", instructions="1 < 2")
    enrol(cast, session, "Ana")
    settle()
    assert "&lt;b&gt;Atelier&lt;/b&gt; &amp; {reason}" in last(ANA).html
    assert "<b>Atelier</b> & {reason}" in last(ANA).text
    assert "1 < 2" in last(ANA).text


def test_the_mail_wears_the_organisations_colour_inline(cast: Cast, session: Session, settle: Settle) -> None:
    organisation.update(
        changes=OrganisationChanges(accent_colour="#123456"), expected_version=None, by=COMMAND
    )
    enrol(cast, session, "Ana")
    settle()
    html = last(ANA).html
    assert "color: #123456" in html
    assert "Cordée Formation" in html


def test_fifty_letters_are_written_without_queries_for_each(
    cast: Cast, settle: Settle, django_assert_max_num_queries: Any
) -> None:
    from cordee.notifications import participants  # noqa: PLC0415 - the room under test, called directly here alone

    (session,) = plan(cast, capacity=50)
    people = [Person(email=f"p{n}@x.fr") for n in range(50)]
    enrolment.enrol(session_id=session.pk, people=people, by=COMMAND)
    with django_assert_max_num_queries(15):
        participants.reconcile(session.pk, [e.pk for e in lists.enrolments(session.pk)])
