"""Putting people on the list of a session, and taking them off."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import batched

from django.db import transaction

from cordee.enrolment import queries, rules
from cordee.enrolment.actions.outcomes import Enrolled, outcomes
from cordee.enrolment.actions.people import settle, tidied
from cordee.enrolment.actions.spreading import spread
from cordee.enrolment.facts import AddressesGiven, EnrolmentCancelled, ParticipantsEnrolled
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.rules import Person
from cordee.enrolment.states import Source
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions.models import Mission
from cordee.missions.rules import can_run, is_running, may_run
from cordee.planning.actions.holding import held
from cordee.planning.models import Session
from cordee.planning.queries import is_on_session, parallel
from cordee.planning.rules import is_planned

AT_ONCE = 500
"""People told of by one fact: what follows for each of them (a letter) must fit in one delivery."""


@transaction.atomic
def enrol(*, session_id: int, people: Sequence[Person], by: Actor) -> Enrolled:
    """Put people on the list of a session; joining instructions follow.
    The same person twice is one enrolment (`rules.identity` tells who is the same), and what was not known of
    them is completed. Who may be several of those known is left out, and said so.

    Raises Refused: then nobody is enrolled.
    """
    session, mission = held(session_id)
    refuse_if(may_run(mission, by))
    return _enrol_in_time(session, mission, people, Source.COORDINATOR, by)


@transaction.atomic
def admit(*, session_id: int, people: Sequence[Person], source: Source, by: Actor) -> Enrolled:
    """Put people on the list who came in by a door of their own (the client contact's page, a registration):
    whether `by` may is that door's to decide. Otherwise as `enrol`. Raises Refused: then nobody is enrolled.
    """
    session, mission = held(session_id)
    return _enrol_in_time(session, mission, people, source, by)


@transaction.atomic
def enrol_smallest(
    *, session_id: int, people: Sequence[Person], source: Source = Source.COORDINATOR, by: Actor
) -> dict[Session, Enrolled]:
    """Put each person on the smallest of the sessions parallel to this one; who is on one already stays
    there. Return what became of them, by session. Raises Refused: then nobody is enrolled.
    """
    session, mission = held(session_id)
    refuse_if(may_run(mission, by))
    refuse_if([*is_running(mission), *is_planned(session), *rules.list_is_open(session)])
    everybody = [tidied(p) for p in people]
    sessions = list(parallel(session)) or [session]
    groups, nowhere = spread(everybody, sessions, mission.order.client_id)
    found = {}
    for group, some in groups:
        group.mission = mission
        found[group] = _enrol(group, mission, some, source, by)
    if nowhere:
        found[session] = found.get(session, Enrolled([], ())).and_also(Enrolled([], tuple(nowhere)))
    return found


@transaction.atomic
def add_walk_in(*, session_id: int, person: Person, by: Actor) -> Enrolled:
    """Add somebody who came without being on the list, once the session has begun. Raises Refused."""
    session, mission = held(session_id)
    on_session = by.facilitator_id is not None and is_on_session(session.pk, by.facilitator_id)
    refuse_if(
        [
            *rules.may_add_walk_in(session, runs_mission=can_run(mission, by), on_session=on_session),
            *is_running(mission),
            *is_planned(session),
        ]
    )
    return _enrol(session, mission, [replace(person, sure=True)], Source.WALK_IN, by)


@transaction.atomic
def cancel_enrolment(*, enrolment_id: int, by: Actor) -> None:
    """Take somebody off the list of a session; who was told to come is told not to. Raises Refused."""
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    session, mission = held(enrolment.session_id)
    refuse_if(may_run(mission, by))
    take_off_list(session=session, mission=mission, enrolment_id=enrolment_id, by=by)


@transaction.atomic
def take_off_list(
    *,
    session: Session,
    mission: Mission,
    enrolment_id: int,
    refused_because: str = "",
    own: bool = False,
    by: Actor,
) -> None:
    """Take somebody off the list of a session that is held: whether `by` may is the caller's to decide.

    `own`: it is the person who gives up their place.
    """
    refuse_if([*is_running(mission), *is_planned(session), *rules.list_is_open(session)])
    taken_off = Enrolment.objects.filter(pk=enrolment_id, cancelled_at=None).update(
        cancelled_at=clock.now(), refused_because=refused_because
    )
    if taken_off:
        fact = EnrolmentCancelled(
            session_id=session.pk, enrolment_id=enrolment_id, refused=bool(refused_because), own=own
        )
        journal.record(fact, by=by, mission_id=mission.pk)


def _enrol_in_time(
    session: Session, mission: Mission, people: Sequence[Person], source: Source, by: Actor
) -> Enrolled:
    refuse_if([*is_running(mission), *is_planned(session), *rules.list_is_open(session)])
    return _enrol(session, mission, people, source, by)


def _enrol(
    session: Session, mission: Mission, people: Sequence[Person], source: Source, by: Actor
) -> Enrolled:
    everybody = [tidied(p) for p in people]
    refuse_if(rules.not_too_many(len(everybody)))
    refuse_if([b for line, p in enumerate(everybody, start=1) for b in rules.is_somebody(p, line=line)])
    settled = settle(everybody, session, mission.order.client_id)
    if settled.given:
        told = AddressesGiven(session_id=session.pk, enrolment_ids=list(settled.given))
        journal.record(told, by=by, mission_id=mission.pk)
    told_about = {e.participant_id: e for e in queries.told_about(session.pk)}
    wanted = {
        participant: person
        for participant, person in zip(settled.participants, settled.said, strict=True)
        if participant
        and (participant.pk not in told_about or told_about[participant.pk].cancelled_at is not None)
    }
    if source != Source.WALK_IN:
        enrolled = queries.counts([session.pk]).get(session.pk, 0)
        refuse_if(rules.fits_the_room(session, enrolled=enrolled, more=len(wanted)))
    new = _put_on_list(session, wanted, told_about, source)
    for some in batched(new, AT_ONCE):
        fact = ParticipantsEnrolled(
            session_id=session.pk, enrolment_ids=[e.pk for e in some], walk_in=source == Source.WALK_IN
        )
        journal.record(fact, by=by, mission_id=mission.pk)
    places = told_about | {e.participant_id: e for e in new}
    return Enrolled(new, outcomes(everybody, settled, places, {e.pk for e in new}))


def _put_on_list(
    session: Session,
    wanted: Mapping[Participant, Person],
    known: dict[int, Enrolment],
    source: Source,
) -> list[Enrolment]:
    now = clock.now()
    back = []
    for participant, person in wanted.items():
        if enrolment := known.get(participant.pk):
            enrolment.cancelled_at, enrolment.enrolled_at, enrolment.refused_because = None, now, ""
            enrolment.group = person.group or enrolment.group
            enrolment.details = {**enrolment.details, **person.details}
            back.append(enrolment)
    Enrolment.objects.bulk_update(
        back, ["cancelled_at", "enrolled_at", "refused_because", "group", "details"], batch_size=500
    )
    new = Enrolment.objects.bulk_create(
        Enrolment(
            session=session,
            participant=participant,
            source=source,
            enrolled_at=now,
            group=person.group,
            details=dict(person.details),
        )
        for participant, person in wanted.items()
        if participant.pk not in known
    )
    return [*back, *new]
