"""What is written about complaints. Of a confidential one no mail says anything but its number, nor do those that are
written alike for all: they are secret to the office (`mail.queries.SECRET_PURPOSES`).
"""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import Mail
from cordee.notifications.states import MailRule, Reader


class AboutComplaints:
    COMPLAINT_RECEIVED = Mail(
        "complaint_received",
        name=_("Complaint acknowledged"),
        reader=Reader.PARTICIPANT,
        subject=_("{complaint}: we have received your message"),
        body=_(
            "Hello {first_name},\n\n{organisation} has received your message and keeps it under the number "
            "{complaint}. Somebody sees to it: you have an answer by {due_on} at the latest."
        ),
        button=_("Follow it"),
        more=("complaint", "due_on"),
    )
    COMPLAINT_ANSWERED = Mail(
        "complaint_answered",
        name=_("Answer about a complaint"),
        reader=Reader.PARTICIPANT,
        subject=_("{complaint}: an answer"),
        body=_("Hello {first_name},\n\nAbout what you told us ({complaint}):\n\n{answer}"),
        button=_("Follow it"),
        more=("complaint", "answer"),
    )
    COMPLAINT_DECIDED = Mail(
        "complaint_decided",
        name=_("Complaint decided"),
        reader=Reader.PARTICIPANT,
        subject=_("{complaint}: our decision"),
        body=_(
            "Hello {first_name},\n\nWe have looked at what you told us ({complaint}). Our decision: {outcome}."
            "\n\n{answer}"
        ),
        button=_("Follow it"),
        more=("complaint", "outcome", "answer"),
    )
    CONFIDENTIAL_NEWS = Mail(
        "confidential_news",
        name=_("News of a confidential complaint"),
        reader=Reader.PARTICIPANT,
        subject=_("{complaint}"),
        body=_(
            "Hello {first_name},\n\nThere is something new about {complaint}. What it is stands on your page alone; "
            "without a page, we get in touch with you."
        ),
        button=_("Read it"),
        more=("complaint",),
    )
    COMPLAINT_TOLD = Mail(
        "complaint_told",
        name=_("Complaint told to quality"),
        reader=Reader.OFFICE,
        subject=_("{complaint} came in, to be decided by {due_on}"),
        body=_(
            "Hello {first_name},\n\n{complaint} came in. Nobody sees to it yet; it is to be decided by {due_on}."
        ),
        button=_("See it"),
        more=("complaint", "due_on"),
    )
    COMPLAINT_SAID_MORE = Mail(
        "complaint_said_more",
        name=_("Something more said of a complaint, told to quality"),
        reader=Reader.OFFICE,
        subject=_("{complaint}: who raised it says more"),
        body=_("Hello {first_name},\n\nWho raised {complaint} has written to you."),
        button=_("See it"),
        more=("complaint",),
    )
    COMPLAINT_LATE = Mail(
        "complaint_late",
        name=_("Late complaint, told to quality"),
        reader=Reader.OFFICE,
        subject=_("{complaint} is late: it was to be decided by {due_on}"),
        body=_(
            "Hello {first_name},\n\n{complaint} was to be decided by {due_on}, and is not. Decide it, or tell who "
            "raised it what it waits for."
        ),
        button=_("See it"),
        more=("complaint", "due_on"),
        rule=MailRule(),
    )
