"""What somebody is told is what is true: nothing ends while a slow worker writes that it goes on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection

from cordee.closure import actions as closure
from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.journal import actions as journal
from cordee.journal.models import Entry
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.mail.states import WAITING
from cordee.missions import actions as missions
from cordee.notifications import compose, contacts, office, participants, staff
from cordee.notifications.mails import Purpose
from cordee.planning import actions as planning
from cordee.planning.states import AssignmentStatus
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from tests.cast import Cast
from tests.steps import ask_client, enrol, place_of, plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

type Act = Callable[[], object]
type Story = tuple[Act, Act, dict[str, object]]
"""What is told, what ends it, and how the message is found."""


def _a_participant(cast: Cast) -> Story:
    (session,) = plan(cast)
    (ana,) = enrol(cast, session, "Ana")
    return (
        lambda: participants.reconcile(session.pk),
        lambda: enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND),
        {"purpose": Purpose.JOINING},
    )


def _a_facilitator(cast: Cast) -> Story:
    (session,) = plan(cast, cast.noor)
    place, withdrawn = place_of(session, cast.noor), AssignmentStatus.WITHDRAWN
    return (
        lambda: staff.reconcile(place.pk),
        lambda: planning.set_status(assignment_id=place.pk, status=withdrawn, by=cast.actor(cast.camille)),
        {"purpose": Purpose.STAFFING_REQUEST},
    )


def _all_facilitators(cast: Cast) -> Story:
    (session,) = plan(cast, cast.noor)
    return (
        lambda: staff.reconcile_session(session.pk),
        lambda: planning.cancel_session(session_id=session.pk, reason="snow", by=cast.actor(cast.camille)),
        {"purpose": Purpose.STAFFING_REQUEST},
    )


def _who_moved_up(cast: Cast) -> Story:
    (session,) = plan(cast, capacity=1)
    invitation = registration.open_registration(session_id=session.pk, by=COMMAND)
    for name in ("Ana", "Bo"):
        person = Person(email=f"{name.lower()}@x.fr", first_name=name, last_name="N")
        registration.ask(invitation_id=invitation.pk, person=person, by=COMMAND)
        registration.confirm(registration_id=Registration.objects.latest("pk").pk, by=COMMAND)
    enrolment.cancel_enrolment(enrolment_id=Enrolment.objects.get().pk, by=COMMAND)
    registration.move_up(session_id=session.pk)
    return (
        lambda: participants.reconcile(session.pk),
        lambda: planning.cancel_session(session_id=session.pk, reason="snow", by=cast.actor(cast.camille)),
        {"purpose": Purpose.REGISTRATION_ADMITTED},
    )


def _who_declined(cast: Cast) -> Story:
    (session,) = plan(cast, cast.noor)
    place = place_of(session, cast.noor)
    declined, confirmed = AssignmentStatus.DECLINED, AssignmentStatus.CONFIRMED
    planning.set_status(assignment_id=place.pk, status=declined, reason="ill", by=cast.actor(cast.noor))
    return (
        lambda: staff.declined(place.pk, noted_by=None),
        lambda: planning.set_status(assignment_id=place.pk, status=confirmed, by=cast.actor(cast.camille)),
        {"purpose": Purpose.STAFFING_DECLINED},
    )


def _a_contact(cast: Cast) -> Story:
    plan(cast)
    ask_client(cast)
    asked = Entry.objects.filter(fact="ListAsked").get()
    invitation_id = asked.payload["invitation_id"]
    return (
        lambda: contacts.list_request(invitation_id, asked.pk),
        lambda: enrolment.revoke_link(invitation_id=invitation_id, by=COMMAND),
        {"purpose": Purpose.LIST_REQUEST},
    )


def _a_coordinator(cast: Cast) -> Story:
    named = Entry.objects.filter(fact="CoordinatorNamed", mission_id=cast.mission.pk).get()
    facilitator_id = named.payload["facilitator_id"]
    return (
        lambda: office.coordinator_named(cast.mission.pk, facilitator_id, named.pk),
        lambda: missions.name_coordinator(
            mission_id=cast.mission.pk, facilitator_id=cast.noor.pk, by=COMMAND
        ),
        {"purpose": Purpose.COORDINATOR_NAMED, "to_email": cast.camille.user.email},
    )


def _who_invoices(cast: Cast) -> Story:
    cast.mission.status, cast.mission.closed_at = "closed", clock.now()
    cast.mission.save()
    return (
        lambda: office.mission_closed(cast.mission.pk),
        lambda: closure.reopen(mission_id=cast.mission.pk, reason="x", by=COMMAND),
        {"purpose": Purpose.BILLABLE},
    )


STORIES = [
    *(_a_participant, _a_facilitator, _all_facilitators, _who_moved_up),
    *(_who_declined, _a_contact, _a_coordinator, _who_invoices),
]


@pytest.mark.parametrize("story", STORIES)
def test_nobody_is_told_what_ended_while_it_was_written(
    story: Callable[[Cast], Story], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell, end, message = story(cast)
    reads, ended, told, write = Event(), Event(), Event(), compose.write

    def slowly(*args: Any, **kwargs: Any) -> Any:
        reads.set()
        if ended.wait(timeout=2):  # while the mission is held nothing can end: then this waits in vain
            told.wait(timeout=20)
        return write(*args, **kwargs)

    def tell_slowly() -> None:
        monkeypatch.setattr(compose, "write", slowly)
        try:
            tell()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(tell_slowly)
        assert reads.wait(timeout=20)
        monkeypatch.setattr(compose, "write", write)
        end()
        ended.set()
        while journal.deliver_due():
            pass
        told.set()
        slow.result(timeout=20)
    assert Message.objects.filter(**message).exists(), "it was written"
    assert not Message.objects.filter(**message, state__in=WAITING).exists(), "and taken back"
