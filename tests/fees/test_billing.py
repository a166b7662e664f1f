"""From approved fees to invoices: who is billed for, how, once; what waits; contests and credit notes."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cordee.fees import actions, queries
from cordee.fees.facts import FeesBilled, InvoiceExpected, PayableCredited
from cordee.fees.models import FeeLine, Payable, PayableLine
from cordee.invoices import actions as invoices
from cordee.invoices.content import Content, VatRule
from cordee.invoices.models import Invoice
from cordee.invoices.states import InvoiceState, Kind
from cordee.kernel.money import Money
from cordee.kernel.refusals import Turn
from cordee.mail.models import Message
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.payments import queries as payments
from cordee.payments.queries import audit
from cordee.payments.states import FeeStage
from cordee.suppliers import actions as suppliers
from cordee.suppliers.models import BillsThrough, Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.money import approved, known_supplier, ready_supplier, the_invoice, the_payable
from tests.refusals import refused
from tests.steps import accept_sheets, all_present, confirm, enrol, hold, plan, request_fees, told
from tests.suppliers.stories import BEGIN, registered, signed

type Settle = Callable[[], None]


def test_approving_issues_one_invoice_per_supplier(cast: Cast, now: MovableClock, settle: Settle) -> None:
    noors, camilles = ready_supplier(cast), ready_supplier(cast, cast.camille, 2)
    request = approved(cast, now, cast.noor, cast.camille)
    settle()
    ours = the_payable(noors)
    assert (ours.request, ours.total_excl, ours.month) == (request, Decimal(250), date(2027, 1, 1))
    assert [row.fee_line.facilitator for row in ours.lines.all()] == [cast.noor]
    assert the_invoice(noors).number != the_invoice(camilles).number
    assert len(told(FeesBilled)) == 2


def test_each_line_says_which_session_day_client_and_role_it_pays(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    supplier = ready_supplier(cast)
    request = approved(cast, now, cast.noor)
    settle()
    (line,) = Content.from_json(the_invoice(supplier).content).draft.lines
    fee = request.lines.get()
    assert fee.session is not None
    assert line.day == date(2027, 1, 14)
    for word in (fee.session.ref, "14 janvier 2027", cast.valmont.name, cast.noor.full_name):
        assert word in line.note
    assert fee.session.title in line.designation


def test_billing_twice_bills_once(cast: Cast, now: MovableClock, settle: Settle) -> None:
    ready_supplier(cast)
    request = approved(cast, now, cast.noor)
    for _again in range(3):
        actions.bill(request_id=request.pk)
    settle()
    assert (Payable.objects.count(), Invoice.objects.count(), PayableLine.objects.count()) == (1, 1, 1)


def test_without_mandate_the_suppliers_own_invoice_is_expected(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    supplier = known_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    payable = the_payable(supplier)
    assert (payable.invoice, payable.total_excl) == (None, Decimal(250))
    assert told(InvoiceExpected) == [{"payable_id": payable.pk, "lines": 1}]


def test_a_mandate_signed_later_issues_what_was_expected(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    supplier = known_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    signed(cast, supplier)
    settle()
    assert the_invoice(supplier).state == InvoiceState.ISSUED
    assert Payable.objects.count() == 1


def test_who_bills_through_nobody_waits_and_is_billed_once_they_do(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    approved(cast, now, cast.noor)
    settle()
    assert not Payable.objects.exists()
    assert [fee.facilitator for fee in queries.not_billed()] == [cast.noor]
    supplier = ready_supplier(cast)
    settle()
    assert the_invoice(supplier).total_excl == Decimal(250)
    assert not queries.not_billed()


def test_what_would_make_a_wrong_invoice_waits(cast: Cast, now: MovableClock, settle: Settle) -> None:
    supplier = registered(cast)  # no VAT rule
    signed(cast, supplier)
    approved(cast, now, cast.noor)
    settle()
    assert not Payable.objects.exists()
    suppliers.set_vat(
        supplier_id=supplier.pk,
        service_type_id=None,
        rule=VatRule.FRANCHISE,
        since=BEGIN,
        by=cast.actor(cast.noor),
    )
    settle()
    assert the_invoice(supplier).vat == 0


LATER = date(2027, 1, 20)
"""After the session of the 14th."""


def vat_from_later(cast: Cast) -> None:
    supplier = registered(cast)
    signed(cast, supplier)
    by, rule = cast.actor(cast.noor), VatRule.FRANCHISE
    suppliers.set_vat(supplier_id=supplier.pk, service_type_id=None, rule=rule, since=LATER, by=by)


def vat_of_another_service(cast: Cast) -> None:
    supplier = registered(cast)
    signed(cast, supplier)
    by, rule = cast.actor(cast.noor), VatRule.FRANCHISE
    suppliers.set_vat(
        supplier_id=supplier.pk, service_type_id=cast.training.pk, rule=rule, since=BEGIN, by=by
    )


def supplier_from_later(cast: Cast) -> None:
    ready_supplier(cast)
    BillsThrough.objects.update(since=LATER)


def nobody_to_bill(cast: Cast) -> None:
    ready_supplier(cast)
    organisation.update(
        changes=OrganisationChanges(address=""), expected_version=None, by=cast.actor(cast.ada)
    )


@pytest.mark.parametrize(
    ("lacks", "code", "turn"),
    [
        (vat_from_later, "no_vat_rule", Turn.FACILITATOR),
        (vat_of_another_service, "no_vat_rule", Turn.FACILITATOR),
        (supplier_from_later, "no_supplier", Turn.FACILITATOR),
        (nobody_to_bill, "address_missing", Turn.ADMINISTRATOR),
    ],
)
def test_whatever_an_approved_fee_waits_for_is_said(
    *, cast: Cast, now: MovableClock, settle: Settle, lacks: Callable[[Cast], None], code: str, turn: Turn
) -> None:
    """Of its own day and service: as the supplier stands today it seems to lack nothing."""
    lacks(cast)
    fee = approved(cast, now, cast.noor).lines.get()
    now.at += timedelta(days=7)
    settle()
    actions.bill_all()
    assert not Payable.objects.exists()
    where = payments.whereabouts([fee])[fee.pk]
    assert where.stage == FeeStage.APPROVED
    assert [(blocker.code, blocker.turn) for blocker in where.lacks] == [(code, turn)]
    assert audit() == []


def test_it_can_be_contested_for_as_long_as_the_mandate_says(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    supplier = ready_supplier(cast)
    organisation.update(
        changes=OrganisationChanges(contest_within_days=1), expected_version=None, by=cast.actor(cast.ada)
    )
    approved(cast, now, cast.noor)
    settle()
    invoice = the_invoice(supplier)
    assert invoice.contest_until == invoice.issued_on + timedelta(days=10)


def test_the_rule_of_the_last_evening_of_a_month_is_that_of_the_sessions_zone(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    """The 31st in New York, when it is the 1st in Paris."""
    supplier = ready_supplier(cast, activity_number="11755555575")
    by = cast.actor(cast.noor)
    suppliers.set_vat(
        supplier_id=supplier.pk,
        service_type_id=None,
        rule=VatRule.EXEMPT_TRAINING,
        since=date(2027, 2, 1),
        attested_on=date(2027, 1, 2),
        by=by,
    )
    (session,) = plan(
        cast, cast.noor, day=date(2027, 1, 31), starts="19:30", ends="22:30", time_zone="America/New_York"
    )
    confirm(cast, session, cast.noor)
    enrol(cast, session, "Ana")
    now.move_to("2027-02-01 12:00")
    all_present(cast, session)
    accept_sheets(cast, session)
    actions.approve(request_id=request_fees(cast).pk, by=cast.actor(cast.farid))
    settle()
    (line,) = Content.from_json(the_invoice(supplier).content).draft.lines
    assert (line.day, line.vat) == (date(2027, 1, 31), VatRule.FRANCHISE)


def test_the_vat_rule_is_that_of_the_sessions_day(cast: Cast, now: MovableClock, settle: Settle) -> None:
    supplier = ready_supplier(cast, activity_number="11755555575")
    suppliers.set_vat(
        supplier_id=supplier.pk,
        service_type_id=None,
        rule=VatRule.EXEMPT_TRAINING,
        since=date(2027, 1, 15),
        attested_on=date(2027, 1, 2),
        by=cast.actor(cast.noor),
    )
    approved(cast, now, cast.noor)
    settle()
    (line,) = Content.from_json(the_invoice(supplier).content).draft.lines
    assert line.vat == VatRule.FRANCHISE


def test_a_mandate_revoked_between_approval_and_issue_is_no_mandate(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    supplier = known_supplier(cast)
    mandate = signed(cast, supplier)
    approved(cast, now, cast.noor)
    suppliers.revoke(mandate_id=mandate.pk, reason="Je change de statut", by=cast.actor(cast.noor))
    settle()
    assert the_payable(supplier).invoice is None


def test_corrected_after_the_mandate_was_revoked_its_own_invoice_is_expected(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    supplier = known_supplier(cast)
    mandate = signed(cast, supplier)
    approved(cast, now, cast.noor)
    settle()
    suppliers.revoke(mandate_id=mandate.pk, reason="Je change de statut", by=cast.actor(cast.noor))
    again = actions.correct(
        payable_id=the_payable(supplier).pk,
        amounts={1: Money(Decimal(300))},
        reason="Accord",
        by=cast.actor(cast.farid),
    )
    assert (again.invoice, again.total_excl) == (None, Decimal(300))
    assert told(InvoiceExpected)[-1]["payable_id"] == again.pk


def test_a_closed_supplier_is_not_billed_anew(cast: Cast, now: MovableClock, settle: Settle) -> None:
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    Supplier.objects.update(is_active=False)
    with refused("supplier_closed"):
        actions.correct(
            payable_id=the_payable(supplier).pk, amounts={}, reason="Adresse", by=cast.actor(cast.farid)
        )
    assert Invoice.objects.count() == 1, "nothing was credited"


def test_a_fee_of_nothing_is_on_no_invoice_and_holds_no_other(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    ready_supplier(cast)
    camilles = ready_supplier(cast, cast.camille, 2)
    sessions = plan(cast, cast.noor, cast.camille, count=2)
    hold(cast, now, *sessions)
    request = request_fees(cast)
    FeeLine.objects.filter(facilitator=cast.noor).update(unit_amount=0, amount=0)
    fees_of_nobody = FeeLine.objects.get(facilitator=cast.noor)
    actions.approve(request_id=request.pk, by=cast.actor(cast.farid))
    settle()
    actions.bill_all()
    assert [payable.supplier for payable in Payable.objects.all()] == [camilles]
    assert payments.whereabouts([fees_of_nobody])[fees_of_nobody.pk].stage == FeeStage.NOTHING
    assert audit() == []


def test_what_is_refused_for_one_supplier_holds_no_other(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    noors, camilles = ready_supplier(cast), ready_supplier(cast, cast.camille, 2)
    Supplier.objects.filter(pk=noors.pk).update(invoice_prefix="é")  # refused when an invoice is issued
    approved(cast, now, cast.noor, cast.camille)
    settle()
    assert [payable.supplier for payable in Payable.objects.all()] == [camilles]
    now.move_to("2027-01-20 09:00")
    assert [finding.code for finding in audit()] == ["fee_not_billed"]


def test_who_becomes_another_supplier_is_billed_as_who_they_were_on_the_day(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    first = ready_supplier(cast)
    registered(cast, cast.noor, 2, since=date(2027, 1, 15), name="Noor Conseil")
    approved(cast, now, cast.noor)
    settle()
    assert the_payable(first).total_excl == Decimal(250)
    assert Payable.objects.count() == 1


def test_monthly_invoices_wait_for_the_end_of_the_month(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    organisation.update(
        changes=OrganisationChanges(monthly_invoices=True),
        expected_version=None,
        by=cast.actor(cast.ada),
    )
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    now.move_to("2027-01-31 23:59")
    actions.bill_all()
    assert not Payable.objects.exists()
    now.move_to("2027-02-01 00:01")
    actions.bill_all()
    payable = the_payable(supplier)
    assert (payable.request, payable.month) == (None, date(2027, 1, 1))
    assert the_invoice(supplier).issued_on == date(2027, 2, 1)


# --- contests and credit notes ------------------------------------------------------------------
def contested(cast: Cast, now: MovableClock, settle: Settle) -> Payable:
    supplier = ready_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    invoice = the_invoice(supplier)
    line = invoice.lines.get()
    invoices.contest(
        invoice_id=invoice.pk, reasons={line.pk: "Nous avions dit 300 €"}, by=cast.actor(cast.noor)
    )
    return the_payable(supplier)


def test_a_contest_upheld_is_a_credit_note_and_a_new_invoice(
    cast: Cast, now: MovableClock, settle: Settle
) -> None:
    payable = contested(cast, now, settle)
    again = actions.correct(
        payable_id=payable.pk,
        amounts={1: Money(Decimal(300))},
        reason="Accord du 3 janvier",
        by=cast.actor(cast.farid),
    )
    note = Payable.objects.get(credits=payable)
    assert note.invoice is not None
    assert again.invoice is not None
    assert (note.invoice.kind, note.total_excl) == (Kind.CREDIT_NOTE, Decimal(-250))
    assert (again.invoice.kind, again.total_excl) == (Kind.INVOICE, Decimal(300))
    assert PayableLine.objects.get(live=True).payable == again
    settle()
    mail = Message.objects.get(purpose="invoice_credited")
    for told_there in (note.invoice.number, payable.invoice.number if payable.invoice else "", "Accord du 3"):
        assert told_there in mail.text
    assert told(PayableCredited)[-1]["replaced_by"] == again.pk
    assert queries.replaced_by(again) == payable.invoice


def test_what_was_credited_is_not_credited_again(cast: Cast, now: MovableClock, settle: Settle) -> None:
    payable = contested(cast, now, settle)
    actions.correct(payable_id=payable.pk, amounts={}, reason="Adresse", by=cast.actor(cast.farid))
    with refused("already_credited"):
        actions.correct(payable_id=payable.pk, amounts={}, reason="Encore", by=cast.actor(cast.farid))


def test_a_correction_has_a_reason_and_an_amount(cast: Cast, now: MovableClock, settle: Settle) -> None:
    payable, farid = contested(cast, now, settle), cast.actor(cast.farid)
    wrong = [("0", "Erreur", "amount_not_positive"), ("300", " ", "no_reason")]
    for amount, reason, code in wrong:
        with refused(code):
            actions.correct(
                payable_id=payable.pk, amounts={1: Money(Decimal(amount))}, reason=reason, by=farid
            )
    assert Invoice.objects.count() == 1


def test_only_finance_corrects(cast: Cast, now: MovableClock, settle: Settle) -> None:
    payable = contested(cast, now, settle)
    for person in (cast.noor, cast.camille, cast.olga, cast.quitterie):
        with refused("not_finance"):
            actions.correct(payable_id=payable.pk, amounts={}, reason="Non", by=cast.actor(person))


def test_what_was_expected_is_not_corrected_here(cast: Cast, now: MovableClock, settle: Settle) -> None:
    supplier = known_supplier(cast)
    approved(cast, now, cast.noor)
    settle()
    with refused("not_issued_here"):
        actions.correct(
            payable_id=the_payable(supplier).pk, amounts={}, reason="Non", by=cast.actor(cast.farid)
        )
    assert FeeLine.objects.count() == 1
