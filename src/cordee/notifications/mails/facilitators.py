"""What is written to facilitators."""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import AFTER_CHANGE, SESSION, Computed, Mail, Table
from cordee.notifications.states import MailRule, Reader, Timing


class ToFacilitators:
    GROUP_PROFILE = Mail(
        "group_profile",
        name=_("The group told to a facilitator"),
        reader=Reader.FACILITATOR,
        subject=_("Your group on {day}: “{session}”"),
        body=_(
            "Hello {first_name},\n\n{answered} of {people} people have answered the placement questionnaire of "
            "“{session}” for {client}. This is what they say together; who says what, and what they wrote in their "
            "own words, is on the page of the session.\n\n{profile}\n\nAnswers can be given until the session starts."
        ),
        button=_("See the group"),
        more=SESSION,
        rule=MailRule(amount=2, timing=Timing.DAYS_BEFORE),
        computed=Computed.REMINDERS,
        opens_session=True,
    )
    BELATED_SIGNATURE = Mail(
        "belated_signature",
        name=_("Signatures that came too late, asked of a facilitator"),
        reader=Reader.FACILITATOR,
        subject=_("Does a signature of “{session}” count?"),
        body=_(
            "Hello {first_name},\n\nSomebody signed for “{session}” for {client} on a device without network. It "
            "arrived when the half-day was over or countersigned: say whether it counts."
        ),
        button=_("Decide"),
        more=SESSION,
        rule=MailRule(),
        opens_session=True,
    )
    FACILITATOR_SURVEY = Mail(
        "facilitator_survey",
        name=_("Survey asked of a facilitator"),
        reader=Reader.FACILITATOR,
        subject=_("How was “{session}” for you? A minute"),
        body=_(
            "Hello {first_name},\n\nYou ran “{session}” for {client} on {day}. Was everything there, is something to "
            "change? A minute, no password is needed, until {until}."
        ),
        button=_("Answer the questions"),
        more=(*SESSION, "until"),
        rule=MailRule(),
    )
    FACILITATOR_SURVEY_REMINDER = Mail(
        "facilitator_survey_reminder",
        name=_("Reminder of the survey to a facilitator"),
        reader=Reader.FACILITATOR,
        subject=_("Your view of “{session}”: a minute"),
        body=_(
            "Hello {first_name},\n\nWe would like to know how “{session}” for {client} on {day} was for you: a minute, "
            "until {until}. This is the only time we remind you."
        ),
        button=_("Answer the questions"),
        more=(*SESSION, "until"),
        rule=MailRule(amount=5, timing=Timing.DAYS_AFTER),
    )
    STAFFING_REQUEST = Mail(
        "staffing_request",
        name=_("Request to a facilitator"),
        reader=Reader.FACILITATOR,
        subject=_("Can you run “{session}” on {day}?"),
        body=_(
            "Hello {first_name},\n\n{coordinator} would like you on “{session}” for {client}.\n\n"
            "Please answer, even if it is no: no password is needed."
        ),
        button=_("Answer"),
        more=SESSION,
        table=Table.WHEN_AND_WHERE,
        computed=Computed.STAFF,
    )
    STAFFING_REMINDER = Mail(
        "staffing_reminder",
        name=_("Reminder of a request without an answer"),
        reader=Reader.FACILITATOR,
        subject=_("Waiting for your answer: “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\n{coordinator} has asked whether you can run “{session}” for {client}, "
            "and waits for your answer.\n\nPlease answer, even if it is no: no password is needed."
        ),
        button=_("Answer"),
        more=SESSION,
        table=Table.WHEN_AND_WHERE,
        rule=MailRule(amount=3, timing=Timing.DAYS_AFTER),
        computed=Computed.REMINDERS,
    )
    STAFFING_CHANGED = Mail(
        "staffing_changed",
        name=_("Change told to a facilitator"),
        reader=Reader.FACILITATOR,
        subject=_("Changed: “{session}” on {day}"),
        body=_("Hello {first_name},\n\n“{session}” for {client} has changed. This is how it is now."),
        button=_("See the session"),
        more=(*SESSION, "coordinator"),
        table=Table.WHEN_AND_WHERE,
        rule=AFTER_CHANGE,
        computed=Computed.STAFF,
    )
    STAFFING_CANCELLED = Mail(
        "staffing_cancelled",
        name=_("Cancellation told to a facilitator"),
        reader=Reader.FACILITATOR,
        subject=_("You are no longer expected on “{session}” on {day}"),
        body=_("Hello {first_name},\n\n{news}\n\n{reason}"),
        more=(*SESSION, "coordinator"),
        tells_cancellation=True,
        rule=AFTER_CHANGE,
        computed=Computed.STAFF,
    )
    SHEET_REFUSED_FACILITATOR = Mail(
        "sheet_refused_facilitator",
        name=_("Attendance sheet refused, told to who ran the session"),
        reader=Reader.FACILITATOR,
        subject=_("The sheet of “{session}” ({day}) was refused"),
        body=_(
            "Hello {first_name},\n\nQuality has refused the attendance sheet of “{session}” for {client}: {why}.\n\n"
            "{note}\n\nSee with the coordinator who puts it right: your fee is paid once the sheet is accepted."
        ),
        button=_("See what is wrong"),
        more=(*SESSION, "why", "note"),
        rule=MailRule(),
        opens_session=True,
    )
