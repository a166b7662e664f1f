"""Attendance sheets: signed on phones, and what quality says of them."""

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Exists, OuterRef

from cordee.attendance import actions as attendance
from cordee.attendance.actions import Device, Given
from cordee.attendance.models import Signature
from cordee.attendance.rules import Ink
from cordee.attendance.states import PresenceState, Way
from cordee.conformity import actions, queries
from cordee.conformity.states import Proof, Reason
from cordee.demo.stage import Stage, Story, actor, side_by_side, working_day
from cordee.demo.stories.order import Deal, Told, deal_of, later, opened, some_time
from cordee.demo.stories.progress import answered, enrolled
from cordee.demo.stories.sessions import plan
from cordee.enrolment.queries import enrolments
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.queries import half_days, running, with_orders
from cordee.planning.states import SessionStatus

_ON_PAPER = "Feuille papier reçue, vérifiée et classée au dossier."
_LEAVE_TO_CHANCE = timedelta(days=12)
"""Of what is younger than this, quality has not seen all."""
_PHONES = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 Version/19.2 Mobile Safari/604.1",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/143.0.0.0 Mobile Safari/537.36",
)


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield on_phones(stage, deal_of("signed-on-phones"))
    yield looked_at(stage)


def on_phones(stage: Stage, deal: Deal) -> Story[None]:
    """Four workshops signed on phones: one accepted, one refused, one that quality has not seen, one not complete."""
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


def _signed(told: Told, session: Session, *, forgotten: int = 0) -> Story[None]:
    """People sign when they come, the facilitator countersigns at the end; the last on the list forget it."""
    people = enrolments(session.pk)
    for half_day in half_days(session.pk):
        signing = people[: len(people) - forgotten]
        after = sorted(told.rng.randint(-300, 500) for _ in signing)
        for person, seconds in zip(signing, after, strict=True):
            yield half_day.starts_at + timedelta(seconds=seconds)
            given = _given(told.rng, f"person {person.participant_id}", Way.CODE)
            attendance.sign(
                half_day_id=half_day.pk, enrolment_id=person.pk, given=given, by=Actor(ActorKind.LINK)
            )
        yield half_day.ends_at + timedelta(minutes=5)
        _countersigned(told, session, half_day)


def _countersigned(told: Told, session: Session, half_day: HalfDay) -> None:
    states = {person.pk: PresenceState.PRESENT for person in enrolments(session.pk)}
    places: list[Assignment] = running([session.pk]).get(session.pk, [])
    for place in places:
        by = actor(place.facilitator)
        attendance.record_presence(half_day_id=half_day.pk, states=states, by=by)
        given = _given(told.rng, f"facilitator {place.facilitator_id}", Way.ACCOUNT)
        attendance.countersign(half_day_id=half_day.pk, given=given, by=by)


def _given(rng: Random, who: str, way: Way) -> Given:
    device = Device(name=rng.choice(_PHONES), address=f"198.51.100.{rng.randint(2, 250)}", at=clock.now())
    ink = Ink(strokes=(_hand(who, rng),))
    return Given(key=UUID(int=rng.getrandbits(128), version=4), ink=ink, way=way, device=device)


def _hand(who: str, rng: Random) -> tuple[tuple[int, int, int], ...]:
    """Return somebody's signature: always the same loops, never quite at the same place."""
    own = Random(who)
    loops, height, slant = own.uniform(3, 7), own.uniform(60, 130), own.uniform(-0.4, 0.4)
    points = []
    for i in range(70):
        turn = loops * 2 * math.pi * i / 70
        x = 140 + 9 * i + 40 * math.sin(turn) + slant * height * math.cos(turn)
        y = 200 + height * math.cos(turn) * (1 - i / 110)
        points.append((round(x + rng.uniform(-3, 3)), round(y + rng.uniform(-3, 3)), 18 * i))
    return tuple(points)


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
