"""Messages leave through SMTP, fail with a reason, and are tried again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from cordee.jobs.alone import alone
from cordee.mail import actions, queries
from cordee.mail.actions import Wanted
from cordee.mail.models import Message
from cordee.mail.states import About, MessageState
from tests.conftest import MovableClock
from tests.mail.post_office import PostOffice, open_for_business

pytestmark = pytest.mark.django_db
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nEND:VCALENDAR\r\n"


def smtp(options: dict[str, Any]) -> dict[str, Any]:
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


@pytest.fixture
def office(settings: Any) -> Iterator[PostOffice]:
    with open_for_business() as (opened, how):
        settings.MAILERS = smtp(how)
        settings.MAIL_FROM = "Cordée <desk@cordee.example>"
        yield opened


def wanted(key: str = "hello:1", **values: Any) -> Wanted:
    given: dict[str, Any] = {
        "purpose": "joining",
        "about": About("enrolment", 1),
        "to_email": "ana@valmont.example",
        "to_name": "Ana Bă",
        "subject": "Convocation : « Atelier »",
        "text": "Bonjour,\nà jeudi.\n",
    }
    return Wanted(key=key, **(given | values))


def queue(*messages: Wanted) -> list[Message]:
    actions.reconcile(messages)
    return list(Message.objects.order_by("pk"))


def state() -> tuple[str, int, str]:
    message = Message.objects.get()
    return message.state, message.attempts, message.error


# --- what leaves ----------------------------------------------------------------------------------
def test_a_message_leaves_as_text_html_and_calendar(office: PostOffice, now: MovableClock) -> None:
    queue(wanted(html="<p>Bonjour</p>", calendar=CALENDAR, reply_to="bonjour@cordee.example"))
    assert actions.send_due() == 1
    (mail,) = office.received
    assert mail["Subject"] == "Convocation : « Atelier »"
    assert str(mail["From"]) == "Cordée <desk@cordee.example>"
    assert str(mail["To"]) == "Ana Bă <ana@valmont.example>"
    assert str(mail["Reply-To"]) == "bonjour@cordee.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    parts = {part.get_content_type(): part for part in mail.walk() if not part.is_multipart()}
    assert list(parts) == ["text/plain", "text/html", "text/calendar"]
    assert parts["text/plain"].get_content().splitlines() == ["Bonjour,", "à jeudi."]
    assert parts["text/html"].get_content().strip() == "<p>Bonjour</p>"
    calendar = parts["text/calendar"]
    assert (calendar.get_filename(), calendar.get_param("method")) == ("session.ics", "CANCEL")
    assert calendar.get_content().split() == CALENDAR.split()
    message = Message.objects.get()
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, now.at, 1)


def test_an_address_with_an_accented_domain_leaves_as_mail_servers_know_it(office: PostOffice) -> None:
    queue(wanted(to_email="ana@mairie-évreux.example", to_name="Ana Bă"))
    assert actions.send_due() == 1
    (mail,) = office.received
    assert str(mail["To"]) == "Ana Bă <ana@xn--mairie-vreux-heb.example>"
    assert Message.objects.get().to_email == "ana@mairie-évreux.example"


def test_what_left_does_not_leave_again(office: PostOffice) -> None:
    queue(wanted())
    assert [actions.send_due(), actions.send_due()] == [1, 0]
    actions.reconcile([wanted(subject="Autre")])
    assert actions.send_due() == 0
    assert len(office.received) == 1


def test_messages_leave_in_their_order_over_one_connection(office: PostOffice) -> None:
    queue(*(wanted(f"hello:{n}", to_email=f"p{n}@x.example") for n in range(5)))
    assert actions.send_due() == 5
    assert office.recipients == [f"p{n}@x.example" for n in range(5)]
    assert len({mail["Message-ID"] for mail in office.received}) == 5
    assert all(mail["Message-ID"].endswith("@cordee.example>") for mail in office.received)


@pytest.mark.parametrize(
    "nasty",
    [
        "Ana\r\nBcc: all@x.example",
        "Ana\nX-Evil: 1",
        'Ana" <all@x.example>, "',
        "Ana, all@x.example",
        "Ana \\",
        "<script>",
        "Ana\u2028Bcc: all@x.example",
        "",
    ],
)
def test_nothing_typed_in_a_name_or_a_subject_adds_a_header_or_a_recipient(
    office: PostOffice, nasty: str
) -> None:
    queue(wanted(to_name=nasty, subject=f"Convocation {nasty}"))
    assert actions.send_due() == 1, Message.objects.get().error
    assert office.recipients == ["ana@valmont.example"]
    (mail,) = office.received
    assert [address.addr_spec for address in mail["To"].addresses] == ["ana@valmont.example"]
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert "\n" not in mail["Subject"]


# --- what fails -----------------------------------------------------------------------------------
def test_a_failure_is_kept_with_its_reason_and_tried_again_later(
    office: PostOffice, now: MovableClock
) -> None:
    office.refuses["ana@valmont.example"] = "451 Greylisted, come back later"
    queue(wanted())
    assert actions.send_due() == 0
    told, attempts, error = state()
    assert (told, attempts) == (MessageState.QUEUED, 1)
    assert "Greylisted" in error
    assert actions.send_due() == 0, "not at once"
    office.refuses.clear()
    now.at += timedelta(minutes=2)
    assert actions.send_due() == 1
    assert state() == (MessageState.SENT, 2, "")


def test_a_recipient_refused_for_good_fails_at_once_and_visibly(office: PostOffice) -> None:
    office.refuses["ana@valmont.example"] = "550 No such user here"
    queue(wanted())
    actions.send_due()
    told, _, error = state()
    assert told == MessageState.FAILED
    assert "No such user" in error
    assert queries.failed_count() == 1


def test_a_server_that_is_away_for_hours_loses_nothing(settings: Any, now: MovableClock) -> None:
    settings.MAILERS = smtp({"host": "127.0.0.1", "port": 9, "timeout": 2})
    queue(wanted())
    for _ in range(actions.GIVE_UP_AFTER - 1):
        assert actions.send_due() == 0
        assert state()[0] == MessageState.QUEUED
        now.at = Message.objects.get().due_at
    waited = now.at - Message.objects.get().queued_at
    assert waited > timedelta(hours=8)
    actions.send_due()
    told, attempts, error = state()
    assert (told, attempts) == (MessageState.FAILED, actions.GIVE_UP_AFTER)
    assert "refused" in error.lower()


def test_a_connection_that_breaks_does_not_take_the_others_with_it(office: PostOffice) -> None:
    queue(*(wanted(f"hello:{n}", to_email=f"p{n}@x.example") for n in range(4)))
    office.hangs_up_after = 1
    assert actions.send_due() == 3
    assert office.recipients == ["p0@x.example", "p2@x.example", "p3@x.example"]


def test_a_bad_message_does_not_keep_the_others_from_leaving(office: PostOffice) -> None:
    queue(wanted("bad:1", to_email="not an address"), wanted())
    assert actions.send_due() == 1
    assert Message.objects.get(key="bad:1").error


def test_a_message_whose_worker_died_leaves_as_soon_as_another_sends(office: PostOffice) -> None:
    queue(wanted())
    Message.objects.update(state=MessageState.SENDING, attempts=1)
    assert actions.send_due() == 1
    assert state() == (MessageState.SENT, 2, "")


def test_a_message_at_which_each_worker_dies_is_given_up(office: PostOffice) -> None:
    queue(wanted())
    Message.objects.update(state=MessageState.SENDING, attempts=actions.GIVE_UP_AFTER)
    assert actions.send_due() == 0
    told, _, error = state()
    assert told == MessageState.FAILED
    assert error


def test_nobody_sends_while_somebody_else_does(office: PostOffice) -> None:
    queue(wanted())
    with alone("mail") as mine:
        assert mine
        if (
            connection.vendor == "sqlite"
        ):  # there a lock is of the file; on PostgreSQL it is of the connection
            assert actions.send_due() == 0
            assert state() == (MessageState.QUEUED, 0, "")
    assert actions.send_due() == 1


# --- its time -------------------------------------------------------------------------------------
def test_a_message_waits_for_its_moment(office: PostOffice, now: MovableClock) -> None:
    later = now.at + timedelta(minutes=30)
    queue(wanted(due_at=later))
    assert actions.send_due() == 0
    queue(wanted(due_at=later, subject="Nouveau lieu"))
    assert Message.objects.get().due_at == later, "renewed, it keeps its moment"
    now.at = later
    assert actions.send_due() == 1


def test_what_would_say_nothing_any_more_never_leaves(office: PostOffice, now: MovableClock) -> None:
    queue(wanted(until=now.at + timedelta(hours=1)))
    office.refuses["ana@valmont.example"] = "451 Greylisted, come back later"
    assert actions.send_due() == 0
    office.refuses.clear()
    now.at += timedelta(hours=1)
    assert actions.send_due() == 0
    assert state()[0] == MessageState.CANCELLED
    assert office.received == []


# --- by hand --------------------------------------------------------------------------------------
def test_a_copy_goes_to_the_same_person_and_both_stay(office: PostOffice) -> None:
    (message,) = queue(wanted(session_id=4, mission_id=2))
    assert not actions.send_again(message.pk, copies=0), "it has not left yet"
    actions.send_due()
    assert actions.send_again(message.pk, copies=0)
    assert not actions.send_again(message.pk, copies=0), "one click, one copy"
    assert actions.send_due() == 1
    assert office.recipients == ["ana@valmont.example"] * 2
    assert len({mail["Message-ID"] for mail in office.received}) == 2
    first, copy = Message.objects.order_by("pk")
    assert (first.copies, copy.is_copy, copy.session_id, copy.mission_id) == (1, True, 4, 2)
    assert actions.send_again(message.pk, copies=1), "asked again later, there is another"
    actions.reconcile([], obsolete=["hello:1"])
    assert actions.send_due() == 1
    known = queries.of("enrolment", [1])
    assert [m.key for m in known] == ["hello:1"], "whether somebody was told does not depend on copies"


def test_a_failed_message_that_was_sent_again_is_not_waited_for(office: PostOffice) -> None:
    office.refuses["ana@valmont.example"] = "550 No such user here"
    (message,) = queue(wanted())
    actions.send_due()
    assert queries.failed_count() == 1
    office.refuses.clear()
    actions.send_again(message.pk, copies=0)
    assert queries.failed_count() == 0
    assert actions.send_due() == 1


def test_what_somebody_stopped_stays_so_until_it_is_released(office: PostOffice) -> None:
    (message,) = queue(wanted())
    assert actions.stop(message.pk)
    queue(wanted(subject="Nouveau lieu"))
    assert actions.send_due() == 0
    assert actions.release(message.pk, queue=False)
    assert actions.send_due() == 0, "it is for who computes it to say"
    queue(wanted(subject="Nouveau lieu"))
    assert actions.send_due() == 1
    assert not actions.stop(message.pk), "too late"
    assert not actions.release(message.pk, queue=True)


def test_what_is_switched_off_is_taken_back(office: PostOffice) -> None:
    queue(wanted(session_id=4), wanted("b", purpose="other", session_id=4), wanted("c", session_id=5))
    actions.take_back(["joining"])
    assert actions.send_due() == 1
    queue(wanted(session_id=4), wanted("c", session_id=5))
    actions.take_back_of_session(4, but=["other"])
    assert actions.send_due() == 1
    assert set(Message.objects.values_list("key", "state")) == {
        ("hello:1", "cancelled"),
        ("b", "sent"),
        ("c", "sent"),
    }


# --- what must exist ------------------------------------------------------------------------------
def test_a_message_that_waits_takes_the_new_content(office: PostOffice) -> None:
    queue(wanted())
    queue(wanted(subject="Nouveau lieu"))
    actions.send_due()
    assert [mail["Subject"] for mail in office.received] == ["Nouveau lieu"]


def test_what_is_cancelled_never_leaves_unless_it_is_wanted_again(office: PostOffice) -> None:
    queue(wanted())
    actions.reconcile([], obsolete=["hello:1"])
    assert actions.send_due() == 0
    assert state()[0] == MessageState.CANCELLED
    queue(wanted())
    assert actions.send_due() == 1


def test_what_left_is_not_cancelled(office: PostOffice) -> None:
    queue(wanted())
    actions.send_due()
    actions.cancel(["hello:1"])
    assert state()[0] == MessageState.SENT


def test_a_message_that_failed_leaves_again_when_its_address_is_corrected(office: PostOffice) -> None:
    office.refuses["ana@valmont.example"] = "550 No such user here"
    queue(wanted())
    actions.send_due()
    queue(wanted())
    assert state()[0] == MessageState.FAILED, "the same again would fail again"
    queue(wanted(to_email="anna@valmont.example"))
    assert actions.send_due() == 1
    assert office.recipients == ["anna@valmont.example"]


# --- without a server -----------------------------------------------------------------------------
def test_in_the_demo_messages_are_kept_to_be_read(settings: Any, now: MovableClock) -> None:
    settings.DEMO = True
    queue(wanted())
    assert actions.send_due() == 1
    assert Message.objects.get().sent_at == now.at


def test_elsewhere_they_wait(settings: Any) -> None:
    settings.DEMO = False
    queue(wanted())
    assert actions.send_due() == 0
    assert state() == (MessageState.QUEUED, 0, "")


def test_messages_are_found_by_recipient_subject_and_state(office: PostOffice) -> None:
    queue(wanted(session_id=4), wanted("b", to_email="bo@x.example", subject="Autre"))
    assert [m.key for m in queries.messages(search="BO@x")] == ["b"]
    assert [m.key for m in queries.messages(search="autre")] == ["b"]
    assert [m.key for m in queries.messages(state="sent")] == []
    assert [m.key for m in queries.about(session_id=4)] == ["hello:1"]
    found = queries.message(Message.objects.get(key="b").pk)
    assert found is not None
    assert queries.message(0) is None
