"""Invoices as they are issued today."""

from datetime import timedelta

from cordee.invoices import actions
from cordee.invoices.content import Draft
from cordee.invoices.models import Invoice
from cordee.kernel import clock
from cordee.kernel.actor import SYSTEM
from tests.invoices.drafts import draft


def today(given: Draft) -> Draft:
    """Return the draft as of today, due in thirty days."""
    return given.issued_again(clock.today(), clock.today() + timedelta(days=30))


def issue(given: Draft | None = None, source: str = "request:1", *, corrects: int | None = None) -> Invoice:
    """Issue an invoice that can be contested for ten days."""
    until = clock.today() + timedelta(days=10)
    return actions.issue(
        draft=today(given or draft()), source=source, contest_until=until, corrects=corrects, by=SYSTEM
    )
