"""A supplier accepts an invoice, contests it line by line, or says nothing in time."""

import pytest

from cordee.invoices import actions, queries
from cordee.invoices.models import Contest, Invoice
from cordee.invoices.states import InvoiceState
from cordee.journal import actions as journal
from cordee.journal.models import Entry
from cordee.kernel.actor import COMMAND, Actor, ActorKind
from tests.conftest import MovableClock
from tests.invoices.drafts import SOLE_TRADER, draft, line
from tests.invoices.stories import issue
from tests.refusals import refused

pytestmark = pytest.mark.django_db

SUPPLIER = Actor(ActorKind.LINK, link_id=7)


def state_of(invoice: Invoice) -> tuple[str, str]:
    return Invoice.objects.values_list("state", "accepted_as").get(pk=invoice.pk)


def contest(invoice: Invoice, *words: str) -> None:
    lines = queries.lines_of([invoice.pk])[invoice.pk]
    reasons = {one.pk: said for one, said in zip(lines, words, strict=False)}
    actions.contest(invoice_id=invoice.pk, reasons=reasons, by=SUPPLIER)


def test_a_supplier_accepts_and_a_second_click_changes_nothing() -> None:
    invoice = issue()
    for _click in range(2):
        actions.accept(invoice_id=invoice.pk, by=SUPPLIER)
    assert state_of(invoice) == ("accepted", "supplier")
    (entry,) = Entry.objects.filter(fact="InvoiceAccepted")
    assert (entry.link_id, entry.payload["how"]) == (7, "supplier")


def test_silence_is_acceptance_once_the_period_is_over(now: MovableClock) -> None:
    invoice, other = issue(), issue(source="2")
    contest(other, "I was paid already")
    now.move_to("2027-01-14 23:59")  # the last day: the fourth, and ten days
    assert actions.accept_silent() == 0
    now.move_to("2027-01-15 00:01")
    assert actions.accept_silent() == 1
    assert actions.accept_silent() == 0
    assert state_of(invoice) == ("accepted", "silence")
    assert state_of(other) == ("contested", "")
    (entry,) = Entry.objects.filter(fact="InvoiceAccepted")
    assert (entry.actor_kind, entry.payload["how"]) == ("system", "silence")


def test_lines_are_contested_with_words_that_can_be_erased() -> None:
    invoice = issue(draft(SOLE_TRADER, line("180"), line("90")))
    contest(invoice, "It was a whole day")
    assert state_of(invoice) == ("contested", "")
    (contested,) = queries.contests_of([invoice.pk])[invoice.pk]
    assert (contested.words, contested.upheld, contested.answer) == ("It was a whole day", None, "")
    (entry,) = Entry.objects.filter(fact="InvoiceContested")
    assert entry.payload == {"invoice_id": invoice.pk, "number": "ROUX-00001", "lines": 1}
    journal.erase_reason(Contest.objects.get().words_id)  # type: ignore[arg-type]  # as a fact would name it
    assert queries.contests_of([invoice.pk])[invoice.pk][0].words == ""


def test_what_is_wrong_with_contesting_is_said(now: MovableClock) -> None:
    invoice, other = issue(draft(SOLE_TRADER, line(), line())), issue(source="2")
    with refused("no_line_contested"):
        actions.contest(invoice_id=invoice.pk, reasons={}, by=SUPPLIER)
    strange = queries.lines_of([other.pk])[other.pk][0]
    with refused("no_line_contested"):
        actions.contest(invoice_id=invoice.pk, reasons={strange.pk: "not mine"}, by=SUPPLIER)
    for words in (" ", "x" * 1001):
        with refused("no_reason"):
            contest(invoice, words)
    now.move_to("2027-01-15 00:01")
    with refused("too_late_to_contest"):
        contest(invoice, "wrong")
    actions.accept(invoice_id=invoice.pk, by=SUPPLIER)
    assert not Contest.objects.exists()


def test_what_was_accepted_or_contested_is_not_contested_again() -> None:
    accepted, contested = issue(), issue(source="2")
    actions.accept(invoice_id=accepted.pk, by=SUPPLIER)
    contest(contested, "wrong")
    for invoice in (accepted, contested):
        with refused("invoice_decided"):
            contest(invoice, "wrong")
    with refused("invoice_decided"):
        actions.accept(invoice_id=contested.pk, by=SUPPLIER)


def test_a_contest_upheld_ends_in_a_credit_note_and_a_new_invoice() -> None:
    invoice = issue(draft(SOLE_TRADER, line("180"), line("90")))
    contest(invoice, "It was a whole day", "And so was this")
    note = actions.uphold(invoice_id=invoice.pk, answer="You are right.", by=COMMAND)
    assert (note.kind, note.credits_id) == ("261", invoice.pk)
    assert state_of(invoice) == ("credited", "")
    told = queries.contests_of([invoice.pk])[invoice.pk]
    assert [(one.upheld, one.answer) for one in told] == [(True, "You are right.")] * 2
    (entry,) = Entry.objects.filter(fact="InvoiceCredited")
    assert entry.payload["upheld"]
    right = issue(draft(SOLE_TRADER, line("360")), "request:1:again")
    numbers = Invoice.objects.order_by("pk").values_list("number", flat=True)
    assert [*numbers] == ["ROUX-00001", "ROUX-00002", "ROUX-00003"]
    assert right.state == InvoiceState.ISSUED
    with refused("invoice_decided"):
        actions.uphold(invoice_id=invoice.pk, answer="Again", by=COMMAND)


def test_a_contest_dismissed_leaves_the_invoice_standing_with_the_answer() -> None:
    invoice = issue()
    contest(invoice, "It was a whole day")
    with refused("no_reason"):
        actions.dismiss(invoice_id=invoice.pk, answer=" ", by=COMMAND)
    with refused("not_finance"):
        actions.dismiss(invoice_id=invoice.pk, answer="No", by=SUPPLIER)
    actions.dismiss(invoice_id=invoice.pk, answer="The sheet says a half-day.", by=COMMAND)
    assert state_of(invoice) == ("accepted", "dismissed")
    (told,) = queries.contests_of([invoice.pk])[invoice.pk]
    assert (told.upheld, told.answer) == (False, "The sheet says a half-day.")


def test_a_credit_note_is_neither_contested_nor_accepted_by_silence(now: MovableClock) -> None:
    note = actions.credit(invoice_id=issue().pk, reason="twice", by=COMMAND)
    with refused("invoice_decided"):
        contest(note, "wrong")
    now.move_to("2027-03-01 09:00")
    assert actions.accept_silent() == 0


def test_what_finance_asks_in_lists(now: MovableClock, django_assert_num_queries: object) -> None:
    first, second = issue(), issue(draft(series="supplier:2", prefix="NEVE"), "2")
    now.move_to("2027-02-03 09:00")
    third = issue(source="3")
    contest(third, "wrong")
    assert [*queries.of_series(["supplier:1"])] == [third, first]
    assert [*queries.of_series(["supplier:2"])] == [second]
    assert actions.accept_silent() == 2
