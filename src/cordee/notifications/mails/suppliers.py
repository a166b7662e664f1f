"""What is written about how facilitators are paid."""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import Mail
from cordee.notifications.states import MailRule, Reader


class AboutSuppliers:
    MANDATE_CODE = Mail(
        "mandate_code",
        name=_("Code to sign the mandate"),
        reader=Reader.FACILITATOR,
        subject=_("Your code to sign the mandate of {supplier}"),
        body=_(
            "Hello {first_name},\n\nWith this code you sign the mandate by which {organisation} makes the invoices of "
            "{supplier}: {code}\n\nIt works for half an hour. If you have not asked for it, do not give it to anybody "
            "and tell us."
        ),
        more=("supplier", "code"),
    )
    ACCOUNT_CONFIRM = Mail(
        "account_confirm",
        name=_("New bank account to confirm"),
        reader=Reader.FACILITATOR,
        subject=_("A new bank account for {supplier}: is it yours?"),
        body=_(
            "Hello,\n\n{name} has given a bank account to which {organisation} would pay {supplier}: {account}.\n\n"
            "Nothing is paid to it before you confirm it. If it is not yours, say so on the same page: we are told at "
            "once."
        ),
        button=_("Look at the bank account"),
        more=("supplier", "account", "name"),
    )
    ACCOUNT_CHANGED = Mail(
        "account_changed",
        name=_("Changed bank account, told to finance"),
        reader=Reader.OFFICE,
        subject=_("{supplier} has another bank account"),
        body=_(
            "Hello {first_name},\n\nThe bank account of {supplier} was changed, and confirmed from {email}. It is "
            "paid to from {day} on.\n\nIf in doubt, call them at a number you know."
        ),
        button=_("See the supplier"),
        more=("supplier", "email", "day"),
    )
    ACCOUNT_DISOWNED = Mail(
        "account_disowned",
        name=_("Bank account that is not the supplier’s, told to finance"),
        reader=Reader.OFFICE,
        subject=_("Somebody gave a wrong bank account for {supplier}"),
        body=_(
            "Hello {first_name},\n\nWhoever reads the mails of {email} says that the bank account given for {supplier} "
            "is not theirs. It was given by {name}.\n\nIt is not used. Call {supplier} at a number you know: "
            "somebody may have got into an account."
        ),
        button=_("See the supplier"),
        more=("supplier", "email", "name"),
    )
    PAPERS_DUE = Mail(
        "papers_due",
        name=_("Legal papers that are missing"),
        reader=Reader.FACILITATOR,
        subject=_("{supplier}: a legal paper is missing"),
        body=_(
            "Hello {first_name},\n\nThe law asks us to have, anew every six months, of everybody we pay more than a "
            "certain amount a year:\n\n{papers}\n\nIt is missing, or has expired, for {supplier}. Please give it, so "
            "that nothing holds what is paid to you."
        ),
        button=_("Give the paper"),
        more=("supplier", "papers"),
        rule=MailRule(),
    )
    PAPER_ENDS = Mail(
        "paper_ends",
        name=_("Legal paper that expires soon"),
        reader=Reader.FACILITATOR,
        subject=_("{paper}: expires on {day}"),
        body=_(
            "Hello {first_name},\n\nThis paper of {supplier} expires on {day}: {paper}. Please give the new one, "
            "so that nothing holds what is paid to you."
        ),
        button=_("Give the new paper"),
        more=("supplier", "paper", "day"),
        rule=MailRule(),
    )
