"""Whatever is done with invoices, in whatever order, numbers, sums and contents stay true."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cordee.invoices import actions, queries
from cordee.invoices.content import VatRule
from cordee.invoices.models import Invoice, InvoiceLine, InvoiceSeries
from cordee.invoices.states import Acceptance, InvoiceState
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Refused
from cordee.payments.queries import audit
from tests.conftest import NOON, MovableClock
from tests.invoices.drafts import COMPANY, SOLE_TRADER, draft, line
from tests.invoices.stories import issue

VERBS = (
    "issue",
    "issue",
    "issue",
    "correct",
    "accept",
    "contest",
    "contest",
    "uphold",
    "dismiss",
    "credit",
    "wait",
    "wait",
    "break_off",
)
STEPS = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 5), st.integers(0, 9999)), max_size=25)


class World:
    """Two suppliers and everything that can be done with their invoices; each verb takes two numbers to choose by."""

    def __init__(self, now: MovableClock) -> None:
        self.now = now

    def invoice(self, n: int) -> Invoice:
        found = list(Invoice.objects.order_by("-pk"))
        if not found:
            raise Refused(())
        return found[n % len(found)]

    def issue(self, a: int, b: int, corrects: int | None = None) -> None:
        lines = [line(f"{b}.{a}1", rule) for rule in [VatRule.STANDARD, VatRule.EXEMPT_TRAINING][: 1 + a % 2]]
        given_draft = draft(COMPANY, *lines, series=f"supplier:{a % 2}", prefix=f"P{a % 2}")
        issue(given_draft, f"{b % 7}:{a}:{corrects}", corrects=corrects)

    def correct(self, a: int, b: int) -> None:
        invoice = self.invoice(a)
        self.issue(int(invoice.series.key[-1]), b, invoice.pk)

    def accept(self, a: int, _b: int) -> None:
        actions.accept(invoice_id=self.invoice(a).pk, by=COMMAND)

    def contest(self, a: int, b: int) -> None:
        invoice = self.invoice(a)
        lines = queries.lines_of([invoice.pk])[invoice.pk][: 1 + b % 2]
        actions.contest(invoice_id=invoice.pk, reasons={one.pk: "x" for one in lines}, by=COMMAND)

    def uphold(self, a: int, _b: int) -> None:
        actions.uphold(invoice_id=self.invoice(a).pk, answer="x", by=COMMAND)

    def dismiss(self, a: int, _b: int) -> None:
        actions.dismiss(invoice_id=self.invoice(a).pk, answer="x", by=COMMAND)

    def credit(self, a: int, _b: int) -> None:
        actions.credit(invoice_id=self.invoice(a).pk, reason="x", by=COMMAND)

    def wait(self, a: int, _b: int) -> None:
        self.now.at += timedelta(days=4 * a)
        actions.accept_silent()

    def break_off(self, a: int, b: int) -> None:
        with transaction.atomic():
            self.issue(a, b)
            raise Refused(())

    def is_true(self) -> None:
        assert audit() == []
        assert not Invoice.objects.filter(state=InvoiceState.CONTESTED, contests=None).exists()


def test_whatever_happens_the_books_are_true(db: None, now: MovableClock) -> None:
    reached: set[tuple[str, str]] = set()

    @settings(max_examples=60)
    @example([("issue", 0, 1), ("wait", 5, 0), ("issue", 0, 2), ("correct", 0, 3), ("issue", 1, 4)])
    @example([("issue", 0, 1), ("contest", 0, 0), ("dismiss", 0, 0), ("issue", 0, 2), ("contest", 0, 1)])
    @example([("issue", 0, 1), ("accept", 0, 0), ("issue", 0, 2), ("credit", 0, 0)])
    @given(STEPS)
    def happens(steps: list[tuple[str, int, int]]) -> None:
        now.at = NOON
        with transaction.atomic():
            world = World(now)
            for verb, a, b in steps:
                act: Callable[[int, int], None] = getattr(world, verb)
                with suppress(Refused), transaction.atomic():
                    act(a, b)
            world.is_true()
            reached.update(Invoice.objects.values_list("state", "accepted_as"))
            transaction.set_rollback(True)

    happens()
    states, ways = map(set, zip(*reached, strict=True))
    assert (states, ways - {""}) == ({*InvoiceState}, {*Acceptance}), "every end was come to"


# --- each fault is found --------------------------------------------------------------------------
FAULTS: dict[str, Callable[[], Any]] = {
    "number_lost": lambda: InvoiceSeries.objects.update(last=3),
    "day_out_of_order": lambda: Invoice.objects.filter(position=1).update(
        issued_on=clock.today() + timedelta(days=1)
    ),
    "lines_differ": lambda: InvoiceLine.objects.filter(invoice__position=2).update(amount=7),
    "credit_differs": lambda: Invoice.objects.filter(position=1).update(
        state="accepted", accepted_as="supplier"
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_is_found(code: str) -> None:
    actions.credit(invoice_id=issue().pk, reason="twice", by=COMMAND)
    assert audit() == []
    FAULTS[code]()
    assert code in {finding.code for finding in audit()}


@pytest.mark.django_db
def test_a_total_with_another_vat_is_found_and_one_that_binary_cannot_hold_is_not() -> None:
    invoice = issue(draft(COMPANY, line("0.10", VatRule.STANDARD), line("0.20", VatRule.STANDARD)))
    assert audit() == []
    Invoice.objects.filter(pk=invoice.pk).update(vat="0.07")
    assert [finding.code for finding in audit()] == ["lines_differ"]


# --- reading --------------------------------------------------------------------------------------
def _read_all() -> None:
    shown = [*queries.of_series(["supplier:1"])]
    ids = [invoice.pk for invoice in shown]
    queries.lines_of(ids)
    queries.contests_of(ids)
    queries.news_of(ids)
    [(row.number, row.get_state_display()) for row in shown]


@pytest.mark.django_db
def test_one_and_thirty_invoices_are_read_with_as_many_queries(django_assert_num_queries: Any) -> None:
    def contested(source: str) -> None:
        invoice = issue(draft(SOLE_TRADER, line(), line()), source)
        (first, _second) = queries.lines_of([invoice.pk])[invoice.pk]
        actions.contest(invoice_id=invoice.pk, reasons={first.pk: "x"}, by=COMMAND)

    contested("1")
    with CaptureQueriesContext(connection) as alone:
        _read_all()
    for n in range(2, 31):
        contested(str(n))
    with django_assert_num_queries(len(alone)):
        _read_all()
    assert len(alone) <= 12
