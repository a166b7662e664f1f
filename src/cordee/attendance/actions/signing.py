"""Signing for a half-day on a screen, countersigning it, and opening it again."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cordee.attendance import queries, rules
from cordee.attendance.actions.holding import held, held_alone
from cordee.attendance.actions.presence import mark_present
from cordee.attendance.facts import HalfDayCountersigned, HalfDayReopened, HalfDaySigned
from cordee.attendance.models import Reopening, Signature, Statement
from cordee.attendance.rules import Ink
from cordee.attendance.states import HERE, Way
from cordee.enrolment import queries as lists
from cordee.enrolment.models import Enrolment
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import Despite, refuse_if
from cordee.missions.rules import is_running
from cordee.organisation.queries import the_organisation
from cordee.planning.models import HalfDay, Session
from cordee.planning.queries import confirmed_place
from cordee.planning.rules import is_planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """What is known of the screen that was signed on; `at` is its own clock, in UTC."""

    name: str = ""
    address: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A signature as a page sends it. `key` is made by the page: what comes again under it is the same one."""

    key: UUID
    ink: Ink
    way: Way
    device: Device
    late_because: str = ""


@transaction.atomic
def sign(*, half_day_id: int, enrolment_id: int, given: Given, by: Actor) -> Signature:
    """Keep a participant's signature for a half-day, and note them present there unless somebody said otherwise.

    Holds the half-day alone: three hundred who sign in one minute do not wait for what else happens on the mission.
    After the half-day only with a reason, by those who record presence. Raises Refused.
    """
    half_day, session = held_alone(half_day_id)
    known = queries.signature_of_key(given.key)
    if known and (known.half_day_id, known.enrolment_id) == (half_day_id, enrolment_id):
        return known
    enrolment = Enrolment.objects.get(pk=enrolment_id, session_id=session.pk)
    by_facilitator = given.way == Way.HANDED_ROUND or bool(given.late_because)
    refuse_if(
        [
            *rules.was_not_sent_for_another(known),
            *takes_place(session),
            *rules.is_expected(enrolment),
            *rules.has_not_signed(signed=enrolment_id in queries.signed(half_day_id)),
            *rules.is_not_frozen(frozen=queries.is_frozen(half_day)),
            *rules.can_be_signed_now(half_day, given.late_because),
            *(rules.may_record(session, by) if by_facilitator else ()),
            *rules.ink_is_a_signature(given.ink),
        ]
    )
    signature = Signature.objects.create(
        **as_given(half_day, given, by), **_when_and_why(given), enrolment=enrolment
    )
    tell_signed(signature=signature, by=by)
    return signature


@transaction.atomic
def countersign(*, half_day_id: int, given: Given, despite_unsigned: Despite = False, by: Actor) -> Signature:
    """Have a facilitator of the session confirm by signature who was there: the half-day is frozen.

    With several facilitators, each countersigns. Raises Refused, also when the half-day still goes on and somebody
    who is there has not signed (unless `despite_unsigned`).
    """
    half_day, session = held(half_day_id)
    known = queries.signature_of_key(given.key)
    place = confirmed_place(session.pk, by.facilitator_id)
    if known and place and (known.half_day_id, known.assignment_id) == (half_day_id, place.pk):
        return known
    standing = queries.standing_countersignatures(session.pk).get(half_day.pk, [])
    signed = place is not None and any(s.assignment_id == place.pk for s in standing)
    refuse_if(
        [
            *rules.was_not_sent_for_another(known),
            *takes_place(session),
            *rules.runs_it(place),
            *rules.has_begun(half_day),
            *rules.has_not_signed(signed=signed),
            *rules.presence_is_recorded(queries.standing_record(half_day.pk)),
            *rules.nobody_is_barred(half_day, _still_to_sign(half_day), despite=despite_unsigned),
            *rules.ink_is_a_signature(given.ink),
        ]
    )
    signature = Signature.objects.create(
        **as_given(half_day, given, by),
        **_when_and_why(given),
        assignment=place,
        round=queries.rounds(half_day.pk),
    )
    fact = HalfDayCountersigned(session_id=session.pk, half_day_id=half_day.pk, signature_id=signature.pk)
    journal.record(fact, by=by, mission_id=session.mission_id)
    return signature


def _still_to_sign(half_day: HalfDay) -> int:
    """Return how many on the list are there and have not signed; nobody can once it is countersigned by somebody."""
    if queries.is_frozen(half_day):
        return 0
    marks, signed = queries.grid(half_day.session_id), queries.signed(half_day.pk)
    on_list = [person.pk for person in lists.enrolments(half_day.session_id)]
    return sum(marks.get((pk, half_day.pk)) in HERE and pk not in signed for pk in on_list)


@transaction.atomic
def reopen(*, half_day_id: int, reason: str, by: Actor) -> Reopening:
    """Open a countersigned half-day again: its countersignatures no longer stand. Raises Refused."""
    half_day, session = held(half_day_id)
    refuse_if(
        [
            *takes_place(session),
            *rules.may_record(session, by),
            *rules.something_to_reopen(frozen=queries.is_frozen(half_day)),
            *rules.reopening_has_a_reason(reason),
        ]
    )
    return open_again(half_day=half_day, reason=reason, by=by)


@transaction.atomic
def open_again(*, half_day: HalfDay, reason: str, by: Actor) -> Reopening:
    """Open a half-day again that is held, after the rules were asked."""
    session = half_day.session
    reopening = Reopening.objects.create(
        half_day=half_day,
        round=queries.rounds(half_day.pk) + 1,
        reason=reason.strip(),
        at=clock.now(),
        user_id=by.user_id,
    )
    fact = HalfDayReopened(session_id=session.pk, half_day_id=half_day.pk, reopening_id=reopening.pk)
    journal.record(fact, by=by, mission_id=session.mission_id)
    return reopening


def takes_place(session: Session) -> list[Any]:
    """Say why nothing is signed on a session any more."""
    return [*is_running(session.mission), *is_planned(session)]


@transaction.atomic
def tell_signed(*, signature: Signature, by: Actor) -> None:
    """Note who signed as present, and tell of it."""
    enrolment_id, session = signature.enrolment_id, signature.half_day.session
    assert enrolment_id is not None  # noqa: S101 - a participant's
    mark_present(signature.half_day, enrolment_id, by)
    fact = HalfDaySigned(
        session_id=session.pk,
        half_day_id=signature.half_day_id,
        enrolment_id=enrolment_id,
        late=bool(signature.late_because),
    )
    journal.record(fact, by=by, mission_id=session.mission_id)


def as_given(half_day: HalfDay, given: Given, by: Actor) -> dict[str, Any]:
    """Return the columns that show how a signature came, and what it was given for."""
    content = queries.statement(half_day, half_day.session, the_organisation())
    statement, _ = Statement.objects.get_or_create(
        digest=queries.digest_of(content), defaults={"content": content}
    )
    return {
        "half_day": half_day,
        "key": given.key,
        "way": given.way,
        "device_at": given.device.at,
        "strokes": asdict(given.ink)["strokes"],
        "typed_name": given.ink.typed_name.strip(),
        "statement": statement,
        "link_id": by.link_id,
        "user_id": by.user_id,
        "device": given.device.name[:300],
        "address": given.device.address,
    }


def _when_and_why(given: Given) -> dict[str, Any]:
    return {
        "signed_at": clock.now(),
        "late_because": given.late_because.strip(),
        "ink_print": queries.print_of(given.ink.strokes),
    }
