"""Missions on which the fees took an unusual way."""

from collections.abc import Iterator
from datetime import timedelta

from cordee.closure import actions as closure
from cordee.demo.stage import Stage, Story, working_day
from cordee.demo.stories.order import Deal, deal_of, later, opened, some_time
from cordee.demo.stories.progress import (
    answered,
    approved,
    asked_for_fees,
    enrolled,
    prepared_and_held,
)
from cordee.demo.stories.sessions import plan
from cordee.fees import actions as fees
from cordee.kernel import clock


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield early_request(stage, deal_of("early-request-1"), (-32, -17, 11, 25))
    yield early_request(stage, deal_of("early-request-2"), (-26, -20, 17))
    yield returned(stage, deal_of("returned-1"), (-24, -23, 15))
    yield returned(stage, deal_of("returned-2"), (-22,))
    yield to_approve(stage, deal_of("to-approve-1"), -8)
    yield to_approve(stage, deal_of("to-approve-2"), -10)
    yield reopened(stage, deal_of("reopened"), -21)
    yield asked_twice(stage, deal_of("asked-twice"))


def early_request(stage: Stage, deal: Deal, days: tuple[int, ...]) -> Story[None]:
    """The fees of what was held are asked for while sessions remain to come."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = [s for day in days for s in plan(told, stage.day(day))]
    held = [s for s, day in zip(sessions, days, strict=True) if day < 0]
    yield from answered(told, sessions)
    yield from prepared_and_held(told, held)
    yield from asked_for_fees(told, within=3)
    yield from approved(told)
    yield from enrolled(told, sessions[len(held) :])


def returned(stage: Stage, deal: Deal, days: tuple[int, ...]) -> Story[None]:
    """Finance sent the request back: the coordinator has to put something right."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = [s for day in days for s in plan(told, stage.day(day))]
    held = [s for s, day in zip(sessions, days, strict=True) if day < 0]
    yield from answered(told, sessions)
    yield from prepared_and_held(told, held)
    yield stage.moment(stage.day(-9), some_time(told.rng))
    request = fees.request_fees(mission_id=told.mission.pk, by=told.by)
    yield stage.moment(stage.day(-3), some_time(told.rng))
    fees.return_request(
        request_id=request.pk,
        reason="La feuille du groupe A porte un autre nom d’animateur·ice que la demande : qui a animé ?",
        by=stage.farid,
    )
    yield from enrolled(told, sessions[len(held) :])


def to_approve(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """All is done, the mission is closed, and finance has not decided yet."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day), count=deal.lines[0][1])
    yield from answered(told, sessions)
    yield from prepared_and_held(told, sessions)
    yield stage.moment(stage.day(-2), some_time(told.rng))
    fees.request_fees(mission_id=told.mission.pk, by=told.by)


def reopened(stage: Stage, deal: Deal, day: int) -> Story[None]:
    """Operations opened a closed mission again, to have presence corrected."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    sessions = plan(told, stage.day(day), count=2)
    yield from answered(told, sessions)
    yield from prepared_and_held(told, sessions)
    yield from asked_for_fees(told)
    yield stage.moment(stage.day(-2), "11:20")
    closure.reopen(
        mission_id=told.mission.pk,
        reason="Le client signale une personne notée présente alors qu’elle était excusée.",
        by=stage.olga,
    )


def asked_twice(stage: Stage, deal: Deal) -> Story[None]:
    """Two requests in one month, the second with the leave of finance. The fee was agreed with the client."""
    told = yield from opened(stage, deal)
    yield later(told, 3)
    # Both sessions early in one month, whatever today is.
    month = (clock.today() + timedelta(days=50)).replace(day=1)
    first, second = (plan(told, working_day(month + timedelta(days=d)))[0] for d in (3, 10))
    yield from answered(told, told.sessions)
    yield from prepared_and_held(told, [first])
    yield from asked_for_fees(told, within=1)
    yield from prepared_and_held(told, [second])
    yield later(told, 1)
    fees.allow_extra_request(
        mission_id=told.mission.pk,
        reason="Départ d’une animatrice à l’étranger : à solder ce mois-ci.",
        by=stage.farid,
    )
    yield later(told, 0)
    fees.request_fees(mission_id=told.mission.pk, by=told.by)
    yield from approved(told)
