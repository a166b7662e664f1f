"""What is written to the office, and to whoever has an account."""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import MISSION, SESSION, Mail
from cordee.notifications.states import MailRule, Reader


class ToOffice:
    BILLABLE = Mail(
        "billable",
        name=_("Mission ready to be invoiced"),
        reader=Reader.OFFICE,
        subject=_("{mission} is closed: {client} can be invoiced"),
        body=_(
            "Hello {first_name},\n\n"
            "The mission {mission} ({title}) is closed: everything ordered was delivered, "
            "every fee requested. {client} can be invoiced."
        ),
        button=_("See the mission"),
        more=MISSION,
        rule=MailRule(),
    )
    # Neither says whose need it is, nor which: mails are read on screens that others see.
    ACCESS_NEED_TOLD = Mail(
        "access_need_told",
        name=_("Access need told to the disability officer"),
        reader=Reader.OFFICE,
        subject=_("An access need to see to by {due_on}"),
        body=_(
            "Hello {first_name},\n\nSomebody who comes to “{session}” on {day}, for {client}, "
            "has told of an access need. It is to be seen to by {due_on}."
        ),
        button=_("See what is needed"),
        more=SESSION,
    )
    ACCESS_NEED_FOR_NOBODY = Mail(
        "access_need_for_nobody",
        name=_("Access need that nobody sees to"),
        reader=Reader.OFFICE,
        subject=_("An access need was told, and nobody sees to it"),
        body=_(
            "Hello {first_name},\n\nSomebody who comes to “{session}” on {day}, for {client}, "
            "has told of an access need. No account is that of the disability officer: "
            "nobody can read it.\n\nGive that right to somebody."
        ),
        button=_("Open the list of people"),
        more=SESSION,
    )
    SHEET_SENT_BACK = Mail(
        "sheet_sent_back",
        name=_("Accepted sheet that went back, told to quality"),
        reader=Reader.OFFICE,
        subject=_("The sheet of “{session}” ({day}) is no longer what you accepted"),
        body=_(
            "Hello {first_name},\n\nThe attendance sheet of “{session}” for {client} had been accepted, and went back: "
            "{why}.\n\nOnce it is signed anew it comes to you again."
        ),
        button=_("See the sheet"),
        more=(*SESSION, "why"),
        rule=MailRule(),
    )
    INVITATION = Mail(
        "invitation",
        name=_("Account opened"),
        reader=Reader.ANYBODY,
        subject=_("Your account at {organisation}"),
        body=_(
            "Hello {first_name},\n\n"
            "{organisation} has opened an account for you on Cordée, its mission desk.\n\n"
            "No password is needed: give your address ({email}) and you get a code by e-mail each time."
        ),
        button=_("Log in"),
    )
