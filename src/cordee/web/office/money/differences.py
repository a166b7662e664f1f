"""What a supplier's own invoice asks for that is not what is due, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.fees.models import ReceivedInvoice
from cordee.fees.states import Difference
from cordee.web.components.formatting import money

DIFFERENCES = {
    Difference.AMOUNT: gettext_lazy("The amount excluding VAT is not what is due."),
    Difference.VAT: gettext_lazy("The VAT is not what the supplier's regime says."),
    Difference.SUPPLIER: gettext_lazy("The SIREN, the VAT number or the name is not the supplier's."),
    Difference.BUYER: gettext_lazy("It is not made out to the organisation."),
    Difference.IBAN: gettext_lazy("It names another bank account than the one confirmed."),
    Difference.CURRENCY: gettext_lazy("It is in another currency: the euros agreed are paid."),
    Difference.LINES: gettext_lazy("Its lines are not worth what each fee is."),
    Difference.FILE: gettext_lazy("What was typed is not what the file says."),
}


def differences_of(received: ReceivedInvoice) -> list[str]:
    """Return what differs from what is due; an amount in euros with how much more or less it is."""
    told = {Difference(code): str(DIFFERENCES[Difference(code)]) for code in received.differences}
    if Difference.AMOUNT in told and received.currency == "EUR":
        asked, due = received.excl, received.payable.total_excl
        words = (
            _("%(asked)s excluding VAT, where %(due)s is due: %(gap)s too much.")
            if asked > due
            else _("%(asked)s excluding VAT, where %(due)s is due: %(gap)s too little.")
        )
        told[Difference.AMOUNT] = words % {
            "asked": money(asked),
            "due": money(due),
            "gap": money(abs(asked - due)),
        }
    return list(told.values())
