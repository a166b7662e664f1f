"""The audit is loud over what nobody may do; over what people can do it is silent (`test_histories`)."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cordee.accounts.models import User
from cordee.cli.main import main
from cordee.fees.models import Payable, PayableLine
from cordee.invoices import actions as invoices
from cordee.invoices.models import Invoice, InvoiceSeries
from cordee.invoices.states import InvoiceState
from cordee.payments import actions
from cordee.payments.models import Batch, Part, Payment
from cordee.payments.queries import audit
from cordee.payments.states import PaymentState
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import PAID_BY, approved, ready_supplier, second_person, the_invoice

type Settle = Callable[[], None]


@pytest.fixture
def fanny(cast: Cast) -> User:
    return second_person()


# --- what it finds ------------------------------------------------------------------------------
@pytest.fixture
def paid(cast: Cast, now: MovableClock, settle: Settle, fanny: User) -> Batch:
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    invoices.accept(invoice_id=the_invoice(supplier).pk, by=cast.actor(cast.noor))
    now.move_to("2027-02-15 09:00")
    batch = actions.prepare(execute_on=date(2027, 2, 16), due_by=PAID_BY, by=cast.actor(cast.farid))
    actions.approve(batch_id=batch.pk, by=cast.actor(fanny))
    return batch


SPOILED: dict[str, Callable[[], object]] = {
    "payment_differs": lambda: Payment.objects.update(amount=251),
    "part_astray": lambda: Payment.objects.update(state=PaymentState.REJECTED),
    "payable_astray": lambda: Payable.objects.update(settled=False),
    "part_differs": lambda: (Part.objects.update(amount=1), Payment.objects.update(amount=1)),
    "payable_differs": lambda: PayableLine.objects.update(unit_amount=1),
    "invoice_differs": lambda: Payable.objects.update(total_excl=1),
    "number_lost": lambda: InvoiceSeries.objects.update(last=2),
    "credit_differs": lambda: Invoice.objects.update(state="credited", accepted_as=""),
    "billed_and_taken_back": lambda: PayableLine.objects.get().fee_line.__class__.objects.update(
        released=True
    ),
    "number_lost ": lambda: InvoiceSeries.objects.create(key="x", prefix="X", last=1),
    "fee_forgotten": lambda: PayableLine.objects.update(live=False),
    "fee_not_billed": lambda: (Part.objects.all().delete(), PayableLine.objects.all().delete()),
    "not_settled": lambda: Part.objects.update(amount=100),
}


@pytest.mark.parametrize("code", SPOILED)
def test_it_finds_what_nobody_may_do(paid: Batch, code: str) -> None:
    assert audit() == []
    SPOILED[code]()
    assert code.strip() in {finding.code for finding in audit()}


def test_amounts_that_binary_cannot_hold_are_no_fault(paid: Batch) -> None:
    line = PayableLine.objects.get()
    type(line.fee_line).objects.update(quantity=3)
    PayableLine.objects.update(unit_amount=Decimal("0.10"))
    Payable.objects.update(total_excl=Decimal("0.30"))
    assert "payable_differs" not in {finding.code for finding in audit()}, "three times 0.1 is not 0.3 there"


def test_the_command_says_whether_it_adds_up(paid: Batch, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", "en", "fees", "audit"]) == 0
    assert "Everything adds up" in capsys.readouterr().out
    Payment.objects.update(amount=251)
    assert main(["--language", "en", "fees", "audit"]) == 1
    assert "A payment is not the sum of what it pays. (1) V-2027-0001-1" in capsys.readouterr().out
    assert main(["fees", "audit", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["code"] == "payment_differs"


def test_the_command_writes_the_banks_file(
    paid: Batch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "a.xml", tmp_path / "b.xml"
    for file in (first, second):
        assert main(["payments", "export", paid.ref, "--out", str(file)]) == 0
    assert first.read_bytes() == second.read_bytes()
    assert b"pain.001.001.09" in first.read_bytes()
    assert main(["--language", "en", "payments", "export", "V-1999-0001", "--out", str(first)]) == 1
    assert "There is no batch V-1999-0001" in capsys.readouterr().err


def test_the_month_is_ended_in_one_go_and_again_changes_nothing(
    cast: Cast, now: MovableClock, settle: Settle, capsys: pytest.CaptureFixture[str]
) -> None:
    ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    now.move_to("2027-02-15 09:00")
    assert main(["--language", "en", "payments", "month-end", "--simulate"]) == 0
    assert not Batch.objects.exists()
    said = [main(["--language", "en", "payments", "month-end"]), capsys.readouterr().out]
    assert said[0] == 0
    assert "V-2027-0001 is prepared: 250.00 EUR. A second person approves it." in said[1]
    assert Batch.objects.get().approved_by is None
    assert main(["--language", "en", "payments", "month-end"]) == 0
    assert "There is nothing more to pay by 28 February 2027" in capsys.readouterr().out
    assert Batch.objects.count() == 1
    assert audit() == []


def test_stopped_before_its_batch_the_end_of_the_month_goes_on_from_there(
    cast: Cast, now: MovableClock, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    now.move_to("2027-02-15 09:00")
    day, by = date(2027, 2, 28), cast.actor(cast.farid)
    with monkeypatch.context() as patch:
        patch.setattr(actions, "prepare", _killed)
        with pytest.raises(KeyboardInterrupt):
            actions.month_end(due_by=day, execute_on=date(2027, 2, 16), by=by)
    assert the_invoice(supplier).state == InvoiceState.ACCEPTED
    batch = actions.month_end(due_by=day, execute_on=date(2027, 2, 16), by=by)
    assert batch is not None
    assert actions.month_end(due_by=day, execute_on=date(2027, 2, 16), by=by) is None
    assert audit() == []


def _killed(**_asked: object) -> None:
    raise KeyboardInterrupt


def test_a_batch_that_nobody_approved_is_not_written(
    cast: Cast, paid: Batch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actions.cancel(batch_id=paid.pk, reason="Non", by=cast.actor(cast.farid))
    file = tmp_path / "a.xml"
    assert main(["--language", "en", "payments", "export", paid.ref, "--out", str(file)]) == 1
    assert "cancelled" in capsys.readouterr().err
    assert not file.exists()
