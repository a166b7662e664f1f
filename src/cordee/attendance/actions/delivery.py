"""A school confirms that a session without a list took place."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from cordee.attendance import queries, rules
from cordee.attendance.actions.signing import Given
from cordee.attendance.facts import DeliveryConfirmed, HeadcountRecorded
from cordee.attendance.models import DeliveryConfirmation, HalfDayRecord, Statement
from cordee.attendance.rules import Delivered
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions.rules import is_running
from cordee.organisation.queries import the_organisation
from cordee.planning import queries as planning
from cordee.planning.actions.holding import held
from cordee.planning.models import Session
from cordee.planning.rules import is_planned


@transaction.atomic
def confirm_delivery(*, session_id: int, said: Delivered, given: Given, by: Actor) -> DeliveryConfirmation:
    """Keep what the contact of a school confirms and signs through their link; what comes again under one key is one.

    Half-days of which nobody said how many came are counted so. Raises Refused.
    """
    session, known = _session(session_id)
    if known and known.key == given.key:
        return known
    refuse_if(
        [
            *_possible(session, said),
            *rules.nobody_confirmed_yet(known),
            *rules.ink_is_a_signature(given.ink),
        ]
    )
    signed = DeliveryConfirmation(
        key=given.key,
        strokes=asdict(given.ink)["strokes"],
        typed_name=given.ink.typed_name.strip(),
        device_at=given.device.at,
        device=given.device.name[:300],
        address=given.device.address,
    )
    return _keep(signed, session, said, by)


@transaction.atomic
def confirm_delivery_on_paper(
    *, session_id: int, said: Delivered, key: UUID, by: Actor
) -> DeliveryConfirmation:
    """Keep what the contact of a school signed on the sheet of paper, as those who ran the session read it; it replaces
    what was confirmed before. Raises Refused.
    """
    session, known = _session(session_id)
    if known and known.key == key:
        return known
    refuse_if([*rules.may_record(session, by), *_possible(session, said)])
    return _keep(DeliveryConfirmation(key=key, on_paper=True, replaces=known), session, said, by)


def _session(session_id: int) -> tuple[Session, DeliveryConfirmation | None]:
    held(session_id)
    session = Session.objects.select_related("mission__order__client").get(pk=session_id)
    return session, queries.delivery(session_id)


def _possible(session: Session, said: Delivered) -> list[Any]:
    return [
        *is_planned(session),
        *rules.keeps_no_list(session, enrolled=queries.enrolled(session.pk)),
        *rules.is_over(session),
        *rules.is_said_whole(said),
    ]


def _keep(made: DeliveryConfirmation, session: Session, said: Delivered, by: Actor) -> DeliveryConfirmation:
    """Write down what was said, as it was signed."""
    content = queries.delivery_statement(session, said, the_organisation())
    statement, _ = Statement.objects.get_or_create(
        digest=queries.digest_of(content), defaults={"content": content}
    )
    made.session, made.statement = session, statement
    made.class_name, made.present = said.class_name.strip(), said.present
    made.name, made.function = said.name.strip(), said.function.strip()
    made.confirmed_at, made.link_id, made.user_id = clock.now(), by.link_id, by.user_id
    made.save()
    fact = DeliveryConfirmed(
        session_id=session.pk, confirmation_id=made.pk, present=said.present, on_paper=made.on_paper
    )
    journal.record(fact, by=by, mission_id=session.mission_id)
    _count_heads(session, said.present, by)
    return made


def _count_heads(session: Session, present: int, by: Actor) -> None:
    """Count who was there on half-days of which nobody said it; of a closed mission nothing changes any more."""
    if list(is_running(session.mission)):
        return
    for half_day in planning.half_days(session.pk):
        if queries.standing_record(half_day.pk) is None:
            HalfDayRecord.objects.create(
                half_day=half_day, present=present, recorded_at=clock.now(), user_id=by.user_id
            )
            fact = HeadcountRecorded(
                session_id=session.pk, half_day_id=half_day.pk, before=None, present=present
            )
            journal.record(fact, by=by, mission_id=session.mission_id)
