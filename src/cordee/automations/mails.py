"""Reminders follow what happens; what waits follows the words and the rules of the office."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cordee.clients.facts import ClientChanged, ContactChanged
from cordee.enrolment.facts import (
    AddressesGiven,
    EnrolmentCancelled,
    ParticipantCorrected,
    ParticipantsEnrolled,
    ParticipantsMoved,
)
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.kernel.facts import Fact
from cordee.missions import queries as missions
from cordee.missions.facts import CoordinatorNamed, MissionClosed, OrderChanged
from cordee.notifications import refresh, reminders
from cordee.notifications.facts import MailReleased, MailRulesChanged, MailWordsChanged
from cordee.planning.facts import AssignmentChanged, SessionCancelled, SessionChanged, SessionRestored
from cordee.surveys.facts import SurveyAnswered

MOVES: tuple[type[Fact], ...] = (
    AddressesGiven,
    AssignmentChanged,
    CoordinatorNamed,
    EnrolmentCancelled,
    MissionClosed,
    OrderChanged,
    ParticipantCorrected,
    ParticipantsEnrolled,
    ParticipantsMoved,
    SessionCancelled,
    SessionChanged,
    SessionRestored,
    SurveyAnswered,
)
"""Facts after which a reminder that waits may say something else, or be wrong."""


def subscribe() -> None:
    journal.subscribe("reminders", MOVES, _follow, follows=_("The reminders"))
    journal.subscribe(
        "reminders-client",
        (ClientChanged, ContactChanged),
        _follow_client,
        follows=_("Reminders that wait, after a client or a contact changed"),
    )
    journal.subscribe(
        "cancelled-takes-back",
        (SessionCancelled,),
        _take_back,
        follows=_("Taking back the messages about a cancelled session"),
    )
    journal.subscribe(
        "restored-writes-again",
        (SessionRestored,),
        _write_again,
        follows=_("The messages about a session that takes place after all"),
    )
    journal.subscribe(
        "mail-words", (MailWordsChanged,), _write_anew, follows=_("The new words in the messages that wait")
    )
    journal.subscribe(
        "mail-rules",
        (MailRulesChanged,),
        _compute_anew,
        follows=_("The new timing of the messages that wait"),
    )
    journal.subscribe(
        "mail-released", (MailReleased,), _compute_one, follows=_("The message that was released")
    )


def _follow(entry: Recorded[Any]) -> None:
    if entry.mission_id:
        reminders.follow(entry.mission_id)


def _follow_client(entry: Recorded[ClientChanged | ContactChanged]) -> None:
    """A client's name and their contacts' addresses stand in the reminders of each of their missions."""
    for mission_id in missions.running_of_client(entry.fact.client_id):
        reminders.follow(mission_id)


def _take_back(entry: Recorded[SessionCancelled]) -> None:
    refresh.take_back_of_cancelled(entry.fact.session_id)


def _write_again(entry: Recorded[SessionRestored]) -> None:
    refresh.restored(entry.fact.session_id)


def _write_anew(entry: Recorded[MailWordsChanged]) -> None:
    refresh.waiting([entry.fact.purpose])


def _compute_anew(entry: Recorded[MailRulesChanged]) -> None:
    refresh.waiting(entry.fact.purposes)


def _compute_one(entry: Recorded[MailReleased]) -> None:
    refresh.one(entry.mission_id, entry.fact.session_id, [entry.fact.purpose])
