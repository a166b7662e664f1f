"""Missions on which somebody is late, one for each way of being late."""

from collections.abc import Iterator

from cordee.closure import actions as closure
from cordee.demo.network import IDRIS
from cordee.demo.stage import Stage, Story
from cordee.demo.stories.order import Deal, deal_of, later, opened, ordered
from cordee.demo.stories.progress import (
    answered,
    enrolled,
    prepared_and_held,
    took_place,
)
from cordee.demo.stories.sessions import plan


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield nobody_in_charge(stage, deal_of("nobody-in-charge-1"))
    yield nobody_in_charge(stage, deal_of("nobody-in-charge-2"))
    yield not_planned(stage, deal_of("not-planned-1"))
    yield not_planned(stage, deal_of("not-planned-2"))
    yield not_answered(stage, deal_of("not-answered"), 13)
    yield asked_idris(stage, deal_of("asked-idris-1"), 22)
    yield asked_idris(stage, deal_of("asked-idris-2"), 30)
    yield nobody_enrolled(stage, deal_of("nobody-enrolled-1"), 4)
    yield nobody_enrolled(stage, deal_of("nobody-enrolled-2"), 7)
    yield nobody_runs_it(stage, deal_of("nobody-runs-it"), 6)
    yield presence_missing(stage, deal_of("presence-missing-1"), -5)
    yield presence_missing(stage, deal_of("presence-missing-2"), -9)
    yield fees_forgotten(stage, deal_of("fees-forgotten-1"), -18)
    yield fees_forgotten(stage, deal_of("fees-forgotten-2"), -24)
    yield never_answered(stage, deal_of("never-answered"), -6)


def nobody_in_charge(stage: Stage, deal: Deal) -> Story[None]:
    """The mission is open, and has no coordinator yet."""
    order = yield from ordered(stage, deal)
    yield stage.moment(stage.day(deal.agreed + 2), "17:50")
    closure.open_mission(order_id=order.pk, by=stage.olga)


def not_planned(stage: Stage, deal: Deal) -> Story[None]:
    """The coordinator was named weeks ago, and nothing is planned."""
    yield from opened(stage, deal)


def not_answered(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """Two of those asked have not answered."""
    told = yield from opened(stage, deal)
    yield later(told, 1)
    sessions = plan(told, stage.day(day), count=deal.lines[0][1])
    asked = [
        p.facilitator.full_name for s in sessions for p in s.assignments.select_related("facilitator__user")
    ]
    yield from answered(told, sessions, silent=asked[-2:])
    yield from enrolled(told, sessions)


def asked_idris(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """Idris was asked yesterday, in time to answer."""
    told = yield from opened(stage, deal)
    yield stage.moment(stage.day(-1), "09:40")
    idris = stage.named(IDRIS)
    count = deal.lines[0][1]
    sessions = plan(told, stage.day(day), count=count, staff=[idris, told.coordinator][:count])
    yield from enrolled(told, sessions)


def nobody_enrolled(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """The day comes near, and nobody is on the list."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    yield from answered(told, plan(told, stage.day(day), count=deal.lines[0][1]))


def nobody_runs_it(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """Two sessions are planned, and only one has a facilitator."""
    told = yield from opened(stage, deal)
    yield later(told, 2)
    first = plan(told, stage.day(day))
    second = plan(told, stage.day(day), staff=())
    yield from answered(told, first)
    yield from enrolled(told, [*first, *second], days_before=12)


def presence_missing(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """The sessions have taken place, and nobody recorded who was there."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day), count=deal.lines[0][1])
    yield from answered(told, sessions)
    yield from enrolled(told, sessions)


def fees_forgotten(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """All is held and proven, and the fees were never asked for."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day), count=deal.lines[0][1], first=[stage.named(IDRIS)])
    yield from answered(told, sessions)
    yield from prepared_and_held(told, sessions)


def never_answered(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """A session has taken place, and it is not known who ran it."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day), count=deal.lines[0][1])
    asked = [
        p.facilitator.full_name for s in sessions for p in s.assignments.select_related("facilitator__user")
    ]
    yield from answered(told, sessions, silent=asked[-1:])
    yield from enrolled(told, sessions, days_before=12)
    yield from took_place(told, sessions)
