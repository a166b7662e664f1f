"""Putting people on the list of a session, correcting and taking them off."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from cordee.enrolment import queries, rules
from cordee.enrolment.facts import EnrolmentCancelled, ParticipantCorrected, ParticipantsEnrolled
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import normal_email, tidy
from cordee.kernel.refusals import refuse_if
from cordee.missions import queries as missions
from cordee.missions.models import Mission
from cordee.missions.rules import can_run, is_running, may_run
from cordee.planning.models import Session
from cordee.planning.queries import is_on_session
from cordee.planning.rules import is_planned


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What became of a list: enrolled now, on the session already, twice in the list."""

    new: list[Enrolment]
    already: int
    twice: int


@transaction.atomic
def enrol(*, session_id: int, people: Sequence[Person], by: Actor) -> Enrolled:
    """Put people on the list of a session; joining instructions follow. The same person twice is one enrolment.

    Names given for a known address complete it where it had none. Raises Refused: then nobody is enrolled.
    """
    session, mission = _locked(session_id)
    refuse_if(
        [*may_run(mission, by), *is_running(mission), *is_planned(session), *rules.list_is_open(session)]
    )
    return _enrol(session, mission, people, Source.COORDINATOR, by)


@transaction.atomic
def add_walk_in(*, session_id: int, person: Person, by: Actor) -> Enrolled:
    """Add somebody who came without being on the list, once the session has begun. Raises Refused."""
    session, mission = _locked(session_id)
    on_session = by.facilitator_id is not None and is_on_session(session.pk, by.facilitator_id)
    refuse_if(
        [
            *rules.may_add_walk_in(session, by, runs_mission=can_run(mission, by), on_session=on_session),
            *is_running(mission),
            *is_planned(session),
        ]
    )
    return _enrol(session, mission, [person], Source.WALK_IN, by)


@transaction.atomic
def correct(*, enrolment_id: int, person: Person, by: Actor) -> Enrolment:
    """Correct the name or address of somebody on a list, with a trace in the timeline. Raises Refused."""
    enrolment = Enrolment.objects.select_related("participant").get(pk=enrolment_id)
    session, mission = _locked(enrolment.session_id)
    person = _tidied(person)
    participant = enrolment.participant
    others = Participant.objects.filter(client_id=participant.client_id).exclude(pk=participant.pk)
    taken = others.filter(email=person.email).values_list("email", flat=True) if person.email else []
    on_session = by.facilitator_id is not None and is_on_session(session.pk, by.facilitator_id)
    refuse_if(
        [
            *(() if on_session else may_run(mission, by)),
            *is_running(mission),
            *rules.is_somebody(person, line=1),
            *rules.address_is_free(person.email, list(taken)),
        ]
    )
    fields = ("email", "first_name", "last_name")
    changed = [name for name in fields if getattr(participant, name) != getattr(person, name)]
    if changed:
        for name in changed:
            setattr(participant, name, getattr(person, name))
        participant.save(update_fields=changed)
        fact = ParticipantCorrected(session_id=session.pk, enrolment_id=enrolment.pk, fields=changed)
        journal.record(fact, by=by, mission_id=mission.pk)
    return enrolment


@transaction.atomic
def cancel_enrolment(*, enrolment_id: int, by: Actor) -> None:
    """Take somebody off the list of a session; who was told to come is told not to. Raises Refused."""
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    session, mission = _locked(enrolment.session_id)
    refuse_if(
        [*may_run(mission, by), *is_running(mission), *is_planned(session), *rules.list_is_open(session)]
    )
    taken_off = Enrolment.objects.filter(pk=enrolment_id, cancelled_at=None).update(cancelled_at=clock.now())
    if taken_off:
        journal.record(
            EnrolmentCancelled(session_id=session.pk, enrolment_id=enrolment_id), by=by, mission_id=mission.pk
        )


def _enrol(session: Session, mission: Mission, people: Sequence[Person], source: Source, by: Actor) -> Enrolled:
    tidied = [_tidied(p) for p in people]
    refuse_if([b for line, p in enumerate(tidied, start=1) for b in rules.is_somebody(p, line=line)])
    unique = list({_identity(p): p for p in tidied}.values())
    client_id = mission.order.client_id
    participants = _participants(client_id, unique, session)
    on_list = {
        e.participant_id: e
        for e in Enrolment.objects.filter(session=session, participant__in=[p.pk for p in participants])
    }
    wanted = [p for p in participants if p.pk not in on_list or on_list[p.pk].cancelled_at is not None]
    if source == Source.COORDINATOR:
        enrolled = queries.counts([session.pk]).get(session.pk, 0)
        refuse_if(rules.fits_the_room(session, enrolled=enrolled, more=len(wanted)))
    new = _put_on_list(session, wanted, on_list, source)
    if new:
        fact = ParticipantsEnrolled(
            session_id=session.pk, enrolment_ids=[e.pk for e in new], walk_in=source == Source.WALK_IN
        )
        journal.record(fact, by=by, mission_id=mission.pk)
    return Enrolled(new=new, already=len(participants) - len(wanted), twice=len(tidied) - len(unique))


def _put_on_list(
    session: Session, participants: list[Participant], known: dict[int, Enrolment], source: Source
) -> list[Enrolment]:
    now = clock.now()
    back = [known[p.pk] for p in participants if p.pk in known]
    Enrolment.objects.filter(pk__in=[e.pk for e in back]).update(cancelled_at=None, enrolled_at=now)
    new = Enrolment.objects.bulk_create(
        Enrolment(session=session, participant=p, source=source, enrolled_at=now)
        for p in participants
        if p.pk not in known
    )
    return [*back, *new]


def _participants(client_id: int, people: list[Person], session: Session) -> list[Participant]:
    """Return the participants these people are, known by address, or by name on this list when they have none."""
    known = {
        p.email: p
        for p in Participant.objects.filter(client_id=client_id, email__in=[p.email for p in people if p.email])
    }
    nameless = {
        (e.participant.first_name, e.participant.last_name): e.participant
        for e in queries.told_about(session.pk)
        if not e.participant.email
    }
    found, new = [], []
    for person in people:
        participant = (
            known.get(person.email) if person.email else nameless.get((person.first_name, person.last_name))
        )
        if participant is None:
            participant = Participant(
                client_id=client_id,
                email=person.email,
                first_name=person.first_name,
                last_name=person.last_name,
            )
            new.append(participant)
        elif not (participant.first_name or participant.last_name) and (person.first_name or person.last_name):
            participant.first_name, participant.last_name = person.first_name, person.last_name
            participant.save(update_fields=["first_name", "last_name"])
        found.append(participant)
    Participant.objects.bulk_create(new)
    return found


def _identity(person: Person) -> tuple[str, ...]:
    return (person.email,) if person.email else (person.first_name, person.last_name)


def _tidied(person: Person) -> Person:
    return Person(
        email=normal_email(person.email), first_name=tidy(person.first_name), last_name=tidy(person.last_name)
    )


def _locked(session_id: int) -> tuple[Session, Mission]:
    mission = missions.locked(Session.objects.values_list("mission_id", flat=True).get(pk=session_id))
    session = Session.objects.get(pk=session_id)
    session.mission = mission
    return session, mission
