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
from cordee.kernel.names import normal_email, search_key, tidy
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
    """Put people on the list of a session; joining instructions follow.
    The same person twice is one enrolment.

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
            *rules.may_add_walk_in(session, runs_mission=can_run(mission, by), on_session=on_session),
            *is_running(mission),
            *is_planned(session),
        ]
    )
    return _enrol(session, mission, [person], Source.WALK_IN, by)


@transaction.atomic
def correct(*, enrolment_id: int, person: Person, by: Actor) -> Enrolment:
    """Correct the name or address of somebody on a list, with a trace in the timeline. Raises Refused.

    An address that the client's list of people knows already makes this enrolment that person's.
    """
    enrolment = Enrolment.objects.select_related("participant").get(pk=enrolment_id)
    session, mission = _locked(enrolment.session_id)
    person = _tidied(person)
    participant = _who_it_really_is(enrolment.participant, person.email)
    on_list = Enrolment.objects.filter(session=session, participant=participant).exclude(pk=enrolment.pk)
    on_session = by.facilitator_id is not None and is_on_session(session.pk, by.facilitator_id)
    refuse_if(
        [
            *(() if on_session else may_run(mission, by)),
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
    return enrolment


def _who_it_really_is(participant: Participant, email: str) -> Participant:
    others = Participant.objects.filter(client_id=participant.client_id, email=email).exclude(
        pk=participant.pk
    )
    return (others.first() if email else None) or participant


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


def _enrol(
    session: Session, mission: Mission, people: Sequence[Person], source: Source, by: Actor
) -> Enrolled:
    tidied = [_tidied(p) for p in people]
    refuse_if(rules.not_too_many(tidied))
    refuse_if([b for line, p in enumerate(tidied, start=1) for b in rules.is_somebody(p, line=line)])
    unique = _without_doubles(tidied)
    participants = _participants(unique, session, mission, by)
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


def _participants(people: list[Person], session: Session, mission: Mission, by: Actor) -> list[Participant]:
    """Return the participants these people are: known at the client's by address,
    on this list by name, or new.
    """
    client_id = mission.order.client_id
    known = _by_address(client_id, people)
    unaddressed = {_name(e.participant): e for e in queries.told_about(session.pk) if not e.participant.email}
    for person in people:
        same = unaddressed.get(_name(person))
        if person.email and person.email not in known and same:
            known[person.email] = _give_address(same, person.email, mission, by)
            del unaddressed[_name(person)]
    # Somebody may be making the same people now, on another mission of the client.
    Participant.objects.bulk_create(
        (_new(client_id, p) for p in people if p.email and p.email not in known), ignore_conflicts=True
    )
    known |= _by_address(client_id, people)
    found = []
    for person in people:
        on_list = unaddressed.get(_name(person))
        if person.email:
            participant = known[person.email]
        elif on_list:
            participant = on_list.participant
        else:
            participant = _new(client_id, person)
            participant.save()
        found.append(_completed(participant, person))
    return found


def _by_address(client_id: int, people: list[Person]) -> dict[str, Participant]:
    emails = [p.email for p in people if p.email]
    return {p.email: p for p in Participant.objects.filter(client_id=client_id, email__in=emails)}


def _give_address(enrolment: Enrolment, email: str, mission: Mission, by: Actor) -> Participant:
    """Give its address to somebody who was put on the list without one:
    joining instructions can follow now.
    """
    participant = enrolment.participant
    participant.email = email
    participant.save(update_fields=["email"])
    fact = ParticipantCorrected(session_id=enrolment.session_id, enrolment_id=enrolment.pk, fields=["email"])
    journal.record(fact, by=by, mission_id=mission.pk)
    return participant


def _new(client_id: int, person: Person) -> Participant:
    return Participant(
        client_id=client_id, email=person.email, first_name=person.first_name, last_name=person.last_name
    )


def _completed(participant: Participant, person: Person) -> Participant:
    """Take the names given for an address that had none."""
    if not (participant.first_name or participant.last_name) and (person.first_name or person.last_name):
        participant.first_name, participant.last_name = person.first_name, person.last_name
        participant.save(update_fields=["first_name", "last_name"])
    return participant


def _without_doubles(people: list[Person]) -> list[Person]:
    """Return each person once, with the names that were given on any of the lines."""
    found: dict[str, Person] = {}
    for person in people:
        identity = person.email or _name(person)
        first = found.setdefault(identity, person)
        if not (first.first_name or first.last_name):
            found[identity] = person
    return list(found.values())


def _name(person: Person | Participant) -> str:
    """Return a name as it is compared: without accents and capitals."""
    return search_key(f"{person.first_name}|{person.last_name}")


def _tidied(person: Person) -> Person:
    return Person(
        email=normal_email(person.email), first_name=tidy(person.first_name), last_name=tidy(person.last_name)
    )


def _locked(session_id: int) -> tuple[Session, Mission]:
    mission = missions.locked(Session.objects.values_list("mission_id", flat=True).get(pk=session_id))
    session = Session.objects.get(pk=session_id)
    session.mission = mission
    return session, mission
