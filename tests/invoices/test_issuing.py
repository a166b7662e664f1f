"""An invoice is issued once, under the next number of its supplier, and never changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from cordee.invoices import actions, queries
from cordee.invoices.content import Content, Line, VatRule, digest_of
from cordee.invoices.facts import InvoiceCredited, InvoiceIssued
from cordee.invoices.models import Invoice, InvoiceSeries
from cordee.invoices.states import InvoiceState, Kind
from cordee.journal.models import Entry, Reason
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND, SYSTEM, Actor, ActorKind
from cordee.kernel.refusals import Refused
from tests.conftest import MovableClock
from tests.invoices.drafts import COMPANY, SOLE_TRADER, draft, line
from tests.invoices.stories import issue, today
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def test_an_invoice_keeps_all_that_stands_on_it() -> None:
    given = draft(COMPANY, line("250", VatRule.STANDARD), line("99.99", VatRule.STANDARD, "3"))
    invoice = issue(given)
    assert (invoice.number, invoice.kind, invoice.state) == ("ROUX-00001", Kind.INVOICE, InvoiceState.ISSUED)
    assert (invoice.total_excl, invoice.vat, invoice.total) == tuple(
        map(Decimal, ("549.97", "109.99", "659.96"))
    )
    kept = Invoice.objects.get(pk=invoice.pk)
    assert kept.content_sha256 == digest_of(kept.content)
    content = Content.from_json(kept.content)
    assert content.draft == today(given)
    assert (content.number, content.kind, content.earlier) == (invoice.number, Kind.INVOICE, None)
    amounts = [(one.position, one.amount, one.vat_rule) for one in queries.lines_of([invoice.pk])[invoice.pk]]
    assert amounts == [(1, Decimal("250.00"), "standard"), (2, Decimal("299.97"), "standard")]
    (entry,) = Entry.objects.filter(fact=InvoiceIssued.__name__)
    assert entry.payload == {"invoice_id": invoice.pk, "number": "ROUX-00001", "kind": "389"}


def test_numbers_follow_each_other_for_each_supplier_over_the_years(now: MovableClock) -> None:
    other = draft(COMPANY, line("90", VatRule.STANDARD), series="supplier:2", prefix="NEVE")
    numbers = [issue(source="1").number, issue(other, "2").number]
    now.move_to("2028-02-01 09:00")
    numbers += [issue(source="3").number, issue(other, "4").number]
    assert numbers == ["ROUX-00001", "NEVE-00001", "ROUX-00002", "NEVE-00002"]


def test_the_same_source_is_invoiced_once_whatever_it_is_by_then() -> None:
    first = issue()
    again = issue(draft(SOLE_TRADER, line("999")))
    assert again == first
    assert Invoice.objects.count() == 1
    assert InvoiceSeries.objects.get().last == 1


def test_what_is_undone_leaves_no_gap() -> None:
    class Undone(Exception):
        pass

    def undone(source: str) -> None:
        with transaction.atomic():
            issue(source=source)
            raise Undone

    with pytest.raises(Undone):
        undone("1")
    assert not InvoiceSeries.objects.exists()
    assert issue(source="2").number == "ROUX-00001"
    with pytest.raises(Undone):
        undone("3")
    assert issue(source="4").number == "ROUX-00002"


def test_a_series_keeps_the_prefix_it_began_with() -> None:
    issue(source="1")
    assert issue(draft(prefix="CAMILLE"), source="2").number == "ROUX-00002"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"lines": ()}, "nothing_to_invoice"),
        ({"lines": (line("0"),)}, "no_amount"),
        ({"lines": (line("-5"),)}, "no_amount"),
        ({"lines": (line("0.01", quantity="0.1"),)}, "no_amount"),
        ({"lines": (line("90", quantity="-1"),)}, "no_amount"),
        ({"lines": (line("90", quantity="1.00001"),)}, "long_quantity"),
        ({"lines": (line("90", VatRule.STANDARD),)}, "no_vat_number"),
        ({"seller": replace(SOLE_TRADER, siren="404833049")}, "no_siren"),
        ({"seller": replace(SOLE_TRADER, electronic_address="")}, "no_electronic_address"),
        ({"seller": replace(SOLE_TRADER, electronic_address="732829320")}, "no_electronic_address"),
        ({"seller": replace(SOLE_TRADER, city=" ")}, "address_missing"),
        ({"seller": replace(SOLE_TRADER, country="BE")}, "abroad"),
        ({"buyer": replace(SOLE_TRADER, siren="")}, "no_siren"),
        ({"due_on": date(2026, 1, 1)}, "due_before_issue"),
        ({"prefix": "ROUX & CO"}, "bad_prefix"),
        ({"prefix": "Rœux"}, "bad_prefix"),
        ({"prefix": ""}, "bad_prefix"),
        ({"prefix": "X" * 25}, "bad_prefix"),
        ({"issued_on": date(2027, 1, 5)}, "not_in_order"),
    ],
)
def test_what_cannot_be_invoiced_is_refused_and_takes_no_number(
    changed: dict[str, object], code: str
) -> None:
    given = replace(today(draft()), **changed)
    with pytest.raises(Refused) as caught:
        actions.issue(draft=given, source="1", contest_until=clock.today(), by=SYSTEM)
    assert code in {blocker.code for blocker in caught.value.blockers}
    for blocker in caught.value.blockers:
        assert blocker.message
        assert blocker.fix
    assert not Invoice.objects.exists()


def test_an_invoice_is_not_dated_before_the_last_one_of_its_supplier(now: MovableClock) -> None:
    issue(source="1")
    now.move_to("2027-01-05 09:00")
    issue(source="2")
    early = draft().issued_again(date(2027, 1, 4), date(2027, 2, 4))
    with refused("not_in_order"):
        actions.issue(draft=early, source="3", contest_until=date(2027, 1, 14), by=SYSTEM)


def test_two_suppliers_never_number_alike() -> None:
    issue(source="1")
    with refused("prefix_taken"):
        issue(draft(series="supplier:2"), source="2")


def test_only_finance_issues_and_credits() -> None:
    somebody = Actor(ActorKind.USER, user_id=1)
    with refused("not_finance"):
        actions.issue(draft=today(draft()), source="1", contest_until=clock.today(), by=somebody)
    invoice = issue()
    with refused("not_finance"):
        actions.credit(invoice_id=invoice.pk, reason="twice", by=somebody)


# --- taking back ----------------------------------------------------------------------------------
def test_a_credit_note_names_the_invoice_and_its_day_and_takes_the_next_number(now: MovableClock) -> None:
    invoice = issue()
    now.move_to("2027-01-12 10:00")
    note = actions.credit(invoice_id=invoice.pk, reason=" Ada was ill. ", by=COMMAND)
    assert (note.number, note.kind, note.credits) == ("ROUX-00002", Kind.CREDIT_NOTE, invoice)
    assert note.total == invoice.total
    content = Content.from_json(note.content)
    assert content.earlier is not None
    assert (content.earlier.number, content.earlier.issued_on) == ("ROUX-00001", date(2027, 1, 4))
    assert content.draft.issued_on == content.draft.due_on == date(2027, 1, 12)
    assert (note.state, note.accepted_as) == ("accepted", "credit_note")
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.CREDITED
    (entry,) = Entry.objects.filter(fact=InvoiceCredited.__name__)
    assert entry.payload["credit_note"] == "ROUX-00002"
    assert Reason.objects.get(pk=entry.payload["reason_id"]).text == "Ada was ill."
    assert "Ada" not in str(note.content)


def test_an_invoice_is_taken_back_once_and_a_credit_note_never() -> None:
    invoice = issue()
    note = actions.credit(invoice_id=invoice.pk, reason="twice", by=COMMAND)
    with refused("invoice_decided"):
        actions.credit(invoice_id=invoice.pk, reason="twice", by=COMMAND)
    with refused("a_credit_note"):
        actions.credit(invoice_id=note.pk, reason="twice", by=COMMAND)
    with refused("no_reason"):
        actions.credit(invoice_id=issue(source="2").pk, reason=" ", by=COMMAND)
    assert InvoiceSeries.objects.get().last == 3


def test_a_corrective_invoice_takes_the_place_of_the_one_it_names() -> None:
    invoice = issue()
    right = issue(draft(SOLE_TRADER, line("200")), "request:1:corrected", corrects=invoice.pk)
    assert (right.number, right.kind, right.credits) == ("ROUX-00002", Kind.CORRECTIVE, invoice)
    assert right.state == InvoiceState.ISSUED
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.REPLACED
    again = issue(draft(SOLE_TRADER, line("200")), "request:1:corrected", corrects=invoice.pk)
    assert again == right
    with refused("invoice_decided"):
        issue(source="other", corrects=invoice.pk)
    other = issue(draft(series="supplier:2", prefix="NEVE"), "4")
    with refused("another_supplier"):
        issue(source="5", corrects=other.pk)


def test_lines_of_one_invoice_may_have_two_reasons_of_exemption() -> None:
    lines: tuple[Line, ...] = (line("180"), line("412.50", VatRule.EXEMPT_TRAINING))
    invoice = issue(draft(SOLE_TRADER, *lines))
    assert (invoice.vat, invoice.total) == (0, Decimal("592.50"))
