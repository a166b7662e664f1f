"""Who is enrolled gets joining instructions, and word of what changes."""

from django.utils.translation import gettext_lazy as _

from cordee.enrolment import queries as enrolment
from cordee.enrolment.facts import (
    AddressesGiven,
    EnrolmentCancelled,
    ParticipantCorrected,
    ParticipantsEnrolled,
    ParticipantsMoved,
)
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import participants
from cordee.planning.actions.holding import hold
from cordee.planning.facts import SessionCancelled, SessionChanged


def subscribe() -> None:
    journal.subscribe(
        "joining-mail",
        (ParticipantsEnrolled, AddressesGiven),
        _tell_some,
        follows=_("The joining instructions"),
    )
    journal.subscribe(
        "joining-mail-moved",
        (ParticipantsMoved,),
        _tell_moved,
        follows=_("The messages to those who were moved"),
    )
    journal.subscribe(
        "joining-mail-one", (EnrolmentCancelled,), _tell_one, follows=_("The message to the participant")
    )
    journal.subscribe(
        "joining-mail-corrected",
        (ParticipantCorrected,),
        _tell_everywhere,
        follows=_("The message to the participant"),
    )
    journal.subscribe(
        "joining-mail-all",
        (SessionChanged, SessionCancelled),
        _tell_all,
        follows=_("The messages to the participants"),
    )


def _tell_some(entry: Recorded[ParticipantsEnrolled | AddressesGiven]) -> None:
    participants.reconcile(entry.fact.session_id, entry.fact.enrolment_ids)


def _tell_moved(entry: Recorded[ParticipantsMoved]) -> None:
    participants.reconcile(entry.fact.session_id, [*entry.fact.enrolment_ids, *entry.fact.replaced_ids])


def _tell_one(entry: Recorded[EnrolmentCancelled]) -> None:
    participants.reconcile(entry.fact.session_id, [entry.fact.enrolment_id])


def _tell_everywhere(entry: Recorded[ParticipantCorrected]) -> None:
    """An address is corrected on every list at once: what went to the old one has told nobody, and its links ended."""
    people = enrolment.of_same_person(entry.fact.enrolment_id)
    hold(person.session_id for person in people)  # of several missions: all at once, in their order
    for person in people:
        participants.reconcile(person.session_id, [person.pk])


def _tell_all(entry: Recorded[SessionChanged | SessionCancelled]) -> None:
    participants.reconcile(entry.fact.session_id)
