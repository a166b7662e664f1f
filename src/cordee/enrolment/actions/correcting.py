"""Correcting who somebody on a list is."""

from django.db import transaction

from cordee.clients import queries as clients
from cordee.enrolment import rules
from cordee.enrolment.actions.people import WRITTEN, become, tidied, write
from cordee.enrolment.facts import ParticipantCorrected
from cordee.enrolment.models import Enrolment, Participant
from cordee.enrolment.queries.people import known_to
from cordee.enrolment.rules import Person, identity
from cordee.enrolment.rules.identity import Verdict
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.missions.models import Mission
from cordee.missions.rules import is_running, may_run
from cordee.planning.actions.holding import held
from cordee.planning.models import Session
from cordee.planning.queries import is_on_session
from cordee.planning.rules import is_planned


@transaction.atomic
def correct(*, enrolment_id: int, person: Person, by: Actor) -> Enrolment:
    """Correct the name or address of somebody on a list, with a trace in the timeline. Raises Refused.

    Who turns out to be somebody whom the client sent before is that person from now on.
    """
    enrolment = Enrolment.objects.select_related("participant").get(pk=enrolment_id)
    session, mission = held(enrolment.session_id)
    on_session = by.facilitator_id is not None and is_on_session(session.pk, by.facilitator_id)
    enrolment.refresh_from_db(fields=["cancelled_at"])  # as it is now that the mission is held
    refuse_if([*(() if on_session else may_run(mission, by)), *rules.on_list(enrolment)])
    correct_on_list(session=session, mission=mission, enrolment=enrolment, person=person, by=by)
    return enrolment


@transaction.atomic
def correct_on_list(
    *,
    session: Session,
    mission: Mission,
    enrolment: Enrolment,
    person: Person,
    own: bool = False,
    by: Actor,
) -> None:
    """Correct somebody on the list of a session that is held: whether `by` may is the caller's to decide.

    `own`: it is the person who does, on their page.
    """
    person, participant = tidied(person), enrolment.participant
    refuse_if([*is_running(mission), *is_planned(session), *rules.is_somebody(person)])
    fields = ("email", "first_name", "last_name")
    changed = [name for name in fields if getattr(participant, name) != getattr(person, name)]
    if not changed:
        return
    clients.hold(participant.client_id)
    other = _who_it_really_is(enrolment, person)
    refuse_if(rules.is_not_there_twice(person, taken=other is not None and not become(enrolment, other)))
    write(enrolment.participant, person)
    enrolment.participant.save(update_fields=WRITTEN)
    if "email" in changed and enrolment.shares_mailbox:
        enrolment.shares_mailbox = False  # of another mailbox nobody said anything
        enrolment.save(update_fields=["shares_mailbox"])
    fact = ParticipantCorrected(session_id=session.pk, enrolment_id=enrolment.pk, fields=changed, own=own)
    journal.record(fact, by=by, mission_id=mission.pk)


def _who_it_really_is(enrolment: Enrolment, person: Person) -> Participant | None:
    """Return whom one knows already, if that is who this person is: the same, or nameless until now."""
    known = known_to(enrolment.participant.client_id, [enrolment.session_id], [person.email])
    answer = identity.judge([person], [k for k in known if k.id != enrolment.participant_id])[0]
    who = answer.known
    if who and (identity.are_alike(who, person) or answer.verdict == Verdict.COMPLETES):
        return Participant.objects.get(pk=who.id)
    return None
