"""How far the money of a fee is, in words for those who run the mission and for finance."""

from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.fees.models import FeeLine
from cordee.kernel.money import Money
from cordee.kernel.refusals import Blocker
from cordee.payments.queries import Whereabouts
from cordee.payments.states import FeeStage
from cordee.web.components import formatting

_WORDS: Final[dict[FeeStage, tuple[str, Promise]]] = {
    FeeStage.APPROVED: ("wait", gettext_lazy("to be invoiced")),
    FeeStage.NOTHING: ("done", gettext_lazy("nothing to pay")),
    FeeStage.INVOICE_EXPECTED: ("wait", gettext_lazy("their invoice is expected")),
    FeeStage.INVOICE_GIVEN: ("wait", gettext_lazy("invoice %(number)s: finance looks at it")),
    FeeStage.CONTEST_WINDOW: ("wait", gettext_lazy("invoice %(number)s, to contest until %(day)s")),
    FeeStage.CONTESTED: ("late", gettext_lazy("invoice %(number)s contested")),
    FeeStage.TO_PAY: ("wait", gettext_lazy("to be paid by %(day)s")),
    FeeStage.IN_BATCH: ("wait", gettext_lazy("paid on %(day)s, in preparation")),
    FeeStage.PAID: ("done", gettext_lazy("paid on %(day)s")),
}


def amount_of(fee: FeeLine, where: Whereabouts | None) -> Money:
    """Return what a fee comes to, euros excluding VAT: what its invoice says, once it is on one."""
    return where.amount if where and where.amount is not None else Money(fee.amount)


class MoneyTold(NamedTuple):
    """Where the money of a fee is, in words, the kind of tag they stand in, and what keeps it from going on."""

    kind: str
    words: str
    lacks: tuple[Blocker, ...]


def money_state(fee: FeeLine, where: Whereabouts | None) -> MoneyTold | None:
    """Return where the money of a fee is, with what a correction made of it; nothing before finance approved it."""
    if where is None or where.stage == FeeStage.REQUESTED:
        return None
    kind, words = _WORDS[where.stage]
    day = formatting.short_day(where.day) if where.day else ""
    told = words % {"number": where.number, "day": day}
    amount = amount_of(fee, where)
    if amount != Money(fee.amount):
        told = _("%(told)s · corrected: %(amount)s") % {"told": told, "amount": formatting.money(amount)}
    return MoneyTold(kind, told, where.lacks)
