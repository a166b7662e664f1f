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
    PLACEMENT_REMINDER = "placement_reminder"
    GROUP_PROFILE = "group_profile"
    REMINDER = "reminder"
    REMINDER_LAST = "reminder_last"
    LIST_MISSING = "list_missing"
    LIST_MISSING_LAST = "list_missing_last"
    LIST_ASKED = "list_asked"
    LIST_ASKED_LAST = "list_asked_last"
    STAFFING_REMINDER = "staffing_reminder"
    STAFFING_UNANSWERED = "staffing_unanswered"
    LOST_LINKS = "lost_links"
    REGISTRATION_CONFIRM = "registration_confirm"
    REGISTRATION_KNOWN = "registration_known"
    REGISTRATION_ADMITTED = "registration_admitted"
    REGISTRATION_OFF = "registration_off"
    LIST_REQUEST = "list_request"
    FEES_RETURNED = "fees_returned"
    MISSION_CLOSED = "mission_closed"
    BILLABLE = "billable"
    ACCESS_NEED_TOLD = "access_need_told"
    ACCESS_NEED_FOR_NOBODY = "access_need_for_nobody"


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
        _("Hello {first_name},\n\n{news}\n\n{reason}"),
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
            "\n\n{questions}"
        ),
        _("Open my page"),
    ),
    Purpose.JOINING_CHANGED: MailText(
        _("Changed: “{session}” on {day}"),
        _(
            "Hello {first_name},\n\n“{session}”, on which you are enrolled, has changed. "
            "This replaces what we wrote before.\n\n{instructions}\n\n{questions}"
        ),
        _("Open my page"),
    ),
    Purpose.JOINING_CANCELLED: MailText(
        _("Cancelled: “{session}” on {day}"),
        _("Hello {first_name},\n\n{news}\n\n{reason}"),
    ),
    Purpose.PLACEMENT_REMINDER: MailText(
        _("A few questions before “{session}” on {day}"),
        _(
            "Hello {first_name},\n\nThere is still time to answer a few questions before “{session}” on {day}. "
            "It takes some three minutes, and lets us start from where you are.\n\n"
            "Your answers can be changed until the session starts."
        ),
        _("Answer the questions"),
    ),
    Purpose.GROUP_PROFILE: MailText(
        _("Your group on {day}: “{session}”"),
        _(
            "Hello {first_name},\n\n{answered} of {people} people have answered the placement questionnaire of "
            "“{session}” for {client}. This is what they say together; who says what, and what they wrote in their "
            "own words, is on the page of the session.\n\n{profile}\n\nAnswers can be given until the session starts."
        ),
        _("See the group"),
    ),
    Purpose.REMINDER: MailText(
        _("Soon: “{session}” on {day}"),
        _(
            "Hello {first_name},\n\n“{session}”, on which you are enrolled, is on {day}. "
            "Here is what you should know.\n\n{instructions}"
        ),
        _("See the details"),
    ),
    Purpose.REMINDER_LAST: MailText(
        _("See you on {day}: “{session}”"),
        _("Hello {first_name},\n\nWe look forward to seeing you at “{session}” on {day}.\n\n{instructions}"),
        _("See the details"),
    ),
    Purpose.LIST_MISSING: MailText(
        _("No list yet for {day}: {client}"),
        _(
            "Hello {first_name},\n\nNobody is enrolled yet on what takes place on {day} for {client} ({mission}). "
            "Without a list, nobody gets joining instructions and the attendance sheet is empty.\n\n"
            "Paste the list, or ask the client for it."
        ),
        _("Open the mission"),
    ),
    Purpose.LIST_MISSING_LAST: MailText(
        _("Still no list for {day}: {client}"),
        _(
            "Hello {first_name},\n\nStill nobody is enrolled on what takes place on {day} for {client} ({mission}). "
            "Call the client today: those who come should know where, when and what to bring."
        ),
        _("Open the mission"),
    ),
    Purpose.LIST_ASKED: MailText(
        _("Who comes on {day}? {title}"),
        _(
            "Hello {first_name},\n\n{title} takes place on {day}, and we do not know yet who comes. "
            "With the names and addresses of the participants, each of them gets joining instructions.\n\n"
            "You can also answer this message with your list."
        ),
        _("Give the names"),
    ),
    Purpose.LIST_ASKED_LAST: MailText(
        _("We still need your list for {day}: {title}"),
        _(
            "Hello {first_name},\n\n{title} takes place on {day}, and we still do not know who comes. "
            "Without a list, the participants get no joining instructions.\n\n"
            "Please send us their names and addresses today. You can also answer this message."
        ),
        _("Give the names"),
    ),
    Purpose.STAFFING_REMINDER: MailText(
        _("Waiting for your answer: “{session}” on {day}"),
        _(
            "Hello {first_name},\n\n{coordinator} has asked whether you can run “{session}” for {client}, "
            "and waits for your answer.\n\nPlease answer, even if it is no: no password is needed."
        ),
        _("Answer"),
    ),
    Purpose.STAFFING_UNANSWERED: MailText(
        _("No answer yet: {names}"),
        _(
            "Hello {first_name},\n\nThese people were asked to run sessions for {client} ({mission}) "
            "and have not answered yet. You may want to call them, or to ask somebody else."
        ),
        _("Open the mission"),
    ),
    Purpose.LOST_LINKS: MailText(
        _("Your pages at {organisation}"),
        _(
            "Hello {first_name},\n\nHere are the links to your pages. They open without a password: "
            "keep this message to yourself.\n\nYou did not ask for it? Then you have nothing to do."
        ),
    ),
    Purpose.REGISTRATION_CONFIRM: MailText(
        _("Confirm your registration: “{session}” on {day}"),
        _(
            "Hello {first_name},\n\nSomebody, you we hope, registered this address on “{session}”. "
            "Nothing is done yet: please confirm within two days.\n\n"
            "The button leads to a page that then tells you where you stand. It was not you? Leave it at that."
        ),
        _("Confirm my registration"),
    ),
    Purpose.REGISTRATION_KNOWN: MailText(
        _("Your registration: “{session}” on {day}"),
        _(
            "Hello {first_name},\n\nThis address was registered on “{session}” once more. There is nothing to "
            "do: this is where you stand."
        ),
        _("See where I stand"),
    ),
    Purpose.REGISTRATION_ADMITTED: MailText(
        _("A place is yours: “{session}” on {day}"),
        _(
            "Hello {first_name},\n\nYou asked for a place on “{session}”: you are in now.\n\n{instructions}"
            "\n\n{questions}\n\nYou cannot come any more? Tell us, so that somebody else can."
        ),
        _("Open my page"),
    ),
    Purpose.REGISTRATION_OFF: MailText(
        _("No place after all: “{session}” on {day}"),
        _("Hello {first_name},\n\n{news}\n\n{reason}"),
    ),
    Purpose.LIST_REQUEST: MailText(
        _("Who comes to “{title}”? Your page for the names"),
        _(
            "Hello {first_name},\n\nFor “{title}”, {organisation} needs the names and e-mail addresses of those "
            "who come: each gets their joining instructions.\n\nYour own page shows every session and how many "
            "names are expected. Type them, paste them or give your file; no password is needed, and you can "
            "come back as often as you like.\n\nA question? {coordinator} reads the answers to this mail."
        ),
        _("Give the names"),
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
    # Neither says whose need it is, nor which: mails are read on screens that others see.
    Purpose.ACCESS_NEED_TOLD: MailText(
        _("An access need to see to by {due_on}"),
        _(
            "Hello {first_name},\n\nSomebody who comes to “{session}” on {day}, for {client}, "
            "has told of an access need. It is to be seen to by {due_on}."
        ),
        _("See what is needed"),
    ),
    Purpose.ACCESS_NEED_FOR_NOBODY: MailText(
        _("An access need was told, and nobody sees to it"),
        _(
            "Hello {first_name},\n\nSomebody who comes to “{session}” on {day}, for {client}, "
            "has told of an access need. No account is that of the disability officer: "
            "nobody can read it.\n\nGive that right to somebody."
        ),
        _("Open the list of people"),
    ),
}
