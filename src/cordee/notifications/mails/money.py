"""What is written about invoices and payments, to who bills and to the supplier."""

from django.utils.translation import gettext_lazy as _

from cordee.notifications.mails.mail import Mail
from cordee.notifications.states import Reader


class AboutMoney:
    INVOICE_ISSUED = Mail(
        "invoice_issued",
        name=_("Invoice issued in a supplier's name"),
        reader=Reader.FACILITATOR,
        subject=_("Your invoice {number}: {amount}"),
        body=_(
            "Hello,\n\n{organisation} has made the invoice {number} in the name of {supplier}: {amount}, due on "
            "{due_on}.{replaced}\n\nIf something on it is wrong, say so by {contest_until}, line by line. "
            "Without an answer it is accepted then; accepting it now is just as good."
        ),
        button=_("See the invoice"),
        more=("number", "amount", "supplier", "due_on", "contest_until", "replaced"),
    )
    INVOICE_CREDITED = Mail(
        "invoice_credited",
        name=_("Invoice credited"),
        reader=Reader.FACILITATOR,
        subject=_("Your invoice {credited} is credited by {number}"),
        body=_(
            "Hello,\n\n{organisation} has taken back the invoice {credited} of {supplier}, by the credit note {number} "
            "of {amount}: {reason}\n\nWhat is owed for the same fees is invoiced anew."
        ),
        button=_("See the credit note"),
        more=("credited", "number", "amount", "supplier", "reason"),
    )
    INVOICE_EXPECTED = Mail(
        "invoice_expected",
        name=_("Invoice of one's own asked for"),
        reader=Reader.FACILITATOR,
        subject=_("Your fees are approved: {amount} to invoice"),
        body=_(
            "Hello {first_name},\n\nFees of {amount} excluding VAT were approved. Send your invoice on your page of "
            "fees: nothing is paid without it.\n\nWith a mandate signed there, invoices are made for you."
        ),
        button=_("Send my invoice"),
        more=("amount",),
    )
    INVOICE_RETURNED = Mail(
        "invoice_returned",
        name=_("Invoice of one's own returned"),
        reader=Reader.FACILITATOR,
        subject=_("Your invoice {number} came back"),
        body=_(
            "Hello {first_name},\n\nFinance returned the invoice {number}: {reason}\n\n"
            "Send the corrected one on your page of fees."
        ),
        button=_("Send my invoice"),
        more=("number", "reason"),
    )
    CONTEST_ANSWERED = Mail(
        "contest_answered",
        name=_("Answer to a contested invoice"),
        reader=Reader.FACILITATOR,
        subject=_("The invoice {number} stands as it is"),
        body=_(
            "Hello,\n\nYou contested the invoice {number} of {supplier}. Finance looked at it and keeps it as it "
            "is: {reason}\n\nIt is paid on {due_on}."
        ),
        button=_("See the invoice"),
        more=("number", "supplier", "reason", "due_on"),
    )
    FEES_PAID = Mail(
        "fees_paid",
        name=_("Fees paid"),
        reader=Reader.FACILITATOR,
        subject=_("{amount} paid on {day}"),
        body=_(
            "Hello,\n\n{organisation} has paid {amount} to {supplier} on {day}, to the account ending in {account}."
            "\n\nOn the statement: {remittance}, reference {reference}."
        ),
        button=_("See my fees"),
        more=("amount", "day", "supplier", "account", "remittance", "reference"),
    )
