"""Signatures that waited on a device for the network."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from cordee.attendance import queries, rules
from cordee.attendance.actions.holding import held, held_alone
from cordee.attendance.actions.signing import Given, as_given, open_again, sign, takes_place, tell_signed
from cordee.attendance.actions.stay import tell_times
from cordee.attendance.facts import BelatedSignatureArrived, BelatedSignatureDecided
from cordee.attendance.models import BelatedDecision, BelatedSignature, Signature
from cordee.attendance.states import HERE, Way
from cordee.enrolment.models import Enrolment
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.planning.models import HalfDay
from cordee.planning.rules import is_planned


@transaction.atomic
def sign_belated(
    *,
    half_day_id: int,
    enrolment_id: int,
    given: Given,
    came_at: datetime | None = None,
    ask: bool = False,
    by: Actor,
) -> Signature | BelatedSignature:
    """Take a participant's signature that waited on a device without network.

    While the half-day can still be signed it is a signature like any other. Afterwards, one given in time by the
    clock of the device becomes a question to those who run the session, unless they had the person sign on their own
    phone and nobody countersigned: then it is late with that reason. With `ask` it is a question in any case. Who has
    signed meanwhile has signed once. `came_at` (UTC) is when they said they came: a question keeps it, for whoever
    takes a signature tells it at once (`tell_times`). Raises Refused.
    """
    half_day, session = held_alone(half_day_id)
    before = _known(half_day, enrolment_id, given)
    if before:
        return before
    frozen, at = queries.is_frozen(half_day), given.device.at
    in_time = at is not None and rules.was_given_in_time(half_day, at)
    if not in_time or not (ask or frozen or clock.now() > half_day.ends_at):
        return sign(half_day_id=half_day_id, enrolment_id=enrolment_id, given=given, by=by)
    if given.way == Way.HANDED_ROUND and not (ask or frozen):
        late = replace(given, late_because=_("The phone that was handed round had no network."))
        return sign(half_day_id=half_day_id, enrolment_id=enrolment_id, given=late, by=by)
    enrolment = Enrolment.objects.get(pk=enrolment_id, session_id=session.pk)
    refuse_if(
        [
            *is_planned(session),
            *rules.is_expected(enrolment),
            *rules.times_make_sense(half_day, came_at, None),
            *rules.ink_is_a_signature(given.ink),
        ]
    )
    belated = BelatedSignature.objects.create(
        **as_given(half_day, given, by), enrolment=enrolment, arrived_at=clock.now(), came_at=came_at
    )
    fact = BelatedSignatureArrived(session_id=session.pk, half_day_id=half_day.pk, belated_id=belated.pk)
    journal.record(fact, by=by, mission_id=session.mission_id)
    return belated


def _known(half_day: HalfDay, enrolment_id: int, given: Given) -> Signature | BelatedSignature | None:
    """Return what this person signed for the half-day already, or what came under the same key."""
    belated = BelatedSignature.objects.filter(
        key=given.key, half_day=half_day, enrolment=enrolment_id
    ).first()
    return belated or queries.signed(half_day.pk).get(enrolment_id)


@transaction.atomic
def decide_belated(*, belated_id: int, counts: bool, by: Actor) -> BelatedDecision:
    """Say whether a belated signature counts, once.

    One that counts is kept as a late signature; a countersigned half-day is opened again for it, and countersigned
    anew. Raises Refused.
    """
    belated = BelatedSignature.objects.get(pk=belated_id)
    half_day, session = held(belated.half_day_id)
    belated = BelatedSignature.objects.select_related("decision", "statement").get(pk=belated_id)
    refuse_if(
        [
            *takes_place(session),
            *rules.may_record(session, by),
            *rules.nobody_decided_yet(belated),
        ]
    )
    decision = BelatedDecision.objects.create(
        belated=belated, counts=counts, at=clock.now(), user_id=by.user_id
    )
    if counts and belated.enrolment_id not in queries.signed(half_day.pk):
        _count(belated, half_day, by)
    fact = BelatedSignatureDecided(
        session_id=session.pk, half_day_id=half_day.pk, belated_id=belated.pk, counts=counts
    )
    journal.record(fact, by=by, mission_id=session.mission_id)
    return decision


def _count(belated: BelatedSignature, half_day: HalfDay, by: Actor) -> None:
    because = _("It was given on a device that had no network, and arrived afterwards.")
    if queries.is_frozen(half_day):
        open_again(half_day=half_day, reason=because, by=by)
    signature = Signature.objects.create(
        half_day=half_day,
        enrolment_id=belated.enrolment_id,
        signed_at=belated.arrived_at,
        late_because=because,
        ink_print=queries.print_of(belated.strokes),
        **{name: getattr(belated, name) for name in _AS_IT_CAME},
    )
    tell_signed(signature=signature, by=by)
    mark = queries.standing_marks(half_day.pk, [belated.enrolment_id])[belated.enrolment_id]
    if belated.came_at and mark.state in HERE and mark.arrived_at is None:
        tell_times(
            half_day_id=half_day.pk,
            enrolment_id=belated.enrolment_id,
            arrived_at=belated.came_at,
            left_at=mark.left_at,
            by=by,
        )


_AS_IT_CAME = (
    "key",
    "way",
    "device_at",
    "strokes",
    "typed_name",
    "statement",
    "link_id",
    "user_id",
    "device",
    "address",
)
