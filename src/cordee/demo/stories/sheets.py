"""Attendance sheets: signed on phones, and what quality says of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef

from cordee.attendance.models import Signature
from cordee.conformity import actions, queries
from cordee.conformity.states import Proof, Reason
from cordee.demo.stage import Stage, Story, side_by_side, working_day
from cordee.demo.stories.order import Deal, Told, deal_of, later, opened, some_time
from cordee.demo.stories.progress import answered, enrolled
from cordee.demo.stories.sessions import plan
from cordee.demo.stories.signing import countersigned, signing
from cordee.fees import actions as fees
from cordee.kernel import clock
from cordee.planning.models import Session
from cordee.planning.queries import half_days, with_orders
from cordee.planning.states import SessionStatus

_ON_PAPER = "Feuille papier reçue, vérifiée et classée au dossier."
_LEAVE_TO_CHANCE = timedelta(days=12)
"""Of what is younger than this, quality has not seen all."""


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield on_phones(stage, deal_of("signed-on-phones"))
    yield looked_at(stage)


def on_phones(stage: Stage, deal: Deal) -> Story[None]:
    """Four workshops signed on phones: one accepted, one refused, one not seen yet, one not complete. Their
    fees are approved: those whose sheet is not accepted wait for it.
    """
    told = yield from opened(stage, deal)
    yield later(told, 3)
    accepted, refused, _waiting, open_ = (plan(told, stage.day(day))[0] for day in (-11, -8, -5, -3))
    yield from answered(told, told.sessions)
    yield from enrolled(told, told.sessions)
    yield from side_by_side(
        _signed(told, session, forgotten=2 if session == open_ else 0) for session in told.sessions
    )
    yield stage.moment(stage.day(-2), "17:40")
    actions.accept(session_id=accepted.pk, by=stage.quitterie)
    actions.refuse(
        session_id=refused.pk,
        reasons=[Reason.PRESENCE_DIFFERS, Reason.OTHER],
        note="Le client compte une personne de moins que la feuille : qui était là l’après-midi ?",
        by=stage.quitterie,
    )
    yield stage.moment(stage.day(-1), "10:05")
    request = fees.request_fees(mission_id=told.mission.pk, by=told.by)
    yield stage.moment(stage.day(-1), "15:30")
    fees.approve(request_id=request.pk, by=stage.farid)


def _signed(told: Told, session: Session, *, forgotten: int = 0) -> Story[None]:
    """People sign when they come, the facilitator countersigns at the end; the last on the list forget it."""
    for half_day in half_days(session.pk):
        yield from signing(told, session, half_day, forgotten=forgotten)
        yield half_day.ends_at + timedelta(minutes=5)
        countersigned(told, session, half_day)


def looked_at(stage: Stage) -> Story[None]:
    """Twice a week quality takes in what came on paper, and accepts it; some of the last days' is still to come."""
    rng = stage.rng("sheets")
    day = working_day(stage.today - timedelta(days=370))
    seen: set[int] = set()
    while day < stage.today:
        moment = stage.moment(day, some_time(rng))
        yield moment
        for session in _to_look_at(seen):
            if stage.now - session.ends_at < _LEAVE_TO_CHANCE and rng.random() < 0.5:
                continue
            actions.submit(session_id=session.pk, note=_ON_PAPER, by=stage.quitterie)
            if stage.now - moment > timedelta(days=2):
                actions.accept(session_id=session.pk, note=_ON_PAPER, by=stage.quitterie)
            seen.add(session.pk)
        day = working_day(day + timedelta(days=rng.choice((3, 4))))


def _to_look_at(seen: set[int]) -> list[Session]:
    """Return the sessions that ended in the last weeks, whose presence is recorded and whose sheet nobody gave yet."""
    recent: tuple[datetime, datetime] = (clock.now() - timedelta(days=25), clock.now() - timedelta(days=2))
    on_screen = Signature.objects.filter(half_day__session=OuterRef("pk"))
    ended = Session.objects.filter(~Exists(on_screen), status=SessionStatus.PLANNED, ends_at__range=recent)
    ended = ended.exclude(pk__in=seen)
    sessions = with_orders(ended.values_list("pk", flat=True))
    proofs = queries.proofs(sessions)
    return [session for session in sessions if proofs[session.pk] == Proof.NO_SHEET]
