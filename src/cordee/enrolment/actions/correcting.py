"""Correcting who somebody on a list is."""

from django.db import transaction

from cordee.enrolment import rules
from cordee.enrolment.actions.holding import held
from cordee.enrolment.actions.people import tidied
from cordee.enrolment.facts import ParticipantCorrected
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.rules import Person
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions.models import Mission
from cordee.missions.rules import is_running, may_run
from cordee.planning.models import Session
from cordee.planning.queries import is_on_session
from cordee.planning.rules import is_planned


@transaction.atomic
def correct(*, enrolment_id: int, person: Person, by: Actor) -> Enrolment:
    """Correct the name or address of somebody on a list, with a trace in the timeline. Raises Refused.

    An address that the client's list of people knows already makes this enrolment that person's.
    """
    enrolment = Enrolment.objects.select_related("participant").get(pk=enrolment_id)
    session, mission = held(enrolment.session_id)
    on_session = by.facilitator_id is not None and is_on_session(session.pk, by.facilitator_id)
    refuse_if(() if on_session else may_run(mission, by))
    correct_on_list(session=session, mission=mission, enrolment=enrolment, person=person, by=by)
    return enrolment


@transaction.atomic
def correct_on_list(
    *, session: Session, mission: Mission, enrolment: Enrolment, person: Person, by: Actor
) -> None:
    """Correct somebody on the list of a session that is held: whether `by` may is the caller's to decide."""
    person = tidied(person)
    participant = _who_it_really_is(enrolment.participant, person.email)
    on_list = Enrolment.objects.filter(session=session, participant=participant).exclude(pk=enrolment.pk)
    refuse_if(
        [
            *is_running(mission),
            *is_planned(session),
            *rules.is_somebody(person),
            *rules.address_is_free(person.email, taken=on_list.exists()),
        ]
    )
    fields = ("email", "first_name", "last_name")
    changed = [name for name in fields if getattr(enrolment.participant, name) != getattr(person, name)]
    if changed:
        participant.email, participant.first_name, participant.last_name = (
            person.email,
            person.first_name,
            person.last_name,
        )
        participant.save(update_fields=fields)
        enrolment.participant = participant
        enrolment.save(update_fields=["participant"])
        fact = ParticipantCorrected(session_id=session.pk, enrolment_id=enrolment.pk, fields=changed)
        journal.record(fact, by=by, mission_id=mission.pk)


def _who_it_really_is(participant: Participant, email: str) -> Participant:
    others = Participant.objects.filter(client_id=participant.client_id, email=email).exclude(
        pk=participant.pk
    )
    return (others.first() if email else None) or participant
