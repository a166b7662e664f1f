"""What is written to coordinators."""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import MISSION, SESSION, Computed, Mail, Table
from cordee.notifications.states import MailRule, Reader, Timing


class ToCoordinators:
    COORDINATOR_NAMED = Mail(
        "coordinator_named",
        name=_("Mission given to its coordinator"),
        reader=Reader.COORDINATOR,
        subject=_("You coordinate {mission}: {title}"),
        body=_(
            "Hello {first_name},\n\nYou are now in charge of the mission {mission} for {client}: {title}.\n\n"
            "You will find what was agreed with the client, and what is to be done first: plan the sessions."
        ),
        button=_("Open the mission"),
        more=MISSION,
        rule=MailRule(),
    )
    LIST_MISSING = Mail(
        "list_missing",
        name=_("List missing"),
        reader=Reader.COORDINATOR,
        subject=_("No list yet for {day}: {client}"),
        body=_(
            "Hello {first_name},\n\nNobody is enrolled yet on what takes place on {day} for {client} ({mission}). "
            "Without a list, nobody gets joining instructions and the attendance sheet is empty.\n\n"
            "Paste the list, or ask the client for it."
        ),
        button=_("Open the mission"),
        more=MISSION,
        rule=MailRule(amount=10, timing=Timing.DAYS_BEFORE),
        computed=Computed.REMINDERS,
        table=Table.SESSIONS,
    )
    LIST_MISSING_LAST = Mail(
        "list_missing_last",
        name=_("List still missing"),
        reader=Reader.COORDINATOR,
        subject=_("Still no list for {day}: {client}"),
        body=_(
            "Hello {first_name},\n\nStill nobody is enrolled on what takes place on {day} for {client} ({mission}). "
            "Call the client today: those who come should know where, when and what to bring."
        ),
        button=_("Open the mission"),
        more=MISSION,
        rule=MailRule(amount=5, timing=Timing.DAYS_BEFORE),
        computed=Computed.REMINDERS,
        table=Table.SESSIONS,
    )
    STAFFING_DECLINED = Mail(
        "staffing_declined",
        name=_("Refusal told to the coordinator"),
        reader=Reader.COORDINATOR,
        subject=_("{name} cannot run “{session}” on {day}"),
        body=_("Hello {first_name},\n\n{name} has declined “{session}” for {client}.\n\n{reason}"),
        button=_("Find somebody else"),
        more=SESSION,
        rule=MailRule(),
        opens_session=True,
    )
    STAFFING_UNANSWERED = Mail(
        "staffing_unanswered",
        name=_("Requests without an answer"),
        reader=Reader.COORDINATOR,
        subject=_("No answer yet: {names}"),
        body=_(
            "Hello {first_name},\n\nThese people were asked to run sessions for {client} ({mission}) "
            "and have not answered yet. You may want to call them, or to ask somebody else."
        ),
        button=_("Open the mission"),
        more=MISSION,
        rule=MailRule(amount=5, timing=Timing.DAYS_AFTER),
        computed=Computed.REMINDERS,
        table=Table.PEOPLE,
    )
    FEES_RETURNED = Mail(
        "fees_returned",
        name=_("Fee request returned"),
        reader=Reader.COORDINATOR,
        subject=_("Fee request {request} was returned"),
        body=_(
            "Hello {first_name},\n\nFinance has returned the fee request {request} of {mission}:\n\n{reason}"
        ),
        button=_("Put it right"),
        more=("mission",),
        rule=MailRule(),
    )
    MISSION_CLOSED = Mail(
        "mission_closed",
        name=_("Mission closed"),
        reader=Reader.COORDINATOR,
        subject=_("{mission} is closed"),
        body=_(
            "Hello {first_name},\n\nEverything ordered for {client} was delivered and every fee requested: "
            "the mission {mission} is closed. Your coordination fee is on its way.\n\nThank you!"
        ),
        button=_("See the mission"),
        more=MISSION,
        rule=MailRule(),
    )
    SHEET_REFUSED = Mail(
        "sheet_refused",
        name=_("Attendance sheet refused"),
        reader=Reader.COORDINATOR,
        subject=_("The sheet of “{session}” ({day}) was refused"),
        body=_(
            "Hello {first_name},\n\nQuality has refused the attendance sheet of “{session}” for {client}: {why}.\n\n"
            "{note}\n\nPut it right and submit it again: until then those who ran the session are not paid."
        ),
        button=_("See what is wrong"),
        more=(*SESSION, "why", "note"),
        rule=MailRule(),
        opens_session=True,
    )
