"""What the house knows of each of its mails beside its words: who reads it, what it can say, when it leaves.

A new automatic mail gets its switch on the page of the office from its `rule` here, and asks for it with
`queries.rule_of(Purpose.X)` (or `queries.rules()` for several) before it is written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cordee.notifications.states import MailRule, Reader, Timing
from cordee.notifications.texts import TEXTS, Purpose

PLACEHOLDER = re.compile(r"\{\s*(\w+)\s*\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One mail of the house."""

    name: Promise
    reader: Reader
    more: tuple[str, ...] = ()
    """Placeholders it fills beside those of the house's own words."""
    details: bool = False
    """When and where stand under the words, in a table."""
    tells_cancellation: bool = False
    """It is about a session that was cancelled: the only mails about it that still leave."""
    rule: MailRule | None = None
    """How it leaves unless the office decides otherwise; none: it always leaves, at once."""


_SESSION = ("session", "day", "client")
_MISSION = ("mission", "title", "client")
_AFTER_CHANGE = MailRule(amount=10, timing=Timing.AFTER_CHANGE)

KINDS: dict[Purpose, Kind] = {
    Purpose.JOINING: Kind(
        name=_("Joining instructions"),
        reader=Reader.PARTICIPANT,
        more=_SESSION,
        details=True,
        rule=MailRule(timing=Timing.MINUTES_LATER),
    ),
    Purpose.JOINING_CHANGED: Kind(
        name=_("Change of the joining instructions"),
        reader=Reader.PARTICIPANT,
        more=_SESSION,
        details=True,
        rule=_AFTER_CHANGE,
    ),
    Purpose.JOINING_CANCELLED: Kind(
        name=_("Cancellation told to a participant"),
        reader=Reader.PARTICIPANT,
        more=_SESSION,
        rule=_AFTER_CHANGE,
        tells_cancellation=True,
    ),
    Purpose.REMINDER: Kind(
        name=_("First reminder to a participant"),
        reader=Reader.PARTICIPANT,
        more=_SESSION,
        details=True,
        rule=MailRule(amount=7, timing=Timing.DAYS_BEFORE),
    ),
    Purpose.REMINDER_LAST: Kind(
        name=_("Last reminder to a participant"),
        reader=Reader.PARTICIPANT,
        more=_SESSION,
        details=True,
        rule=MailRule(amount=1, timing=Timing.DAYS_BEFORE),
    ),
    Purpose.PLACEMENT_REMINDER: Kind(
        name=_("Reminder of the placement questionnaire"),
        reader=Reader.PARTICIPANT,
        more=_SESSION,
        rule=MailRule(amount=3, timing=Timing.DAYS_BEFORE),
    ),
    Purpose.GROUP_PROFILE: Kind(
        name=_("The group told to a facilitator"),
        reader=Reader.FACILITATOR,
        more=_SESSION,
        rule=MailRule(amount=2, timing=Timing.DAYS_BEFORE),
    ),
    Purpose.REGISTRATION_CONFIRM: Kind(
        name=_("Confirmation asked of who registered"), reader=Reader.PARTICIPANT, more=_SESSION, details=True
    ),
    Purpose.REGISTRATION_KNOWN: Kind(
        name=_("Reminder to who registered twice"), reader=Reader.PARTICIPANT, more=_SESSION
    ),
    Purpose.REGISTRATION_ADMITTED: Kind(
        name=_("Place given from the waiting list"), reader=Reader.PARTICIPANT, more=_SESSION, details=True
    ),
    Purpose.REGISTRATION_OFF: Kind(
        name=_("End of the waiting list told"),
        reader=Reader.PARTICIPANT,
        more=_SESSION,
        rule=_AFTER_CHANGE,
        tells_cancellation=True,
    ),
    Purpose.LOST_LINKS: Kind(name=_("Links brought back to who lost them"), reader=Reader.PARTICIPANT),
    Purpose.LIST_REQUEST: Kind(
        name=_("Page for the names, given to the client"),
        reader=Reader.CONTACT,
        more=(*_MISSION, "coordinator"),
    ),
    Purpose.LIST_ASKED: Kind(
        name=_("List asked from the client"),
        reader=Reader.CONTACT,
        more=(*_MISSION, "coordinator"),
        rule=MailRule(amount=10, timing=Timing.DAYS_BEFORE),
    ),
    Purpose.LIST_ASKED_LAST: Kind(
        name=_("List asked from the client once more"),
        reader=Reader.CONTACT,
        more=(*_MISSION, "coordinator"),
        rule=MailRule(amount=5, timing=Timing.DAYS_BEFORE),
    ),
    Purpose.STAFFING_REQUEST: Kind(
        name=_("Request to a facilitator"), reader=Reader.FACILITATOR, more=_SESSION, details=True
    ),
    Purpose.STAFFING_REMINDER: Kind(
        name=_("Reminder of a request without an answer"),
        reader=Reader.FACILITATOR,
        more=_SESSION,
        details=True,
        rule=MailRule(amount=3, timing=Timing.DAYS_AFTER),
    ),
    Purpose.STAFFING_CHANGED: Kind(
        name=_("Change told to a facilitator"),
        reader=Reader.FACILITATOR,
        more=(*_SESSION, "coordinator"),
        details=True,
        rule=_AFTER_CHANGE,
    ),
    Purpose.STAFFING_CANCELLED: Kind(
        name=_("Cancellation told to a facilitator"),
        reader=Reader.FACILITATOR,
        more=(*_SESSION, "coordinator"),
        tells_cancellation=True,
        rule=_AFTER_CHANGE,
    ),
    Purpose.COORDINATOR_NAMED: Kind(
        name=_("Mission given to its coordinator"), reader=Reader.COORDINATOR, more=_MISSION, rule=MailRule()
    ),
    Purpose.LIST_MISSING: Kind(
        name=_("List missing"),
        reader=Reader.COORDINATOR,
        more=_MISSION,
        rule=MailRule(amount=10, timing=Timing.DAYS_BEFORE),
    ),
    Purpose.LIST_MISSING_LAST: Kind(
        name=_("List still missing"),
        reader=Reader.COORDINATOR,
        more=_MISSION,
        rule=MailRule(amount=5, timing=Timing.DAYS_BEFORE),
    ),
    Purpose.STAFFING_DECLINED: Kind(
        name=_("Refusal told to the coordinator"), reader=Reader.COORDINATOR, more=_SESSION, rule=MailRule()
    ),
    Purpose.STAFFING_UNANSWERED: Kind(
        name=_("Requests without an answer"),
        reader=Reader.COORDINATOR,
        more=_MISSION,
        rule=MailRule(amount=5, timing=Timing.DAYS_AFTER),
    ),
    Purpose.FEES_RETURNED: Kind(
        name=_("Fee request returned"), reader=Reader.COORDINATOR, more=("mission",), rule=MailRule()
    ),
    Purpose.MISSION_CLOSED: Kind(
        name=_("Mission closed"), reader=Reader.COORDINATOR, more=_MISSION, rule=MailRule()
    ),
    Purpose.BILLABLE: Kind(
        name=_("Mission ready to be invoiced"), reader=Reader.OFFICE, more=_MISSION, rule=MailRule()
    ),
    Purpose.ACCESS_NEED_TOLD: Kind(
        name=_("Access need told to the disability officer"), reader=Reader.OFFICE, more=_SESSION
    ),
    Purpose.ACCESS_NEED_FOR_NOBODY: Kind(
        name=_("Access need that nobody sees to"), reader=Reader.OFFICE, more=_SESSION
    ),
    Purpose.INVITATION: Kind(name=_("Account opened"), reader=Reader.ANYBODY),
}

TO_PARTICIPANTS = frozenset(
    {
        Purpose.JOINING,
        Purpose.REGISTRATION_ADMITTED,
        Purpose.JOINING_CHANGED,
        Purpose.JOINING_CANCELLED,
    }
)
TO_STAFF = frozenset({Purpose.STAFFING_REQUEST, Purpose.STAFFING_CHANGED, Purpose.STAFFING_CANCELLED})
REMINDERS = frozenset(
    {
        Purpose.REMINDER,
        Purpose.REMINDER_LAST,
        Purpose.LIST_ASKED,
        Purpose.LIST_ASKED_LAST,
        Purpose.LIST_MISSING,
        Purpose.LIST_MISSING_LAST,
        Purpose.STAFFING_REMINDER,
        Purpose.STAFFING_UNANSWERED,
        Purpose.PLACEMENT_REMINDER,
        Purpose.GROUP_PROFILE,
    }
)
COMPUTED = TO_PARTICIPANTS | TO_STAFF | REMINDERS
"""Mails that are computed from what is true now, by `participants`, `staff` and `reminders`: see `refresh`."""
TELLS_CANCELLATION = frozenset(purpose for purpose, kind in KINDS.items() if kind.tells_cancellation)
"""The only mails about a cancelled session that still leave."""

MEANINGS: dict[str, Promise] = {
    "answered": _("how many have answered"),
    "client": _("the client’s name"),
    "coordinator": _("the coordinator’s name, or your organisation’s when nobody is in charge"),
    "day": _("the first day of the session, in words"),
    "due_on": _("the day by which it is to be seen to"),
    "email": _("the reader’s address"),
    "first_name": _("the reader’s first name"),
    "instructions": _(
        "what to know for the session and the whole order; stays empty when nothing was written"
    ),
    "mission": _("the reference of the mission"),
    "name": _("the name of who declined"),
    "names": _("the names of those who have not answered"),
    "news": _("says that the session does not take place, or that the reader is no longer expected"),
    "organisation": _("your organisation’s name"),
    "people": _("how many are on the list"),
    "profile": _("what the group answered, question by question"),
    "questions": _("asks for the placement questionnaire; stays empty when there is none or it is answered"),
    "reason": _("the reason that was given; stays empty when there is none"),
    "request": _("the reference of the fee request"),
    "session": _("the title of the session"),
    "title": _("the title of the order"),
}
"""What each placeholder stands for."""


def name_of(purpose: str) -> str:
    """Return what a message is for, in the words of the trade; also of one that is not written any more."""
    return next((str(kind.name) for own, kind in KINDS.items() if own == purpose), gettext("Message"))


def variables(purpose: Purpose) -> list[str]:
    """Return the placeholders that a mail knows, in alphabetical order."""
    text = TEXTS[purpose]  # in whatever language: all have the same placeholders, the suite sees to it
    own = placeholders(f"{text.subject} {text.body} {text.button}")
    return sorted({"organisation", *KINDS[purpose].more, *own})


def placeholders(text: str) -> Iterator[str]:
    """Give the names in braces of a text."""
    yield from (match[1] for match in PLACEHOLDER.finditer(text))
