"""The places of finance: requests, invoices, payments, books."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def money_tabs(current: str) -> list[dict[str, Any]]:
    """Return the tabs over the pages of finance; `current` is the name of its address."""
    places = {
        "fee_requests": _("Requests"),
        "invoices": _("Invoices"),
        "payments": _("Payments"),
        "books": _("Books"),
    }
    return [
        {"label": label, "url": reverse(name), "current": name == current, "count": None}
        for name, label in places.items()
    ]
