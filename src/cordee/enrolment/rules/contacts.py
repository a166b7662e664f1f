"""The list as the client's contact keeps it: who is asked, until when, and what they may change."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cordee.clients.models import Contact
from cordee.enrolment.models import Enrolment, ListInvitation, Participant
from cordee.enrolment.rules.lists import Person
from cordee.enrolment.states import Source
from cordee.kernel import clock
from cordee.kernel.periods import start_of_day
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.models import Mission
from cordee.planning.models import Session


def may_be_asked(contact: Contact, *, client_id: int, something_to_come: bool) -> Iterator[Blocker]:
    """A contact of the client with an address is asked for names, as long as a session is to come."""
    if contact.client_id != client_id:
        yield Blocker(
            "not_their_contact",
            _("%(name)s is not a contact of this client.") % {"name": contact.full_name},
            _("Choose one of the client's contacts."),
            field="contact",
        )
    if not contact.email:
        yield Blocker(
            "contact_without_email",
            _("%(name)s has no e-mail address on record.") % {"name": contact.full_name},
            _("Operations add it on the client's page; you can also ask another contact."),
            Turn.OPERATIONS,
            "contact",
        )
    if not something_to_come:
        yield Blocker(
            "nothing_to_list",
            _("No session is to come: there is no list to ask for."),
            _("Plan a session first."),
        )


def link_is_theirs(invitation: ListInvitation | None, mission: Mission) -> Iterator[Blocker]:
    """Names are given through an invitation to this mission that was not revoked."""
    if invitation is None or invitation.mission_id != mission.pk or invitation.revoked_at is not None:
        yield Blocker(
            "link_revoked",
            _("This link was ended: names can no longer be given through it."),
            _("Ask the coordinator."),
        )


def closes_to_contact_at(session: Session, *, days_before: int) -> datetime:
    """Return the instant from which the client's contact no longer changes a list: as many days before the
    session's, at midnight where it takes place; with none, its start.
    """
    if not days_before:
        return session.starts_at
    first_day = session.starts.date()
    return start_of_day(first_day - timedelta(days=days_before), session.time_zone)


def is_open_to_contact(session: Session, *, days_before: int) -> Iterator[Blocker]:
    if closes_to_contact_at(session, days_before=days_before) <= clock.now():
        yield Blocker(
            "closed_to_contact",
            _("This list is closed: the session is near."),
            _("Tell the coordinator: they can still change it."),
        )


def was_given_by_client(enrolment: Enrolment) -> Iterator[Blocker]:
    if enrolment.source != Source.CONTACT:
        yield Blocker(
            "not_given_by_client",
            _("%(name)s was not given by the client.") % {"name": enrolment.participant.full_name},
            _("Ask the coordinator."),
        )


def contact_may_correct(enrolment: Enrolment, person: Person) -> Iterator[Blocker]:
    """The client's contact corrects whom the client gave; of others, they give what is missing."""
    if enrolment.source == Source.CONTACT:
        return
    wanted = {name: getattr(person, name) for name in writable(enrolment.participant)}
    if any(
        getattr(person, name) != getattr(enrolment.participant, name)
        for name in ("email", "first_name", "last_name")
        if name not in wanted
    ):
        yield from was_given_by_client(enrolment)


def writable(participant: Participant) -> list[str]:
    """Return what is missing of somebody: whoever put them on the list, the client's contact may give it."""
    named = participant.first_name or participant.last_name
    return [
        *([] if participant.email else ["email"]),
        *([] if named else ["first_name", "last_name"]),
    ]


def may_be_refused(enrolment: Enrolment, reason: str) -> Iterator[Blocker]:
    """Who runs the mission refuses somebody whom the client gave, with a reason that the client reads."""
    yield from was_given_by_client(enrolment)
    if not reason.strip():
        yield Blocker(
            "no_reason",
            _("Refusing needs a reason: the client's contact will read it."),
            field="reason",
        )


def is_as_seen(now: str, seen: str | None) -> Iterator[Blocker]:
    """Two people at the same row: the second is told, not the first overwritten."""
    if seen is not None and now != seen:
        yield Blocker(
            "changed_meanwhile",
            _("Somebody else changed this row while you were writing."),
            _("Compare both, and keep one."),
        )


def was_taken_away() -> Iterator[Blocker]:
    """Two people at the same row, and the other one is done with it: what was typed can be given anew."""
    yield Blocker(
        "gone",
        _("Somebody else completed this row or took it away meanwhile."),
        _("What you wrote is still here: save it to give it anew."),
    )


def not_too_fast(*, often: bool) -> Iterator[Blocker]:
    """People who type do not save so often."""
    if often:
        yield Blocker(
            "too_fast",
            _("Too many changes came through this link at once."),
            _("Wait a minute, then save again: what you typed is still here."),
        )
