"""How far a fee is, as its facilitator reads it: held, proven, asked for, approved, invoiced, to be paid, paid."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.fees.models import FeeLine
from cordee.fees.states import RequestStatus
from cordee.payments.queries import Whereabouts
from cordee.payments.states import FeeStage
from cordee.web.components import formatting


def steps(line: FeeLine, where: Whereabouts, *, held: bool, by_sheet: bool) -> list[dict[str, str]]:
    """Return the stages of a fee, with the day on which each was or will be. `held`: what proves its session is not
    complete, a signed sheet or (not `by_sheet`) presence alone; fees are asked for and invoiced meanwhile.
    """
    found = [*_proof(line, held=held, by_sheet=by_sheet), *_asked(line, where)]
    return [{"label": label, "state": state, "url": url} for label, state, url in found]


def _proof(line: FeeLine, *, held: bool, by_sheet: bool) -> Iterator[tuple[str, str, str]]:
    yield _("held"), "done", ""
    if line.session is None:
        return
    if by_sheet:
        url = reverse("sheet_review", args=[line.session.ref])
        yield _("sheet not conform yet") if held else _("sheet conform"), "" if held else "done", url
    else:
        yield _("presence to be completed") if held else _("presence recorded"), "" if held else "done", ""


def _asked(line: FeeLine, where: Whereabouts) -> Iterator[tuple[str, str, str]]:
    request = line.request
    yield _("asked for on %(day)s") % {"day": formatting.short_day(request.sent_at)}, "done", ""
    if request.status != RequestStatus.APPROVED or request.decided_at is None:
        yield _("finance looks at it"), "now", ""
        return
    yield _("approved on %(day)s") % {"day": formatting.short_day(request.decided_at)}, "done", ""
    yield from _billed(where)


def _billed(where: Whereabouts) -> Iterator[tuple[str, str, str]]:
    url = reverse("my_invoice", args=[where.payable_id]) if where.invoice_id else ""
    day = formatting.short_day(where.day) if where.day else ""
    match where.stage:
        case FeeStage.APPROVED:
            yield _("to be invoiced"), "now", ""
        case FeeStage.NOTHING:
            yield _("nothing to pay"), "done", ""
        case FeeStage.INVOICE_EXPECTED:
            yield _("your invoice is expected"), "now", reverse("give_invoice", args=[where.payable_id])
        case FeeStage.INVOICE_GIVEN:
            yield _("invoice %(number)s: finance looks at it") % {"number": where.number}, "now", ""
        case FeeStage.CONTEST_WINDOW:
            words = _("invoice %(number)s, to contest until %(day)s")
            yield words % {"number": where.number, "day": day}, "now", url
        case FeeStage.CONTESTED:
            yield _("invoice %(number)s contested") % {"number": where.number}, "now", url
        case FeeStage.TO_PAY:
            yield _("invoice %(number)s") % {"number": where.number}, "done", url
            yield _("to be paid by %(day)s") % {"day": day}, "now", ""
        case FeeStage.IN_BATCH:
            yield _("invoice %(number)s") % {"number": where.number}, "done", url
            yield _("paid on %(day)s, in preparation") % {"day": day}, "now", ""
        case _:
            yield _("invoice %(number)s") % {"number": where.number}, "done", url
            yield _("paid on %(day)s") % {"day": day}, "done", ""


def waits_for(where: Whereabouts) -> dict[str, Any] | None:
    """Return what a fee waits for that its facilitator can do something about; nothing otherwise."""
    if where.stage == FeeStage.INVOICE_EXPECTED:
        return {"label": _("Send my invoice"), "url": reverse("give_invoice", args=[where.payable_id])}
    if where.stage == FeeStage.CONTEST_WINDOW:
        return {"label": _("Accept or contest"), "url": reverse("my_invoice", args=[where.payable_id])}
    return None
