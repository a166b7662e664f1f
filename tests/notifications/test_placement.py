"""The placement questionnaire in mails: asked with the joining instructions, reminded once, told to who runs it."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from cordee.catalogue.models import QuestionnaireVersion
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.notifications import actions as mails
from cordee.notifications import own_pages, reminders
from cordee.notifications.mails import Purpose
from cordee.notifications.states import MailRule, Timing
from cordee.planning import actions as planning
from cordee.planning.models import Session
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.notifications.letters import last, letters
from tests.steps import confirm, enrol, plan
from tests.surveys.asking import ELSE, KEEN, LEVEL, answer, asked_by

ANA, BEN = "ana@valmont.example", "ben@valmont.example"
NOOR = "noor@reseau.example"
REMINDED, TOLD = "2027-01-11 09:00", "2027-01-12 09:00"
AHEAD = "2027-01-10 18:00"
"""When what leaves on these two mornings is written."""


@pytest.fixture(autouse=True)
def mails_leave(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]  # they are kept as sent, without a mail server


@pytest.fixture
def version(cast: Cast) -> QuestionnaireVersion:
    return asked_by(cast.workshop)


@pytest.fixture
def session(cast: Cast, version: QuestionnaireVersion) -> Session:
    """A workshop in ten days, run by Noor."""
    (session,) = plan(cast, cast.noor, language="en")
    confirm(cast, session, cast.noor)
    return session


@pytest.fixture
def people(cast: Cast, session: Session, settle: Callable[[], None]) -> list[Enrolment]:
    """Ana and Ben, who have their joining instructions."""
    found = enrol(cast, session, "Ana", "Ben")
    settle()
    return found


def at(now: MovableClock, moment: str, settle: Callable[[], None]) -> None:
    """Let the worker do at this moment what it does every few minutes."""
    now.move_to(moment)
    for _ in range(2):
        reminders.write_due()
        settle()


def reminded(to: str) -> int:
    return letters(to).count(("placement_reminder", "sent"))


def test_the_joining_instructions_ask_for_answers_on_the_page_they_lead_to(
    people: list[Enrolment], version: QuestionnaireVersion, client: Client
) -> None:
    message = last(ANA)
    assert "please answer the few questions on your page" in message.text
    found = re.search(r"https?://[^/]+(/p/\S+/)", message.text)
    assert found
    page = client.get(found[1]).content.decode()
    assert "A few questions before the session" in page
    assert f'href="{found[1]}placement/"' in page


def test_who_has_answered_is_not_asked_again_when_the_session_changes(
    session: Session, people: list[Enrolment], version: QuestionnaireVersion, settle: Callable[[], None]
) -> None:
    answer(people[0], version)
    planning.change_session(
        session_id=session.pk, draft=draft(place="Gymnase"), expected_version=None, by=COMMAND
    )
    settle()
    assert [last(to).purpose for to in (ANA, BEN)] == ["joining_changed"] * 2
    assert ["questions" in last(to).text for to in (ANA, BEN)] == [False, True]


def test_nothing_is_asked_where_the_service_asks_nothing(
    cast: Cast, settle: Callable[[], None], now: MovableClock
) -> None:
    (session,) = plan(cast, cast.noor)
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana")
    settle()
    assert "questions" not in last(ANA).text
    for moment in (AHEAD, TOLD):
        at(now, moment, settle)
    assert (reminded(ANA), dict(letters(NOOR)).get("group_profile")) == (0, None)


def test_who_has_not_answered_is_reminded_once(
    people: list[Enrolment], version: QuestionnaireVersion, now: MovableClock, settle: Callable[[], None]
) -> None:
    answer(people[0], version)
    at(now, "2027-01-11 08:50", settle)
    assert (reminded(ANA), reminded(BEN)) == (0, 0)
    at(now, REMINDED, settle)
    assert (reminded(ANA), reminded(BEN)) == (0, 1)
    assert "/placement/" in Message.objects.get(purpose="placement_reminder").text
    at(now, "2027-01-13 09:00", settle)
    assert reminded(BEN) == 1


def test_who_was_asked_just_before_is_not_reminded(
    cast: Cast, session: Session, now: MovableClock, settle: Callable[[], None]
) -> None:
    now.move_to("2027-01-10 09:30")
    enrol(cast, session, "Ana")
    for moment in (AHEAD, REMINDED, "2027-01-13 18:00"):
        at(now, moment, settle)
    assert reminded(ANA) == 0


def test_who_answers_or_is_taken_off_before_the_reminder_leaves_does_not_get_it(
    people: list[Enrolment], version: QuestionnaireVersion, now: MovableClock, settle: Callable[[], None]
) -> None:
    at(now, AHEAD, settle)
    waiting = Message.objects.filter(purpose="placement_reminder")
    assert list(waiting.values_list("state", flat=True)) == ["queued", "queued"]
    answer(people[0], version)
    enrolment.cancel_enrolment(enrolment_id=people[1].pk, by=COMMAND)
    settle()
    assert set(waiting.values_list("state", flat=True)) == {"cancelled"}


def test_a_session_that_moves_away_is_reminded_of_later(
    session: Session, people: list[Enrolment], now: MovableClock, settle: Callable[[], None]
) -> None:
    at(now, AHEAD, settle)
    planning.change_session(
        session_id=session.pk, draft=draft(date(2027, 1, 21)), expected_version=None, by=COMMAND
    )
    settle()
    at(now, REMINDED, settle)
    assert reminded(ANA) == 0
    for moment in ("2027-01-17 09:00", "2027-01-18 09:00"):
        at(now, moment, settle)
    assert reminded(ANA) == 1


def test_the_office_switches_the_reminder_off_and_sets_its_day(
    people: list[Enrolment], now: MovableClock, settle: Callable[[], None]
) -> None:
    five = MailRule(amount=5, timing=Timing.DAYS_BEFORE)
    mails.set_rules(wanted={Purpose.PLACEMENT_REMINDER: five}, expected_version=None, by=COMMAND)
    for moment in ("2027-01-08 09:00", "2027-01-09 09:00"):
        at(now, moment, settle)
    assert reminded(ANA) == 1
    off = MailRule(enabled=False, amount=2, timing=Timing.DAYS_BEFORE)
    mails.set_rules(wanted={Purpose.GROUP_PROFILE: off}, expected_version=None, by=COMMAND)
    for moment in (AHEAD, TOLD):
        at(now, moment, settle)
    assert "group_profile" not in dict(letters(NOOR))


def test_who_runs_the_session_is_told_of_the_group_two_days_before(
    session: Session,
    people: list[Enrolment],
    version: QuestionnaireVersion,
    now: MovableClock,
    settle: Callable[[], None],
) -> None:
    at(now, AHEAD, settle)
    answer(people[0], version, **{KEEN: 5, ELSE: "Confidence"})
    settle()
    assert ("group_profile", "queued") in letters(NOOR)
    at(now, TOLD, settle)
    message = last(NOOR)
    assert (message.purpose, message.reply_to) == ("group_profile", "camille@reseau.example")
    assert "1 sur 2" in message.text, "as it is when it leaves, not when it was first written"
    assert "Débutant·e" in message.text
    assert f"/sessions/{session.ref}/" in message.text
    for private in ("Confidence", "Ana", "ana@"):
        assert private not in message.text, "figures only, and nobody's name"
    answer(people[1], version, **{LEVEL: "c2"})
    at(now, "2027-01-13 09:00", settle)
    assert letters(NOOR).count(("group_profile", "sent")) == 1


def test_that_nobody_has_answered_is_told_too(
    people: list[Enrolment], now: MovableClock, settle: Callable[[], None]
) -> None:
    for moment in (AHEAD, TOLD):
        at(now, moment, settle)
    assert "Personne n’a encore répondu." in last(NOOR).text


def test_only_who_is_confirmed_is_told(
    cast: Cast, version: QuestionnaireVersion, now: MovableClock, settle: Callable[[], None]
) -> None:
    (session,) = plan(cast, cast.elodie)
    (ana,) = enrol(cast, session, "Ana")
    settle()
    answer(ana, version)
    at(now, AHEAD, settle)
    assert "group_profile" not in dict(letters("elodie@reseau.example"))
    confirm(cast, session, cast.elodie)
    settle()
    for moment in ("2027-01-11 18:00", TOLD):
        at(now, moment, settle)
    assert ("group_profile", "sent") in letters("elodie@reseau.example")


def test_a_cancelled_session_reminds_nobody(
    session: Session, people: list[Enrolment], now: MovableClock, settle: Callable[[], None]
) -> None:
    at(now, AHEAD, settle)
    planning.cancel_session(session_id=session.pk, reason="Grève", by=COMMAND)
    settle()
    for moment in (REMINDED, TOLD):
        at(now, moment, settle)
    assert reminded(BEN) == 0
    assert "group_profile" not in {purpose for purpose, state in letters(NOOR) if state == "sent"}


def test_looking_costs_the_same_whatever_the_number_of_sessions(
    cast: Cast,
    version: QuestionnaireVersion,
    now: MovableClock,
    settle: Callable[[], None],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for person in (cast.noor, cast.elodie, cast.idris):
        (session,) = plan(cast, person)
        confirm(cast, session, person)
        enrol(cast, session, f"Ana{session.pk}")
        at(now, AHEAD, settle)
        with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
            reminders.write_due()


def test_three_hundred_addresses_cost_no_query_each(
    cast: Cast, session: Session, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for some in (range(5), range(5, 14)):
        found = dict.fromkeys(enrol(cast, session, *(f"Ana{n}" for n in some)), session.ends_at)
        with django_assert_max_num_queries(4):  # type: ignore[attr-defined]
            assert len(own_pages.addresses(found, page="placement")) == len(found)
