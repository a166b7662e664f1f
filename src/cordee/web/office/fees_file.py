"""Approved fees as a file for a spreadsheet."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.fees.models import FeeLine
from cordee.kernel.spreadsheets import amount_cell, as_csv


def approved_fees_csv(lines: Iterable[FeeLine]) -> bytes:
    """Return one row per fee, as French spreadsheets open them."""
    heads = [
        _("Request"),
        _("Kind"),
        _("Mission"),
        _("Client"),
        _("Session"),
        _("Facilitator"),
        _("E-mail"),
        _("Quantity"),
        _("Unit amount excl. VAT"),
        _("Amount excl. VAT"),
        _("Decided on"),
    ]
    return as_csv(heads, map(_cells, lines))


def _cells(line: FeeLine) -> list[str]:
    request = line.request
    decided_at = request.decided_at
    return [
        request.ref,
        line.get_kind_display(),
        request.mission.ref,
        request.mission.order.client.name,
        line.session.ref if line.session else "",
        line.facilitator.full_name,
        line.facilitator.user.email,
        str(line.quantity),
        amount_cell(line.unit_amount),
        amount_cell(line.amount),
        timezone.localtime(decided_at).date().isoformat() if decided_at else "",
    ]
