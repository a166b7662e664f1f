"""What somebody is told is what is true: nothing ends while a slow worker writes that it goes on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection

from cordee.enrolment import actions as enrolment
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.journal import actions as journal
from cordee.kernel.actor import COMMAND
from cordee.mail.models import Message
from cordee.mail.states import WAITING
from cordee.notifications import compose, participants, staff
from cordee.notifications.texts import Purpose
from cordee.planning import actions as planning
from cordee.planning.states import AssignmentStatus
from cordee.registration import actions as registration
from cordee.registration.models import Registration
from tests.cast import Cast
from tests.steps import enrol, place_of, plan

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

type Act = Callable[[], object]


def _a_participant(cast: Cast) -> tuple[Act, Act, Purpose]:
    (session,) = plan(cast)
    (ana,) = enrol(cast, session, "Ana")
    return (
        lambda: participants.reconcile(session.pk),
        lambda: enrolment.cancel_enrolment(enrolment_id=ana.pk, by=COMMAND),
        Purpose.JOINING,
    )


def _a_facilitator(cast: Cast) -> tuple[Act, Act, Purpose]:
    (session,) = plan(cast, cast.noor)
    place, withdrawn = place_of(session, cast.noor), AssignmentStatus.WITHDRAWN
    return (
        lambda: staff.reconcile(place.pk),
        lambda: planning.set_status(assignment_id=place.pk, status=withdrawn, by=cast.actor(cast.camille)),
        Purpose.STAFFING_REQUEST,
    )


def _all_facilitators(cast: Cast) -> tuple[Act, Act, Purpose]:
    (session,) = plan(cast, cast.noor)
    return (
        lambda: staff.reconcile_session(session.pk, changed=False),
        lambda: planning.cancel_session(session_id=session.pk, reason="snow", by=cast.actor(cast.camille)),
        Purpose.STAFFING_REQUEST,
    )


def _who_moved_up(cast: Cast) -> tuple[Act, Act, Purpose]:
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
        Purpose.REGISTRATION_ADMITTED,
    )


@pytest.mark.parametrize("story", [_a_participant, _a_facilitator, _all_facilitators, _who_moved_up])
def test_nobody_is_told_what_ended_while_it_was_written(
    story: Callable[[Cast], tuple[Act, Act, Purpose]], cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell, end, purpose = story(cast)
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
    assert Message.objects.filter(purpose=purpose).exists(), "it was written"
    assert not Message.objects.filter(purpose=purpose, state__in=WAITING).exists(), "and taken back"
