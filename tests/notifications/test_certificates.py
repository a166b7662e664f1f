"""Who is written to about certificates, and what."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from cordee.attendance import actions as attendance
from cordee.attendance.states import PresenceState
from cordee.enrolment import actions as enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.notifications import certificates
from cordee.planning.models import Session
from tests.cast import Cast
from tests.certificates.stories import Settle, certified, of, record
from tests.conftest import MovableClock
from tests.steps import hold, plan

ABSENT = PresenceState.ABSENT


def about(name: str) -> list[Message]:
    """Return the messages about certificates of somebody, oldest first."""
    found = Message.objects.filter(about_kind="certificate", to_email=f"{name.lower()}@valmont.example")
    return list(found.order_by("pk"))


def sent(message: Message) -> None:
    """Let a message have left."""
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=message.queued_at)


def left_early(session: Session, name: str, minutes: int, cast: Cast) -> None:
    half_day = session.half_days.get()
    attendance.tell_times(
        half_day_id=half_day.pk,
        enrolment_id=of(name)[0].enrolment_id or 0,
        arrived_at=None,
        left_at=half_day.starts_at + timedelta(minutes=minutes),
        by=cast.actor(cast.noor),
    )


def test_each_who_was_there_is_told_once_and_led_to_their_page(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    session = certified(cast, now, settle, "Ana", "Bo")
    for _ in range(2):
        certificates.reconcile(session.pk)
    (message,) = about("Ana")
    assert message.to_name == "Ana N"
    assert "Ana N" in message.text
    assert "3\u00a0h" in message.text
    assert "remplace" not in message.text
    found = re.search(r"https?://[^/]+(/p/\S+)", message.text)
    assert found
    assert "AP-2027-0001" in Client().get(found[1]).text


def test_who_was_absent_and_who_has_no_address_is_not_written_to(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    (session,) = plan(cast, cast.noor)
    people = [Person(email="", first_name="Zoé", last_name="N"), Person(email="ana@valmont.example")]
    enrolment.enrol(session_id=session.pk, people=people, by=COMMAND)
    hold(cast, now, session)
    settle()
    assert [m.to_email for m in Message.objects.filter(about_kind="certificate")] == ["ana@valmont.example"]
    assert len(of("Zoé")) == 1, "the coordinator hands it over"


def test_people_behind_one_mailbox_are_each_addressed(cast: Cast, now: MovableClock, settle: Settle) -> None:
    (session,) = plan(cast, cast.noor)
    people = [Person(email="accueil@valmont.example", first_name=n, last_name="N") for n in ("Ana", "Bo")]
    enrolment.enrol(session_id=session.pk, people=people, by=COMMAND)
    hold(cast, now, session)
    settle()
    told = about("accueil")
    assert sorted(m.to_name for m in told) == ["Ana N", "Bo N"]
    assert len({re.search(r"/p/\S+", m.text)[0] for m in told}) == 2  # type: ignore[index]


def test_what_waits_is_taken_back_when_the_certificate_is_replaced(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    session = certified(cast, now, settle, "Ana", "Bo")
    left_early(session, "Ana", 90, cast)
    settle()
    first, second = about("Ana")
    assert (first.state, second.state) == ("cancelled", "queued")
    assert "1\u00a0h\u00a030" in second.text
    assert "remplace" not in second.text, "nobody had read of the first one"


def test_who_had_read_of_it_is_told_that_it_is_replaced_or_revoked(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    session = certified(cast, now, settle, "Ana", "Bo")
    for name in ("Ana", "Bo"):
        sent(about(name)[0])
    left_early(session, "Ana", 90, cast)
    record(cast, session, Bo=ABSENT)
    settle()
    replaced, revoked = about("Ana")[-1], about("Bo")[-1]
    assert f"remplace le certificat {of('Ana')[0].number}" in replaced.text
    assert revoked.purpose == "certificate_revoked"
    assert "/p/" not in revoked.text
    record(cast, session)
    settle()
    purposes = [(m.purpose, m.state) for m in about("Bo")]
    assert purposes == [
        ("certificate", "sent"),
        ("certificate_revoked", "cancelled"),
        ("certificate", "queued"),
    ]


def test_who_was_never_told_is_not_told_of_the_end(cast: Cast, now: MovableClock, settle: Settle) -> None:
    session = certified(cast, now, settle, "Ana", "Bo")
    record(cast, session, Bo=ABSENT)
    settle()
    assert [(m.purpose, m.state) for m in about("Bo")] == [("certificate", "cancelled")]


def test_a_corrected_address_is_told_too(cast: Cast, now: MovableClock, settle: Settle) -> None:
    certified(cast, now, settle, "Ana")
    (message,) = about("Ana")
    sent(message)
    person = Person(email="right@valmont.example", first_name="Ana", last_name="N")
    enrolment.correct(enrolment_id=of("Ana")[0].enrolment_id or 0, person=person, by=COMMAND)
    settle()
    assert len(about("right")) == 1


@pytest.mark.parametrize("people", [1, 30])
def test_telling_many_costs_the_same_number_of_queries(
    cast: Cast, now: MovableClock, settle: Settle, django_assert_max_num_queries: object, people: int
) -> None:
    session = certified(cast, now, settle, *(f"Ana{n}" for n in range(people)))
    Message.objects.filter(about_kind="certificate").delete()
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        certificates.reconcile(session.pk)
    assert Message.objects.filter(about_kind="certificate").count() == people
