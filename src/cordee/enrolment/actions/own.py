"""What participants do on their own page."""

from django.db import transaction

from cordee.enrolment import rules
from cordee.enrolment.actions.correcting import correct_on_list
from cordee.enrolment.actions.listing import take_off_list
from cordee.enrolment.actions.people import tidied
from cordee.enrolment.facts import PagesAsked
from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.names import normal_email
from cordee.kernel.refusals import refuse_if
from cordee.links import actions as links
from cordee.missions.rules import is_running
from cordee.planning.actions.holding import held
from cordee.planning.rules import is_planned


@transaction.atomic
def correct_own_name(*, enrolment_id: int, first_name: str, last_name: str, by: Actor) -> Enrolment:
    """Have a participant correct the spelling of their name, with a trace in the timeline: that they are the
    one is the personal link's to prove. Raises Refused.
    """
    enrolment = Enrolment.objects.select_related("participant").get(pk=enrolment_id)
    session, mission = held(enrolment.session_id)
    email = enrolment.participant.email
    person = tidied(Person(email=email, first_name=first_name, last_name=last_name))
    refuse_if(
        [
            *is_running(mission),
            *is_planned(session),
            *rules.is_on_list(cancelled=enrolment.cancelled_at is not None),
            *rules.has_a_name(person),
        ]
    )
    correct_on_list(session=session, mission=mission, enrolment=enrolment, person=person, own=True, by=by)
    return enrolment


@transaction.atomic
def give_up_place(*, enrolment_id: int, by: Actor) -> None:
    """Have somebody give up their place: who waits comes in. Safe to repeat. Raises Refused once the session
    has started.
    """
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    session, mission = held(enrolment.session_id)
    refuse_if(rules.may_still_give_up(session))
    take_off_list(session=session, mission=mission, enrolment_id=enrolment_id, own=True, by=by)


@transaction.atomic
def ask_for_pages(*, email: str, language: str, by: Actor) -> None:
    """Note that somebody lost the links to their pages: a mail brings them, if there are any. Nothing here
    depends on whether the address is known, so that neither the answer nor its time tells.
    """
    lost = links.note_lost(email=normal_email(email), language=language)
    journal.record(PagesAsked(lost_id=lost.pk), by=by)
