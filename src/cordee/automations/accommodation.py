"""The disability officer learns of an access need; when it is due follows the session it is about."""

from django.utils.translation import gettext_lazy as _

from cordee.accommodation import actions as accommodation
from cordee.accommodation.facts import AccommodationAsked
from cordee.enrolment.facts import ParticipantsMoved
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.notifications import office
from cordee.planning.facts import SessionChanged


def subscribe() -> None:
    journal.subscribe(
        "access-need-mail",
        (AccommodationAsked,),
        _tell_officers,
        follows=_("The message about an access need"),
    )
    journal.subscribe(
        "access-need-due",
        (SessionChanged, ParticipantsMoved),
        _follow,
        follows=_("The date of an access need"),
    )


def _tell_officers(entry: Recorded[AccommodationAsked]) -> None:
    office.access_need_told(entry.fact.request_id, entry.entry_id)


def _follow(entry: Recorded[SessionChanged | ParticipantsMoved]) -> None:
    accommodation.follow_session(session_id=entry.fact.session_id)
