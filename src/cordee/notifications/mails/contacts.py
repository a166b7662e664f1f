"""What is written to the client's contacts."""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import MISSION, SESSION, Computed, Mail, Table
from cordee.notifications.states import MailRule, Reader, Timing


class ToContacts:
    LIST_REQUEST = Mail(
        "list_request",
        name=_("Page for the names, given to the client"),
        reader=Reader.CONTACT,
        subject=_("Who comes to “{title}”? Your page for the names"),
        body=_(
            "Hello {first_name},\n\nFor “{title}”, {organisation} needs the names and e-mail addresses of those "
            "who come: each gets their joining instructions.\n\nYour own page shows every session and how many "
            "names are expected. Type them, paste them or give your file; no password is needed, and you can "
            "come back as often as you like.\n\nA question? {coordinator} reads the answers to this mail."
        ),
        button=_("Give the names"),
        more=(*MISSION, "coordinator"),
        table=Table.SESSIONS,
    )
    DELIVERY = Mail(
        "delivery",
        name=_("Confirmation of a session without a list, asked of the school"),
        reader=Reader.CONTACT,
        subject=_("“{session}” ({day}): confirm that it took place"),
        body=_(
            "Hello {first_name},\n\n“{session}” has just taken place with you ({day}). No list of names was kept: "
            "please confirm which class was there and how many they were, and sign. It takes a minute, on a phone too."
            "\n\nIf you signed the sheet of paper in the room, there is nothing to do. A question? Answer this mail."
        ),
        button=_("Confirm and sign"),
        more=SESSION,
        rule=MailRule(),
    )
    CONTACT_SURVEY = Mail(
        "contact_survey",
        name=_("Survey asked of the client"),
        reader=Reader.CONTACT,
        subject=_("How was “{title}”? Two minutes"),
        body=_(
            "Hello {first_name},\n\nAll of “{title}” has taken place. What worked, what should we change? Two minutes, "
            "on a phone too, until {until}."
        ),
        button=_("Answer the questions"),
        more=(*MISSION[1:], "until"),
        rule=MailRule(),
    )
    CONTACT_SURVEY_REMINDER = Mail(
        "contact_survey_reminder",
        name=_("Reminder of the survey to the client"),
        reader=Reader.CONTACT,
        subject=_("Your view of “{title}”: two minutes"),
        body=_(
            "Hello {first_name},\n\nWe would like to know how “{title}” was for you: two minutes, until {until}. This "
            "is the only time we remind you."
        ),
        button=_("Answer the questions"),
        more=(*MISSION[1:], "until"),
        rule=MailRule(amount=7, timing=Timing.DAYS_AFTER),
    )
    LIST_ASKED = Mail(
        "list_asked",
        name=_("List asked from the client"),
        reader=Reader.CONTACT,
        subject=_("Who comes on {day}? {title}"),
        body=_(
            "Hello {first_name},\n\n{title} takes place on {day}, and we do not know yet who comes. "
            "With the names and addresses of the participants, each of them gets joining instructions.\n\n"
            "You can also answer this message with your list."
        ),
        button=_("Give the names"),
        more=(*MISSION, "coordinator"),
        rule=MailRule(amount=10, timing=Timing.DAYS_BEFORE),
        computed=Computed.REMINDERS,
        table=Table.SESSIONS,
    )
    LIST_ASKED_LAST = Mail(
        "list_asked_last",
        name=_("List asked from the client once more"),
        reader=Reader.CONTACT,
        subject=_("We still need your list for {day}: {title}"),
        body=_(
            "Hello {first_name},\n\n{title} takes place on {day}, and we still do not know who comes. "
            "Without a list, the participants get no joining instructions.\n\n"
            "Please send us their names and addresses today. You can also answer this message."
        ),
        button=_("Give the names"),
        more=(*MISSION, "coordinator"),
        rule=MailRule(amount=5, timing=Timing.DAYS_BEFORE),
        computed=Computed.REMINDERS,
        table=Table.SESSIONS,
    )
