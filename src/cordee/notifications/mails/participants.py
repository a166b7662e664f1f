"""What is written to participants, and to who would be one."""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import AFTER_CHANGE, SESSION, Computed, Mail, Table
from cordee.notifications.states import MailRule, Reader, Timing


class ToParticipants:
    JOINING = Mail(
        "joining",
        name=_("Joining instructions"),
        reader=Reader.PARTICIPANT,
        subject=_("Your joining instructions: “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\n"
            "You are enrolled on “{session}”, organised for {client} by {organisation}.\n\n{instructions}"
            "\n\n{questions}"
        ),
        button=_("Open my page"),
        more=SESSION,
        table=Table.WHEN_AND_WHERE,
        rule=MailRule(timing=Timing.MINUTES_LATER),
        computed=Computed.PARTICIPANTS,
    )
    JOINING_CHANGED = Mail(
        "joining_changed",
        name=_("Change of the joining instructions"),
        reader=Reader.PARTICIPANT,
        subject=_("Changed: “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\n{change} This replaces what we wrote before.\n\n{instructions}\n\n{questions}"
        ),
        button=_("Open my page"),
        more=SESSION,
        table=Table.WHEN_AND_WHERE,
        rule=AFTER_CHANGE,
        computed=Computed.PARTICIPANTS,
    )
    JOINING_CANCELLED = Mail(
        "joining_cancelled",
        name=_("Cancellation told to a participant"),
        reader=Reader.PARTICIPANT,
        subject=_("Cancelled: “{session}” on {day}"),
        body=_("Hello {first_name},\n\n{news}\n\n{reason}"),
        more=SESSION,
        tells_cancellation=True,
        rule=AFTER_CHANGE,
        computed=Computed.PARTICIPANTS,
    )
    REMINDER = Mail(
        "reminder",
        name=_("First reminder to a participant"),
        reader=Reader.PARTICIPANT,
        subject=_("Soon: “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\n“{session}”, on which you are enrolled, is on {day}. "
            "Here is what you should know.\n\n{instructions}"
        ),
        button=_("See the details"),
        more=SESSION,
        table=Table.WHEN_AND_WHERE,
        rule=MailRule(amount=7, timing=Timing.DAYS_BEFORE),
        computed=Computed.REMINDERS,
    )
    REMINDER_LAST = Mail(
        "reminder_last",
        name=_("Last reminder to a participant"),
        reader=Reader.PARTICIPANT,
        subject=_("See you on {day}: “{session}”"),
        body=_(
            "Hello {first_name},\n\nWe look forward to seeing you at “{session}” on {day}.\n\n{instructions}"
        ),
        button=_("See the details"),
        more=SESSION,
        table=Table.WHEN_AND_WHERE,
        rule=MailRule(amount=1, timing=Timing.DAYS_BEFORE),
        computed=Computed.REMINDERS,
    )
    PLACEMENT_REMINDER = Mail(
        "placement_reminder",
        name=_("Reminder of the placement questionnaire"),
        reader=Reader.PARTICIPANT,
        subject=_("A few questions before “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\nThere is still time to answer a few questions before “{session}” on {day}. "
            "It takes some three minutes, and lets us start from where you are.\n\n"
            "Your answers can be changed until the session starts."
        ),
        button=_("Answer the questions"),
        more=SESSION,
        rule=MailRule(amount=3, timing=Timing.DAYS_BEFORE),
        computed=Computed.REMINDERS,
    )
    REGISTRATION_CONFIRM = Mail(
        "registration_confirm",
        name=_("Confirmation asked of who registered"),
        reader=Reader.PARTICIPANT,
        subject=_("Confirm your registration: “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\nSomebody, you we hope, registered this address on “{session}”. "
            "Nothing is done yet: please confirm within two days.\n\n"
            "The button leads to a page that then tells you where you stand. It was not you? Leave it at that."
        ),
        button=_("Confirm my registration"),
        more=SESSION,
        table=Table.WHEN_AND_WHERE,
    )
    REGISTRATION_KNOWN = Mail(
        "registration_known",
        name=_("Reminder to who registered twice"),
        reader=Reader.PARTICIPANT,
        subject=_("Your registration: “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\nThis address was registered on “{session}” once more. There is nothing to "
            "do: this is where you stand."
        ),
        button=_("See where I stand"),
        more=SESSION,
    )
    REGISTRATION_ADMITTED = Mail(
        "registration_admitted",
        name=_("Place given from the waiting list"),
        reader=Reader.PARTICIPANT,
        subject=_("A place is yours: “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\nYou asked for a place on “{session}”: you are in now.\n\n{instructions}"
            "\n\n{questions}\n\nYou cannot come any more? Tell us, so that somebody else can."
        ),
        button=_("Open my page"),
        more=SESSION,
        table=Table.WHEN_AND_WHERE,
        computed=Computed.PARTICIPANTS,
    )
    REGISTRATION_OFF = Mail(
        "registration_off",
        name=_("End of the waiting list told"),
        reader=Reader.PARTICIPANT,
        subject=_("No place after all: “{session}” on {day}"),
        body=_("Hello {first_name},\n\n{news}\n\n{reason}"),
        more=SESSION,
        tells_cancellation=True,
        rule=AFTER_CHANGE,
    )
    CERTIFICATE = Mail(
        "certificate",
        name=_("Certificate of participation"),
        reader=Reader.PARTICIPANT,
        subject=_("Your certificate of participation: “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\nThe certificate of participation of {participant} is ready: {hours} of "
            "“{session}”, on {day}. It is on your page, as a PDF to keep: the page closes six months after the "
            "session.\n\n{survey}\n\n{replaces}"
        ),
        button=_("Open my page"),
        more=SESSION,
        rule=AFTER_CHANGE,
    )
    CERTIFICATE_REVOKED = Mail(
        "certificate_revoked",
        name=_("Certificate of participation revoked"),
        reader=Reader.PARTICIPANT,
        subject=_("No longer valid: your certificate for “{session}” on {day}"),
        body=_(
            "Hello {first_name},\n\nPresence at “{session}” on {day} was corrected: {participant} is not noted as "
            "having been there. The certificate that we told you of is no longer valid.\n\n"
            "You were there? Answer this message."
        ),
        more=SESSION,
        tells_cancellation=True,
        rule=AFTER_CHANGE,
    )
    COLD_SURVEY = Mail(
        "cold_survey",
        name=_("Cold survey asked of a participant"),
        reader=Reader.PARTICIPANT,
        subject=_("What came of “{session}”? Two minutes"),
        body=_(
            "Hello {first_name},\n\nYou were at “{session}” on {day}. What is of use to you today, what is not? Your "
            "answers take less than two minutes, and decide what becomes of it. You can give them until {until}."
        ),
        button=_("Answer the questions"),
        more=(*SESSION, "until"),
        rule=MailRule(),
    )
    CHECK_REMINDER = Mail(
        "check_reminder",
        name=_("Reminder of the end-of-training check"),
        reader=Reader.PARTICIPANT,
        subject=_("After “{session}”: where are you now?"),
        body=_(
            "Hello {first_name},\n\nA few questions show what you have learned in “{session}” on {day}: less than two "
            "minutes, until {until}. This is the only time we remind you."
        ),
        button=_("Answer the questions"),
        more=(*SESSION, "until"),
        rule=MailRule(amount=3, timing=Timing.DAYS_AFTER),
    )
    SURVEY_REMINDER = Mail(
        "survey_reminder",
        name=_("Reminder of a survey to a participant"),
        reader=Reader.PARTICIPANT,
        subject=_("How was “{session}”? Two minutes"),
        body=_(
            "Hello {first_name},\n\nWe would like to know how “{session}” on {day} was for you: less than two minutes, "
            "until {until}. This is the only time we remind you."
        ),
        button=_("Answer the questions"),
        more=(*SESSION, "until"),
        rule=MailRule(amount=5, timing=Timing.DAYS_AFTER),
    )
    LOST_LINKS = Mail(
        "lost_links",
        name=_("Links brought back to who lost them"),
        reader=Reader.PARTICIPANT,
        subject=_("Your pages at {organisation}"),
        body=_(
            "Hello {first_name},\n\nHere are the links to your pages. They open without a password: "
            "keep this message to yourself.\n\nYou did not ask for it? Then you have nothing to do."
        ),
    )
