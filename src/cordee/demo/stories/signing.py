"""Signing on phones: who came, and who ran the half-day."""

from datetime import timedelta
from random import Random
from uuid import UUID

from cordee.attendance import actions as attendance
from cordee.attendance.actions import Device, Given
from cordee.attendance.rules import Delivered, Ink
from cordee.attendance.states import PresenceState, Way
from cordee.demo.hands import hand
from cordee.demo.stage import Story, actor
from cordee.demo.stories.order import Told
from cordee.enrolment.queries import enrolments
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.planning.models import Assignment, HalfDay, Session
from cordee.planning.queries import running

_PHONES = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_2 like Mac OS X) AppleWebKit/605.1.15 Version/19.2 Mobile Safari/604.1",
    "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 Chrome/143.0.0.0 Mobile Safari/537.36",
)


def signing(told: Told, session: Session, half_day: HalfDay, *, forgotten: int = 0) -> Story[None]:
    """People sign when they come; the last on the list forget it."""
    people = enrolments(session.pk)
    people = people[: len(people) - forgotten]
    after = sorted(told.rng.randint(-300, 500) for _ in people)
    for person, seconds in zip(people, after, strict=True):
        yield half_day.starts_at + timedelta(seconds=seconds)
        given = _given(told.rng, f"person {person.participant_id}", Way.CODE)
        attendance.sign(
            half_day_id=half_day.pk, enrolment_id=person.pk, given=given, by=Actor(ActorKind.LINK)
        )


def countersigned(told: Told, session: Session, half_day: HalfDay) -> None:
    """Everybody was there, and who ran the half-day signs for it."""
    states = {person.pk: PresenceState.PRESENT for person in enrolments(session.pk)}
    places: list[Assignment] = running([session.pk]).get(session.pk, [])
    for place in places:
        by = actor(place.facilitator)
        attendance.record_presence(half_day_id=half_day.pk, states=states, by=by)
        given = _given(told.rng, f"facilitator {place.facilitator_id}", Way.ACCOUNT)
        attendance.countersign(half_day_id=half_day.pk, given=given, by=by)


_CLASSES = ("2de B", "1re STMG 2", "6e A", "L2 Géographie", "BTS Tourisme 1", "Promotion Germaine-Tillion")
_ANSWERS = 0.6
"""How often the contact of a school confirms at once."""


def school_confirms(told: Told, session: Session, present: int) -> None:
    """The contact of a school confirms a session without a list, more often than not."""
    rng, contact = told.stage.rng(f"school {session.ref}"), told.mission.order.contact
    if contact is None or rng.random() > _ANSWERS:
        return
    said = Delivered(
        class_name=rng.choice(_CLASSES),
        present=present,
        name=contact.full_name,
        function=contact.position or "Direction",
    )
    given = _given(rng, f"contact {contact.pk}", Way.OWN_LINK)
    attendance.confirm_delivery(session_id=session.pk, said=said, given=given, by=Actor(ActorKind.LINK))


def _given(rng: Random, who: str, way: Way) -> Given:
    device = Device(name=rng.choice(_PHONES), address=f"198.51.100.{rng.randint(2, 250)}", at=clock.now())
    ink = Ink(strokes=hand(who, rng))
    return Given(key=UUID(int=rng.getrandbits(128), version=4), ink=ink, way=way, device=device)
