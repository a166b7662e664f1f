"""Letting people register themselves on a session, or no longer."""

from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions.rules import is_running, may_run
from cordee.planning.actions.holding import held
from cordee.planning.rules import is_planned
from cordee.registration import rules
from cordee.registration.facts import RegistrationClosed, RegistrationOpened
from cordee.registration.models import Invitation


@transaction.atomic
def open_registration(*, session_id: int, closes_at: datetime | None = None, by: Actor) -> Invitation:
    """Let people register themselves until `closes_at` (UTC; none: until the session starts), or change until
    when. The link stays the one it was. Raises Refused.
    """
    session, mission = held(session_id)
    refuse_if([*may_run(mission, by), *is_running(mission), *is_planned(session)])
    refuse_if([*rules.not_started(session), *rules.closing_makes_sense(closes_at, session)])
    invitation = Invitation.objects.filter(session=session).first()
    if invitation and invitation.switched_off_at is None and invitation.closes_at == closes_at:
        return invitation
    if invitation is None:
        invitation = Invitation(session=session, token=token_urlsafe(12), opened_at=clock.now())
    invitation.closes_at, invitation.switched_off_at = closes_at, None
    invitation.save()
    fact = RegistrationOpened(session_id=session.pk, closes_at=closes_at.isoformat() if closes_at else "")
    journal.record(fact, by=by, mission_id=mission.pk)
    return invitation


@transaction.atomic
def close_registration(*, session_id: int, by: Actor) -> None:
    """Let nobody register any more; who waits goes on waiting. Raises Refused."""
    session, mission = held(session_id)
    refuse_if([*may_run(mission, by), *is_running(mission)])
    closed = Invitation.objects.filter(session=session, switched_off_at=None).update(
        switched_off_at=clock.now()
    )
    if closed:
        journal.record(RegistrationClosed(session_id=session.pk), by=by, mission_id=mission.pk)
