"""Missions on which something changed on the way: a refusal, a move, an amendment."""

from collections.abc import Iterator
from datetime import timedelta

from cordee.attendance import actions as attendance
from cordee.demo import names
from cordee.demo.stage import Stage, Story, actor, working_day
from cordee.demo.stories.order import Deal, deal_of, later, opened
from cordee.demo.stories.progress import (
    answered,
    approved,
    asked_for_fees,
    delivered,
    enrolled,
    took_place,
)
from cordee.demo.stories.sessions import draft_of, pick, places, plan
from cordee.missions import actions as missions
from cordee.planning import actions as planning
from cordee.planning.states import AssignmentStatus, StaffRole


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield given_up(stage, deal_of("given-up"), -100)
    yield ordered_more(stage, deal_of("ordered-more"), 9)
    yield declined(stage, deal_of("declined"), 12)
    yield observed(stage, deal_of("observed"), -70)
    yield moved(stage, deal_of("moved"), 10)
    yield cancelled(stage, deal_of("cancelled"), 5)
    yield handed_over(stage, deal_of("handed-over"), 16)
    yield regularised(stage, deal_of("regularised"), -60)


def given_up(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """The client gave up the last workshop: an amendment, then all goes on to closure."""
    told = yield from opened(stage, deal)
    yield later(told, 4)
    plan(told, stage.day(day), count=3)
    yield later(told, 9)
    planning.amend_order_line(
        line_id=told.lines[0].pk,
        quantity=3,
        reason="Le quatrième centre ferme pour travaux : le client y renonce, confirmé par courriel.",
        by=stage.olga,
    )
    yield from delivered(told)


def ordered_more(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """The client wants two workshops more: an amendment, and they are still to be planned."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day), count=2)
    yield from answered(told, sessions)
    yield from enrolled(told, sessions)
    yield stage.moment(stage.day(-2), "15:05")
    planning.amend_order_line(
        line_id=told.lines[0].pk,
        quantity=4,
        reason="Deux groupes de plus au dépôt Sud, bon de commande complémentaire reçu.",
        by=stage.olga,
    )


def declined(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """One of those asked cannot come; somebody else was found."""
    told = yield from opened(stage, deal)
    yield later(told, 2)
    sessions = plan(told, stage.day(day), count=2)
    yield later(told, 2)
    place = places(sessions)[0]
    planning.set_status(
        assignment_id=place.pk,
        status=AssignmentStatus.DECLINED,
        reason="Je suis déjà en formation ce jour-là, désolé·e !",
        by=actor(place.facilitator),
    )
    yield later(told, 1)
    out = (told.coordinator, place.facilitator)
    substitute = pick(told, draft_of(place.session), 1, leaving_out=out)[0]
    stage.book(substitute, draft_of(place.session).half_days, place.session.time_zone)
    planning.put_on(session_id=place.session_id, facilitator_id=substitute.pk, by=told.by)
    yield from delivered(told)


def observed(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """A newcomer comes along without being counted; somebody walks in on the day."""
    told = yield from opened(stage, deal)
    yield later(told, 2)
    sessions = plan(told, stage.day(day), count=2)
    draft = draft_of(sessions[0])
    newcomer = pick(told, draft, 1, leaving_out=(told.coordinator,))[0]
    stage.book(newcomer, draft.half_days, draft.time_zone)
    planning.put_on(
        session_id=sessions[0].pk, facilitator_id=newcomer.pk, role=StaffRole.OBSERVER, by=told.by
    )
    yield from answered(told, sessions)
    yield from enrolled(told, sessions)
    yield sessions[0].starts_at + timedelta(minutes=12)
    walk_in = names.people(told.rng, 1, told.client.domain)[0]
    attendance.add_walk_in(session_id=sessions[0].pk, person=walk_in, by=told.by)
    yield from took_place(told, sessions)
    yield from asked_for_fees(told)
    yield from approved(told)


def moved(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """The room was taken: the workshop is held a week later, and everybody was told."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day))
    yield from answered(told, sessions)
    yield from enrolled(told, sessions, days_before=15)
    yield stage.moment(stage.day(-3), "10:10")
    planning.change_session(
        session_id=sessions[0].pk,
        draft=draft_of(sessions[0], days_later=7, place="Manufacture, ancienne cantine"),
        expected_version=None,
        by=told.by,
    )


def cancelled(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """One of two sessions is cancelled and planned anew, two weeks later."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day), count=2)
    yield from answered(told, sessions)
    yield from enrolled(told, sessions, days_before=13)
    yield stage.moment(stage.day(-1), "16:30")
    planning.cancel_session(
        session_id=sessions[1].pk,
        reason="Trop peu d’inscrit·es dans ce groupe : reporté de deux semaines.",
        by=told.by,
    )
    plan(told, working_day(stage.day(day) + timedelta(days=14)))


def handed_over(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """The coordinator could not go on, and somebody else took over."""
    told = yield from opened(stage, deal)
    yield later(told, 2)
    others = [f for f in stage.by_chance(stage.coordinators) if f != told.coordinator]
    successor = told.rng.choice(others)
    missions.name_coordinator(mission_id=told.mission.pk, facilitator_id=successor.pk, by=stage.olga)
    told.coordinator = successor
    yield later(told, 2)
    plan(told, stage.day(day), count=3)
    yield from delivered(told)


def regularised(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """A workshop was held before it was planned: operations regularised it, with the reason on record."""
    told = yield from opened(stage, deal)
    held_on = stage.day(day)
    yield stage.moment(working_day(held_on + timedelta(days=2)), "09:30")
    sessions = plan(
        told,
        held_on,
        by=stage.olga,
        regularised_because="Animé au pied levé ; liste et feuille reçues le lendemain.",
    )
    planning_done = [p for s in sessions for p in places([s])]
    for place in planning_done:
        planning.set_status(assignment_id=place.pk, status=AssignmentStatus.CONFIRMED, by=stage.olga)
    for person in names.people(told.rng, 8, told.client.domain):
        attendance.add_walk_in(session_id=sessions[0].pk, person=person, by=told.by)
    yield from took_place(told, sessions)
    yield from asked_for_fees(told)
    yield from approved(told)
