"""What is written to who is asked to improve something, and of what quality plans and nobody did in time."""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import Mail
from cordee.notifications.states import MailRule, Reader

_OF_IMPROVEMENT = ("improvement", "what", "owner", "due_on")


class AboutImproving:
    IMPROVEMENT_ASKED = Mail(
        "improvement_asked",
        name=_("Improvement asked of somebody"),
        reader=Reader.ANYBODY,
        subject=_("{improvement}: to be done by {due_on}"),
        body=_(
            "Hello {first_name},\n\nQuality asks you to see to this by {due_on}:\n\n{what}\n\nOnce it is done, say so "
            "on its page, with what was done."
        ),
        button=_("See it"),
        more=_OF_IMPROVEMENT,
    )
    IMPROVEMENT_LATE = Mail(
        "improvement_late",
        name=_("Reminder of an improvement that is late"),
        reader=Reader.ANYBODY,
        subject=_("{improvement}: it was to be done by {due_on}"),
        body=_(
            "Hello {first_name},\n\n{owner} was to see to this by {due_on}, and nobody has said yet that it is done:"
            "\n\n{what}\n\nOnce it is done, say so on its page, with what was done. If it takes longer, agree on "
            "another day with quality."
        ),
        button=_("See it"),
        more=_OF_IMPROVEMENT,
        rule=MailRule(),
    )
    IMPROVEMENT_LEFT = Mail(
        "improvement_left",
        name=_("Improvement whose owner cannot do it any more"),
        reader=Reader.ANYBODY,
        subject=_("{improvement}: nobody sees to it any more"),
        body=_(
            "Hello {first_name},\n\n{owner} was asked to see to this by {due_on}, and cannot any more: the account is "
            "closed, or only reads.\n\n{what}\n\nAsk somebody else on its page."
        ),
        button=_("See it"),
        more=_OF_IMPROVEMENT,
    )
    RISK_DUE = Mail(
        "risk_due",
        name=_("Reminder of a risk to look at again"),
        reader=Reader.ANYBODY,
        subject=_("A risk was to be looked at again by {due_on}"),
        body=_(
            "Hello {first_name},\n\nThis risk was to be looked at again by {due_on}:\n\n{what}\n\nSay on its page "
            "whether it has changed, and when it is looked at next."
        ),
        button=_("See it"),
        more=("what", "due_on"),
        rule=MailRule(),
    )
