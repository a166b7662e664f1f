"""How far the money of a fee is, in words for those who run the mission and for finance."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cordee.payments.queries import Whereabouts
from cordee.payments.states import FeeStage
from cordee.web.components import formatting

_WORDS: Final[dict[FeeStage, tuple[str, Promise]]] = {
    FeeStage.APPROVED: ("wait", gettext_lazy("to be invoiced")),
    FeeStage.INVOICE_EXPECTED: ("wait", gettext_lazy("their invoice is expected")),
    FeeStage.INVOICE_GIVEN: ("wait", gettext_lazy("invoice %(number)s: finance looks at it")),
    FeeStage.CONTEST_WINDOW: ("wait", gettext_lazy("invoice %(number)s, to contest until %(day)s")),
    FeeStage.CONTESTED: ("late", gettext_lazy("invoice %(number)s contested")),
    FeeStage.TO_PAY: ("wait", gettext_lazy("to be paid by %(day)s")),
    FeeStage.IN_BATCH: ("wait", gettext_lazy("paid on %(day)s, in preparation")),
    FeeStage.PAID: ("done", gettext_lazy("paid on %(day)s")),
}


def money_state(where: Whereabouts | None) -> tuple[str, str] | None:
    """Return the kind of tag and the words for where the money is; nothing before finance approved the fee."""
    if where is None or where.stage == FeeStage.REQUESTED:
        return None
    kind, words = _WORDS[where.stage]
    day = formatting.short_day(where.day) if where.day else ""
    return kind, words % {"number": where.number, "day": day}
