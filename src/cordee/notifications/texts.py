"""The words of every mail, by purpose: what the house writes by default.

Placeholders in braces are filled by `compose`. A blank line separates paragraphs.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Purpose(StrEnum):
    INVITATION = "invitation"
    COORDINATOR_NAMED = "coordinator_named"
    STAFFING_REQUEST = "staffing_request"
    STAFFING_CHANGED = "staffing_changed"
    STAFFING_CANCELLED = "staffing_cancelled"
    STAFFING_DECLINED = "staffing_declined"
    JOINING = "joining"
    JOINING_CHANGED = "joining_changed"
    JOINING_CANCELLED = "joining_cancelled"
    FEES_RETURNED = "fees_returned"
    MISSION_CLOSED = "mission_closed"
    BILLABLE = "billable"


@dataclass(frozen=True, slots=True)
class MailText:
    """Subject, body and the label of the one button, if there is one."""

    subject: str | Promise
    body: str | Promise
    button: str | Promise = ""


TEXTS: dict[Purpose, MailText] = {
    Purpose.INVITATION: MailText(
        _("Your account at {organisation}"),
        _(
            "Hello {first_name},\n\n"
            "{organisation} has opened an account for you on Cordée, its mission desk.\n\n"
            "No password is needed: give your address ({email}) and you get a code by e-mail each time."
        ),
        _("Log in"),
    ),
    Purpose.COORDINATOR_NAMED: MailText(
        _("You coordinate {mission}: {title}"),
        _(
            "Hello {first_name},\n\nYou are now in charge of the mission {mission} for {client}: {title}.\n\n"
            "You will find what was agreed with the client, and what is to be done first: plan the sessions."
        ),
        _("Open the mission"),
    ),
    Purpose.STAFFING_REQUEST: MailText(
        _("Can you run “{session}” on {day}?"),
        _(
            "Hello {first_name},\n\n{coordinator} would like you on “{session}” for {client}.\n\n"
            "Please answer, even if it is no: no password is needed."
        ),
        _("Answer"),
    ),
    Purpose.STAFFING_CHANGED: MailText(
        _("Changed: “{session}” on {day}"),
        _("Hello {first_name},\n\n“{session}” for {client} has changed. This is how it is now."),
        _("See the session"),
    ),
    Purpose.STAFFING_CANCELLED: MailText(
        _("You are no longer expected on “{session}” on {day}"),
        _("Hello {first_name},\n\nYou are no longer expected on “{session}” for {client}.\n\n{reason}"),
    ),
    Purpose.STAFFING_DECLINED: MailText(
        _("{name} cannot run “{session}” on {day}"),
        _("Hello {first_name},\n\n{name} has declined “{session}” for {client}.\n\n{reason}"),
        _("Find somebody else"),
    ),
    Purpose.JOINING: MailText(
        _("Your joining instructions: “{session}” on {day}"),
        _(
            "Hello {first_name},\n\n"
            "You are enrolled on “{session}”, organised for {client} by {organisation}.\n\n{instructions}"
        ),
    ),
    Purpose.JOINING_CHANGED: MailText(
        _("Changed: “{session}” on {day}"),
        _(
            "Hello {first_name},\n\n“{session}”, on which you are enrolled, has changed. "
            "This replaces what we wrote before.\n\n{instructions}"
        ),
    ),
    Purpose.JOINING_CANCELLED: MailText(
        _("Cancelled: “{session}” on {day}"),
        _("Hello {first_name},\n\nYou are no longer expected on “{session}”.\n\n{reason}"),
    ),
    Purpose.FEES_RETURNED: MailText(
        _("Fee request {request} was returned"),
        _("Hello {first_name},\n\nFinance has returned the fee request {request} of {mission}:\n\n{reason}"),
        _("Put it right"),
    ),
    Purpose.MISSION_CLOSED: MailText(
        _("{mission} is closed"),
        _(
            "Hello {first_name},\n\nEverything ordered for {client} was delivered and every fee requested: "
            "the mission {mission} is closed. Your coordination fee is on its way.\n\nThank you!"
        ),
        _("See the mission"),
    ),
    Purpose.BILLABLE: MailText(
        _("{mission} is closed: {client} can be invoiced"),
        _(
            "Hello {first_name},\n\n"
            "The mission {mission} ({title}) is closed: everything ordered was delivered, "
            "every fee requested. {client} can be invoiced."
        ),
        _("See the mission"),
    ),
}
