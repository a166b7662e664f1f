"""Asking a contact of the client for the names, and ending that; refusing somebody the client gave."""

from datetime import timedelta

from django.db import transaction

from cordee.clients.models import Contact
from cordee.enrolment import rules
from cordee.enrolment.actions.listing import take_off_list
from cordee.enrolment.facts import ListAsked, ListLinkRevoked, ListLinkUsed
from cordee.enrolment.models import Enrolment, ListInvitation
from cordee.enrolment.queries.contacts import invitation_of, invitations_of, something_to_come
from cordee.enrolment.states import LIST_LINK
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.links import actions as links
from cordee.links.queries import live_links as links_of
from cordee.missions import queries as missions
from cordee.missions.rules import is_running, may_run
from cordee.planning.actions.holding import held
from cordee.planning.queries import sessions_of

LONGEST = timedelta(days=366)
"""A link that nobody renews ends then at the latest; its mission ends it before (`queries.link_is_over`)."""
SILENCE = timedelta(minutes=30)
"""A visit after so long a silence is another use of the link."""


@transaction.atomic
def ask_contact(*, mission_id: int, contact_id: int, by: Actor) -> ListInvitation:
    """Ask a contact of the client for the names: a link to a page of their own leaves by e-mail. Asked again,
    the same link leaves once more; a new one when it had been revoked. Raises Refused.
    """
    mission = missions.locked(mission_id)
    contact = Contact.objects.get(pk=contact_id)
    refuse_if(
        [
            *may_run(mission, by),
            *is_running(mission),
            *rules.may_be_asked(
                contact,
                client_id=mission.order.client_id,
                something_to_come=something_to_come(sessions_of(mission_id)),
            ),
        ]
    )
    now = clock.now()
    invitation, _ = ListInvitation.objects.update_or_create(
        mission=mission, contact=contact, defaults={"invited_at": now, "revoked_at": None}
    )
    _give_link(invitation, contact, by)
    return invitation


def _give_link(invitation: ListInvitation, contact: Contact, by: Actor) -> None:
    until = clock.now() + LONGEST
    links.give(purpose=LIST_LINK, subject_id=invitation.pk, to=contact.email, until=until)
    fact = ListAsked(mission_id=invitation.mission_id, invitation_id=invitation.pk, contact_id=contact.pk)
    journal.record(fact, by=by, mission_id=invitation.mission_id)


@transaction.atomic
def follow_contact(*, contact_id: int, by: Actor) -> None:
    """Give a contact whose address was corrected links of their own: those that went to the old one open nothing
    any more. Safe to run twice.
    """
    for invitation in invitations_of(contact_id):
        mission = missions.locked(invitation.mission_id)
        contact = invitation.contact
        live = links_of(purpose=LIST_LINK, addresses={invitation.pk: contact.email})
        sessions = sessions_of(mission.pk)
        if contact.email and not live and something_to_come(sessions):
            _give_link(invitation, contact, by)


@transaction.atomic
def revoke_link(*, invitation_id: int, by: Actor) -> None:
    """End the link of a contact: their page opens no more. What they gave stays. Raises Refused."""
    invitation = ListInvitation.objects.get(pk=invitation_id)
    mission = missions.locked(invitation.mission_id)
    refuse_if(may_run(mission, by))
    revoked = ListInvitation.objects.filter(pk=invitation_id, revoked_at=None).update(revoked_at=clock.now())
    links.revoke(purpose=LIST_LINK, subject_id=invitation_id)
    if revoked:
        fact = ListLinkRevoked(
            mission_id=mission.pk, invitation_id=invitation_id, contact_id=invitation.contact_id
        )
        journal.record(fact, by=by, mission_id=mission.pk)


@transaction.atomic
def note_visit(*, by: Actor) -> None:
    """Remember that the contact came to their page; after some time away it is told in the timeline."""
    invitation = invitation_of(by.link_id)
    if invitation and by.link_id and links.begin_use(by.link_id, after=SILENCE):
        fact = ListLinkUsed(
            mission_id=invitation.mission_id,
            invitation_id=invitation.pk,
            contact_id=invitation.contact_id,
        )
        journal.record(fact, by=by, mission_id=invitation.mission_id)


@transaction.atomic
def refuse(*, enrolment_id: int, reason: str, by: Actor) -> None:
    """Refuse somebody whom the client gave, with a reason that the client reads; who was told to come is
    told not to. Raises Refused.
    """
    enrolment = Enrolment.objects.select_related("participant").get(pk=enrolment_id)
    session, mission = held(enrolment.session_id)
    enrolment.refresh_from_db(fields=["cancelled_at"])  # as it is now that the mission is held
    reason = reason.strip()
    refuse_if([*may_run(mission, by), *rules.on_list(enrolment), *rules.may_be_refused(enrolment, reason)])
    take_off_list(session=session, mission=mission, enrolment_id=enrolment_id, refused_because=reason, by=by)
