"""Lists that are missing, and requests that nobody answers."""

from datetime import date
from typing import Any

from cordee.clients import actions as clients
from cordee.clients.rules import ClientChanges, ContactChanges
from cordee.clients.states import Sector
from cordee.closure import actions as closure
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.missions import actions as missions
from cordee.missions.models import Mission
from cordee.missions.rules import LineDraft
from cordee.planning import actions as planning
from cordee.planning.models import Session
from cordee.planning.states import AssignmentStatus
from tests.cast import Cast, draft
from tests.conftest import MovableClock
from tests.notifications.letters import last, letters
from tests.notifications.reminders.conftest import Pass
from tests.steps import confirm, enrol, place_of, plan

CAMILLE, NOOR = "camille@reseau.example", "noor@reseau.example"
CONTACT = "s.lefevre@mairie-valmont.example"
DAY = date(2027, 1, 28)
TO_CONTACT = [("list_asked", "sent"), ("list_asked_last", "sent")]
TO_COORDINATOR = [("list_missing", "sent"), ("list_missing_last", "sent")]


def about_lists(to: str) -> list[tuple[str, str]]:
    return [letter for letter in letters(to) if letter[0].startswith("list_")]


# --- lists ----------------------------------------------------------------------------------------
def test_a_missing_list_is_asked_for_twice_for_all_sessions_of_the_day(cast: Cast, until: Pass) -> None:
    plan(cast, count=3, day=DAY)
    until("2027-01-28 08:00")
    assert about_lists(CONTACT) == TO_CONTACT
    assert about_lists(CAMILLE) == TO_COORDINATOR
    sent = Message.objects.filter(purpose__startswith="list_").order_by("due_at", "pk")
    assert [str(m.sent_at) for m in sent][::2] == ["2027-01-18 08:00:00+00:00", "2027-01-23 08:00:00+00:00"]
    asked = last(CONTACT)
    assert asked.reply_to == CAMILLE, "an answer reaches a human"
    for told in ("Sophie", "jeudi 28 janvier 2027", "Atelier A", "Atelier B", "Atelier C", "4 ateliers"):
        assert told in asked.text, told
    assert cast.mission.ref in last(CAMILLE).text


def test_a_list_that_comes_is_not_asked_for_again(cast: Cast, until: Pass) -> None:
    first, second = plan(cast, count=2, day=DAY)
    until("2027-01-17 12:00")
    assert about_lists(CONTACT) == [("list_asked", "queued")]
    enrol(cast, first, "Ana")
    until("2027-01-17 13:00")
    assert "Atelier A" not in last(CONTACT).text
    assert "Atelier B" in last(CONTACT).text
    enrol(cast, second, "Bo")
    until("2027-01-28 08:00")
    assert about_lists(CONTACT) == [("list_asked", "cancelled")]
    assert about_lists(CAMILLE) == [("list_missing", "cancelled")]


def test_what_waits_follows_a_corrected_address(cast: Cast, until: Pass) -> None:
    plan(cast, day=DAY)
    until("2027-01-17 12:00")
    assert about_lists(CONTACT) == [("list_asked", "queued")]
    right = "sophie@mairie-valmont.example"
    clients.change_contact(contact_id=cast.contact.pk, changes=ContactChanges(email=right), by=COMMAND)
    until("2027-01-18 12:00")
    assert about_lists(CONTACT) == [("list_asked", "cancelled")]
    assert about_lists(right) == [("list_asked", "sent")]


def test_what_waits_follows_the_name_of_the_client(cast: Cast, until: Pass) -> None:
    plan(cast, day=DAY)
    until("2027-01-17 12:00")
    assert "Valmont" in last(CAMILLE).subject
    changes = ClientChanges(name="Ville de Beaumont")
    clients.change_client(client_id=cast.valmont.pk, changes=changes, expected_version=None, by=COMMAND)
    until("2027-01-18 12:00")
    assert "Ville de Beaumont" in last(CAMILLE).subject
    assert about_lists(CAMILLE) == [("list_missing", "sent")]


def test_what_moves_or_is_cancelled_is_asked_for_at_its_new_day_or_not_at_all(
    cast: Cast, until: Pass
) -> None:
    moved, off = plan(cast, count=2, day=DAY)
    until("2027-01-17 12:00")
    planning.cancel_session(session_id=off.pk, reason="Grève", by=COMMAND)
    planning.change_session(
        session_id=moved.pk, draft=draft(date(2027, 2, 11)), expected_version=None, by=COMMAND
    )
    until("2027-01-31 12:00")
    assert about_lists(CONTACT) == [("list_asked", "cancelled"), ("list_asked", "queued")]
    assert "Atelier B" not in last(CONTACT).text


def test_the_new_coordinator_is_told_and_not_the_old_one(cast: Cast, until: Pass) -> None:
    plan(cast, day=DAY)
    until("2027-01-17 12:00")
    missions.name_coordinator(mission_id=cast.mission.pk, facilitator_id=cast.dan.pk, by=COMMAND)
    until("2027-01-18 12:00")
    assert about_lists(CAMILLE) == [("list_missing", "cancelled")]
    assert about_lists("dan@reseau.example") == [("list_missing", "sent")]


def school(cast: Cast) -> Mission:
    client = clients.add_client(name="Lycée", sector=Sector.EDUCATION, by=COMMAND)
    order = missions.record_order(
        client_id=client.pk,
        sector=Sector.EDUCATION,
        title="Rentrée",
        agreed_on=date(2026, 12, 12),
        lines=[LineDraft(service_type_id=cast.workshop.pk, quantity=1)],
        by=COMMAND,
    )
    return closure.open_mission(order_id=order.pk, coordinator_id=cast.camille.pk, by=COMMAND)


def test_a_school_is_not_asked_for_a_list(cast: Cast, until: Pass) -> None:
    mission = school(cast)
    planning.plan_sessions(
        mission_id=mission.pk, line_id=mission.order.lines.get().pk, draft=draft(DAY), by=COMMAND
    )
    until("2027-01-28 08:00")
    assert about_lists("") == []


# --- answers --------------------------------------------------------------------------------------
def asked(cast: Cast) -> list[Session]:
    """Noor and Élodie are asked on Monday 4 January."""
    sessions = plan(cast, cast.noor, cast.elodie, count=2, day=DAY)
    for session in sessions:
        enrol(cast, session, f"P{session.position}")
    return sessions


def test_who_does_not_answer_is_reminded_then_the_coordinator_is_told(cast: Cast, until: Pass) -> None:
    asked(cast)
    until("2027-01-12 12:00")
    assert letters(NOOR) == [("staffing_request", "sent"), ("staffing_reminder", "sent")]
    assert str(last(NOOR).sent_at) == "2027-01-07 08:00:00+00:00"
    assert "/a/" in last(NOOR).text, "the way to answer is in it"
    assert last(NOOR).reply_to == CAMILLE
    told = [m for m in letters(CAMILLE) if m[0] == "staffing_unanswered"]
    assert told == [("staffing_unanswered", "sent")], "once for both"
    assert "Élodie Martin" in last(CAMILLE).subject
    assert str(last(CAMILLE).sent_at) == "2027-01-09 08:00:00+00:00"


def test_who_answers_is_left_alone(cast: Cast, until: Pass) -> None:
    first, second = asked(cast)
    until("2027-01-06 12:00")
    assert letters(NOOR)[1:] == [("staffing_reminder", "queued")]
    confirm(cast, first, cast.noor)
    until("2027-01-08 12:00")
    assert letters(NOOR)[1:] == [("staffing_reminder", "cancelled")]
    confirm(cast, second, cast.elodie)
    until("2027-01-12 12:00")
    assert not [m for m in letters(CAMILLE) if m == ("staffing_unanswered", "sent")]


def test_asked_again_is_reminded_again(cast: Cast, until: Pass) -> None:
    session, _ = asked(cast)
    until("2027-01-08 12:00")
    place = place_of(session, cast.noor)
    for status in (AssignmentStatus.WITHDRAWN, AssignmentStatus.INVITED):
        planning.set_status(assignment_id=place.pk, status=status, by=cast.actor(cast.camille))
    until("2027-01-12 12:00")
    assert letters(NOOR).count(("staffing_reminder", "sent")) == 2


def test_nobody_is_reminded_once_it_has_begun_or_is_off(cast: Cast, until: Pass, now: MovableClock) -> None:
    (soon,) = plan(cast, cast.noor, day=date(2027, 1, 6))
    enrol(cast, soon, "Ana")
    (off,) = plan(cast, cast.elodie, day=DAY)
    until("2027-01-06 13:00")
    assert letters(NOOR) == [("staffing_request", "sent")]
    planning.cancel_session(session_id=off.pk, reason="Grève", by=COMMAND)
    until("2027-01-12 12:00")
    assert letters("elodie@reseau.example") == [
        ("staffing_request", "sent"),
        ("staffing_reminder", "cancelled"),
        ("staffing_cancelled", "sent"),
    ]


def test_what_waits_for_a_mission_that_closes_is_taken_back(cast: Cast, until: Pass, settle: Any) -> None:
    plan(cast, day=DAY)
    until("2027-01-17 12:00")
    assert ("list_asked", "queued") in letters()
    missions.close(mission_id=cast.mission.pk, by=COMMAND)
    settle()
    assert ("list_asked", "queued") not in letters()
    until("2027-01-28 08:00")
    assert not [m for m in letters() if m[0].startswith("list_") and m[1] == "sent"]
