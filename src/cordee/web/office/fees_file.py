"""Approved fees as a file for a spreadsheet."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO

from django.utils import timezone
from django.utils.translation import gettext as _

from cordee.fees.models import FeeLine

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run as a formula."""


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet runs: names and titles are typed by many people."""
    return f"'{text}" if text.startswith(_RUNS) else text


def approved_fees_csv(lines: Iterable[FeeLine]) -> bytes:
    """Return one row per fee, as French spreadsheets open them: UTF-8 with its mark, semicolons, comma."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
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
    )
    for line in lines:
        writer.writerow([harmless(cell) for cell in _cells(line)])
    return out.getvalue().encode("utf-8-sig")


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
        _amount(line.unit_amount),
        _amount(line.amount),
        timezone.localtime(decided_at).date().isoformat() if decided_at else "",
    ]


def _amount(value: Decimal) -> str:
    return f"{value:.2f}".replace(".", ",")
