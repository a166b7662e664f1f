"""Whatever suppliers, finance and the bank do, in whatever order: no fee is lost, none is paid twice."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet, Sum
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cordee.accounts.models import User
from cordee.conformity import actions as conformity
from cordee.conformity.states import Reason
from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest, Payable, PayableLine, ReceivedInvoice
from cordee.fees.queries import Stated
from cordee.fees.states import ReceivedState, RequestStatus
from cordee.invoices import actions as invoices
from cordee.invoices.content import VatRule
from cordee.invoices.models import Invoice
from cordee.invoices.states import InvoiceState
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.money import Money
from cordee.kernel.refusals import Refused
from cordee.organisation import actions as organisation
from cordee.organisation.queries import the_organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.payments import actions, queries
from cordee.payments.models import Batch, Part, Payment
from cordee.payments.queries import audit
from cordee.payments.states import BatchState, PaymentState, Wait
from cordee.planning.models import Session
from cordee.suppliers import actions as suppliers
from cordee.suppliers.models import Mandate, Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import approved, known_supplier, ready_supplier, second_person
from tests.papers import PDF
from tests.steps import all_present, confirm, enrol, plan, request_fees
from tests.suppliers.stories import BY_LINK, IBAN, OTHER_IBAN, signed

VERBS = (
    "decide",
    "ask",
    "accept",
    "contest",
    "correct",
    "correct",
    "give",
    "look_at",
    "sign",
    "revoke",
    "move_bank",
    "change_vat",
    "refuse_sheet",
    "wait",
    "bill",
    "prepare",
    "prepare",
    "end_month",
    "approve",
    "export",
    "execute",
    "pay_all",
    "pay_all",
    "reject",
    "cancel",
    "take_out",
)
type Step = tuple[str, int, int]
LAST = 3
STEPS = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, LAST), st.integers(1, 40_000)), min_size=8, max_size=30
)
CORRECTED = [("accept", 0, 1), ("correct", 0, 40_000), ("accept", 0, 1)]
SET_OFF_THEN_SENT_BACK: list[Step] = [
    ("accept", 0, 1),
    ("pay_all", 0, 1),
    *CORRECTED,
    ("pay_all", 0, 1),
    ("reject", 1, 1),
    ("pay_all", 0, 1),
]
SET_OFF_THEN_TAKEN_OUT: list[Step] = [
    ("accept", 0, 1),
    ("prepare", 0, 1),
    *CORRECTED,
    ("prepare", 0, 1),
    ("take_out", 1, 1),
    ("pay_all", 0, 1),
]
STEP_BY_STEP: list[Step] = [
    ("accept", 0, 1),
    *((verb, 0, 1) for verb in ("prepare", "approve", "export", "execute")),
]
RETURNED_AND_ASKED_AGAIN: list[Step] = [("decide", 0, 1), ("ask", 0, 1), ("decide", 1, 1), ("bill", 0, 1)]
ITS_OWN_INVOICE: list[Step] = [
    ("give", 0, 1),
    ("look_at", 1, 1),
    ("give", 0, 2),
    ("look_at", 0, 1),
    ("revoke", 0, 1),
    ("correct", 0, 9_000),
    ("pay_all", 0, 1),
]
GIVEN_AND_CONTESTED: list[Step] = [("give", 0, 1), ("decide", 1, 1), ("contest", 0, 1)]
ACCEPTED_AND_REFUSED: list[Step] = [("accept", 0, 1), *(("refuse_sheet", n, 1) for n in range(4))]
ACCEPTED_AND_MOVED: list[Step] = [("accept", 0, 1), ("move_bank", 1, 1)]
ACCEPTED_AND_DUE: list[Step] = [("accept", 0, 1), *[("wait", 3, 1)] * 4]


class World:
    """Two suppliers, three requests and everything that can be done about them; each verb takes a number by which it
    chooses (the latest first), and an amount in cents.
    """

    def __init__(self, cast: Cast, now: MovableClock, fanny: User) -> None:
        self.now, self.farid, self.fanny = now, cast.actor(cast.farid), cast.actor(fanny)
        self.cast, self.noor = cast, cast.actor(cast.noor)

    def one(self, rows: QuerySet[Any], n: int) -> int:
        ids = list(rows.order_by("-pk").values_list("pk", flat=True))
        if not ids:
            raise Refused(())
        return int(ids[n % len(ids)])

    def batch(self, n: int, state: BatchState) -> int:
        """Return a batch in this state; now and then any, which is refused."""
        return self.one(Batch.objects if n == LAST else Batch.objects.filter(state=state), n)

    # --- fees, invoices
    def decide(self, n: int, _cents: int) -> None:
        pk = self.one(FeeRequest.objects.filter(status=RequestStatus.SENT), n)
        if n % 4 == 0:
            fees.return_request(request_id=pk, reason="Trop tôt", by=self.farid)
        else:
            fees.approve(request_id=pk, by=self.farid)
            self.bill(0, 0)

    def ask(self, _n: int, _cents: int) -> None:
        request_fees(self.cast)

    def bill(self, _n: int, _cents: int) -> None:
        fees.bill_all()

    def accept(self, n: int, _cents: int) -> None:
        waiting = Invoice.objects.filter(state=InvoiceState.ISSUED)
        invoices.accept(invoice_id=self.one(waiting, n), by=self.noor)

    def contest(self, n: int, _cents: int) -> None:
        pk = self.one(Invoice.objects.filter(state=InvoiceState.ISSUED), n)
        lines = list(Invoice.objects.get(pk=pk).lines.values_list("pk", flat=True))
        invoices.contest(invoice_id=pk, reasons=dict.fromkeys(lines, "Faux"), by=self.noor)

    def correct(self, n: int, cents: int) -> None:
        payable = self.one(Payable.objects, n)
        amounts = {1: Money(Decimal(cents) / 100)}
        fees.correct(payable_id=payable, amounts=amounts, reason="Accord", by=self.farid)

    def give(self, n: int, cents: int) -> None:
        pk = self.one(Payable.objects.filter(invoice=None), n)
        due = Payable.objects.get(pk=pk).total_excl
        stated = Stated(number=f"F-{cents}", issued_on=clock.today(), excl=due, vat=Decimal(0), total=due)
        fees.give_invoice(payable_id=pk, content=PDF + b"%d" % cents, stated=stated, by=COMMAND)

    def look_at(self, n: int, _cents: int) -> None:
        pk = self.one(ReceivedInvoice.objects.filter(state=ReceivedState.RECEIVED), n)
        if n % 2:
            fees.return_received(received_id=pk, reason="Illisible", by=self.farid)
        else:
            fees.accept_received(received_id=pk, by=self.farid)

    # --- suppliers, sheets, time
    def sign(self, _n: int, _cents: int) -> None:
        signed(self.cast, Supplier.objects.order_by("pk")[0])

    def revoke(self, n: int, _cents: int) -> None:
        pk = self.one(Mandate.objects.filter(state="signed"), n)
        suppliers.revoke(mandate_id=pk, reason="Autre choix", by=COMMAND)

    def move_bank(self, n: int, _cents: int) -> None:
        supplier = self.one(Supplier.objects, n)
        iban = (IBAN, OTHER_IBAN)[n % 2]
        account = suppliers.propose_account(
            supplier_id=supplier, iban=iban, bic="", holder="Noor", by=COMMAND
        )
        if n:
            suppliers.confirm_account(account_id=account.pk, by=BY_LINK)

    def change_vat(self, n: int, _cents: int) -> None:
        rule = (VatRule.FRANCHISE, VatRule.STANDARD)[n % 2]
        suppliers.set_vat(
            supplier_id=self.one(Supplier.objects, n),
            service_type_id=None,
            rule=rule,
            since=clock.today(),
            by=COMMAND,
        )

    def refuse_sheet(self, n: int, _cents: int) -> None:
        session_id = self.one(Session.objects, n)
        by = self.cast.actor(self.cast.quitterie)
        conformity.refuse(session_id=session_id, reasons=[Reason.COPIED], by=by)

    def wait(self, n: int, _cents: int) -> None:
        self.now.at += timedelta(days=4 * n)
        invoices.accept_silent()

    # --- payments
    def prepare(self, _n: int, _cents: int) -> None:
        actions.prepare(execute_on=clock.today(), due_by=self.far(), by=self.farid)

    def end_month(self, _n: int, _cents: int) -> None:
        actions.month_end(execute_on=clock.today(), due_by=self.far(), by=self.farid)

    def far(self) -> Any:
        return clock.today() + timedelta(days=90)

    def approve(self, n: int, _cents: int) -> None:
        actions.approve(batch_id=self.batch(n, BatchState.DRAFT), by=self.fanny)

    def export(self, n: int, _cents: int) -> None:
        actions.export(batch_id=self.batch(n, BatchState.APPROVED), by=self.fanny)

    def execute(self, n: int, _cents: int) -> None:
        actions.mark_executed(batch_id=self.batch(n, BatchState.EXPORTED), on=clock.today(), by=self.fanny)

    def pay_all(self, n: int, cents: int) -> None:
        for verb in (self.prepare, self.approve, self.export, self.execute):
            with suppress(Refused), transaction.atomic():
                verb(n, cents)

    def reject(self, n: int, _cents: int) -> None:
        actions.reject(payment_id=self.one(Payment.objects, n), reason="Compte clos", by=self.fanny)

    def cancel(self, n: int, _cents: int) -> None:
        actions.cancel(batch_id=self.one(Batch.objects, n), reason="Erreur", by=self.fanny)

    def take_out(self, n: int, _cents: int) -> None:
        actions.take_out(payment_id=self.one(Payment.objects, n), by=self.fanny)

    def is_true(self) -> None:
        """Nothing is found by the audit; and, counted here by hand, what the bank brought and brings with what is still
        owed is what invoices that stand say.
        """
        assert audit() == []
        for supplier in Supplier.objects.all():
            parts = Part.objects.filter(live=True, payment__supplier=supplier)
            paid = parts.aggregate(total=Sum("amount"))["total"] or Decimal(0)
            owed = Money.total(row.amount for row in queries.owed([supplier.pk])).amount
            assert paid + owed == self.invoiced(supplier), supplier

    def waits_are_the_same_in_sql(self) -> set[str]:
        """What all that is owed waits for is added up in SQL, by the reason that `owed` gives first; where papers and
        sheets hold more, too. Return the reasons there were.
        """
        found = set()
        for holds in (False, True):
            policy = the_organisation()
            policy.papers_hold = policy.hold_coordination = holds
            policy.papers_from_amount = 0
            today = clock.today()
            told = {
                row.payable.pk: row.blockers[0].code if row.blockers else Wait.NOTHING
                for row in queries.owed(by_day=today, organisation=policy)
            }
            by_code = {pk: code if code in set(Wait) else Wait.ACCOUNT for pk, code in told.items()}
            assert dict(queries.waiting(policy, by_day=today).values_list("pk", "wait")) == by_code
            found |= set(by_code.values())
        return found

    def invoiced(self, supplier: Supplier) -> Decimal:
        issued = Invoice.objects.filter(
            pk__in=PayableLine.objects.filter(live=True, payable__supplier=supplier).values(
                "payable__invoice"
            )
        )
        given = ReceivedInvoice.objects.filter(supplier=supplier).exclude(state=ReceivedState.RETURNED)
        totals = (rows.aggregate(total=Sum("total"))["total"] or Decimal(0) for rows in (issued, given))
        return sum(totals, start=Decimal(0))


@pytest.fixture
def world(cast: Cast, now: MovableClock, settle: Callable[[], None]) -> World:
    """Noor's supplier has given its mandate, Camille's sends invoices of its own; one request is approved, another one
    waits for finance.
    """
    fanny = second_person()
    ready_supplier(cast)
    known_supplier(cast, cast.camille, 2)
    organisation.update(changes=OrganisationChanges(once_a_month=False), expected_version=None, by=COMMAND)
    (later,) = plan(cast, cast.noor, day=date(2027, 1, 21))
    confirm(cast, later, cast.noor)
    enrol(cast, later, "Paul")
    approved(cast, now, cast.noor, cast.camille)
    now.move_to("2027-01-21 12:30")
    all_present(cast, later)
    request_fees(cast)
    settle()
    now.move_to("2027-02-15 09:00")
    return World(cast, now, fanny)


def test_whatever_people_do_the_money_adds_up(world: World) -> None:
    begun, reached = world.now.at, set[str]()

    @settings(max_examples=40)
    @example(SET_OFF_THEN_SENT_BACK)
    @example(SET_OFF_THEN_TAKEN_OUT)
    @example(ITS_OWN_INVOICE)
    @example(STEP_BY_STEP)
    @example(RETURNED_AND_ASKED_AGAIN)
    @example(GIVEN_AND_CONTESTED)
    @example(ACCEPTED_AND_REFUSED)
    @example(ACCEPTED_AND_MOVED)
    @example(ACCEPTED_AND_DUE)
    @given(STEPS)
    def happens(steps: list[Step]) -> None:
        world.now.at = begun
        with transaction.atomic():
            for verb, n, cents in steps:
                act: Callable[[int, int], None] = getattr(world, verb)
                with suppress(Refused), transaction.atomic():
                    act(n, cents)
                    reached.add(verb)
                reached.update(Payment.objects.values_list("state", flat=True))
                reached.update(Batch.objects.values_list("state", flat=True))
            world.is_true()
            reached.update(world.waits_are_the_same_in_sql())
            transaction.set_rollback(True)

    happens()
    assert reached >= {*VERBS, *BatchState, *PaymentState, *Wait}, (
        "everything was done, every end was come to"
    )
