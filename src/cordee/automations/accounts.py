"""Who is invited gets a mail."""

from django.utils.translation import gettext_lazy as _

from cordee.accounts.facts import ColleagueInvited
from cordee.journal import facts as journal
from cordee.journal.facts import Recorded
from cordee.network.facts import FacilitatorInvited
from cordee.notifications import office


def subscribe() -> None:
    journal.subscribe(
        "invitation-mail",
        (ColleagueInvited, FacilitatorInvited),
        _invite,
        follows=_("The invitation by e-mail"),
    )


def _invite(entry: Recorded[ColleagueInvited | FacilitatorInvited]) -> None:
    office.invitation(entry.fact.account_id)
