"""Invoices issued at the same moment: no number is skipped, and none is given twice."""

from datetime import timedelta

import pytest
from django.db import transaction

from cordee.invoices import actions
from cordee.invoices.models import Invoice, InvoiceSeries
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND, SYSTEM
from tests.invoices.drafts import draft
from tests.races.conftest import Together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def issue(source: str) -> str:
    given = draft().issued_again(clock.today(), clock.today() + timedelta(days=30))
    until = clock.today() + timedelta(days=10)
    return actions.issue(draft=given, source=source, contest_until=until, by=SYSTEM).number


def issue_and_fail(source: str) -> str:
    with transaction.atomic():
        issue(source)
        transaction.set_rollback(True)
    return "undone"


def numbers() -> list[str]:
    return [*Invoice.objects.order_by("position").values_list("number", flat=True)]


def test_several_at_once_number_without_gap_or_double(together: Together) -> None:
    given = together(*[lambda n=n: issue(f"request:{n}") for n in range(6)])
    expected = [f"ROUX-{n:05d}" for n in range(1, 7)]
    assert sorted(map(str, given)) == numbers() == expected


def test_what_is_undone_beside_others_leaves_no_gap(together: Together) -> None:
    acts = [lambda n=n: (issue_and_fail if n % 2 else issue)(f"request:{n}") for n in range(6)]
    assert together(*acts).count("undone") == 3
    assert numbers() == [f"ROUX-{n:05d}" for n in range(1, 4)]
    assert InvoiceSeries.objects.get().last == 3


def test_one_source_asked_for_at_once_is_invoiced_once(together: Together) -> None:
    assert together(*[lambda: issue("request:1")] * 5) == ["ROUX-00001"] * 5
    assert Invoice.objects.count() == 1


def test_of_accepting_contesting_and_crediting_at_once_one_order_holds(together: Together) -> None:
    issue("request:1")
    invoice = Invoice.objects.get()
    line = invoice.lines.get()

    def accept() -> None:
        actions.accept(invoice_id=invoice.pk, by=SYSTEM)

    def contest() -> None:
        actions.contest(invoice_id=invoice.pk, reasons={line.pk: "wrong"}, by=SYSTEM)

    def credit() -> str:
        return actions.credit(invoice_id=invoice.pk, reason="twice", by=COMMAND).number

    outcomes = together(accept, contest, credit, credit)
    assert outcomes.count("ROUX-00002") == 1, "taken back once"
    assert outcomes.count(["invoice_decided"]) >= 1
    assert numbers() == ["ROUX-00001", "ROUX-00002"]
    assert {*Invoice.objects.values_list("state", flat=True)} == {"credited", "accepted"}
