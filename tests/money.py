"""Steps that stories of money share: suppliers that lack nothing, fees approved, invoices, payments."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cordee.accounts import actions as accounts
from cordee.accounts.models import User
from cordee.fees import actions as fees
from cordee.fees.models import FeeRequest, Payable, PayableLine
from cordee.fees.queries import Stated, draft_of
from cordee.files.actions import keep
from cordee.invoices import actions as invoices
from cordee.invoices.content import VatRule
from cordee.invoices.models import Invoice
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.permissions import Role
from cordee.links import actions as links
from cordee.links.queries import token
from cordee.network.models import Facilitator
from cordee.notifications.money import INVOICE_LINK
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.payments.models import Batch, Part, Payment
from cordee.suppliers import actions as suppliers
from cordee.suppliers.models import Supplier
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.papers import PDF
from tests.steps import accept_sheets, hold, plan, request_fees
from tests.suppliers.stories import BEGIN, BY_LINK, registered, signed

IBANS = ("FR7630006000011234567890189", "FR1420041010050500013M02606", "DE89370400440532013000")
PAYER = "FR7610107001011234567890129"
PAID_BY = date(2027, 3, 31)


def with_identity() -> None:
    """Complete the organisation: what stands on invoices, and the account that pays."""
    organisation.update(
        changes=OrganisationChanges(
            address="1 rue de la Paix", postal_code="75002", city="Paris", bank_iban=PAYER
        ),
        expected_version=None,
        by=COMMAND,
    )


def known_supplier(
    cast: Cast,
    who: Facilitator | None = None,
    number: int = 1,
    rule: VatRule = VatRule.FRANCHISE,
    **changes: object,
) -> Supplier:
    """Register a supplier with its VAT rule and a confirmed bank account; the mandate is not signed."""
    person = who or cast.noor
    with_identity()
    supplier = registered(cast, person, number, **changes)
    by = cast.actor(person)
    suppliers.set_vat(supplier_id=supplier.pk, service_type_id=None, rule=rule, since=BEGIN, by=by)
    account = suppliers.propose_account(
        supplier_id=supplier.pk, iban=IBANS[(number - 1) % 3], bic="", holder=supplier.name, by=by
    )
    suppliers.confirm_account(account_id=account.pk, by=BY_LINK)
    return supplier


def ready_supplier(
    cast: Cast,
    who: Facilitator | None = None,
    number: int = 1,
    rule: VatRule = VatRule.FRANCHISE,
    **changes: object,
) -> Supplier:
    """Register a supplier that lacks nothing: invoices are issued in its name."""
    supplier = known_supplier(cast, who, number, rule, **changes)
    signed(cast, supplier, who)
    return supplier


def approved(cast: Cast, now: MovableClock, *people: Facilitator) -> FeeRequest:
    """Hold one session for each of these people, with its sheet accepted, and have finance approve their fees."""
    sessions = plan(cast, *people, count=len(people))
    hold(cast, now, *sessions)
    accept_sheets(cast, *sessions)
    request = request_fees(cast)
    return fees.approve(request_id=request.pk, by=cast.actor(cast.farid))


def the_payable(supplier: Supplier) -> Payable:
    """Return the last payable of a supplier."""
    return Payable.objects.select_related("invoice").filter(supplier=supplier).order_by("-pk")[0]


def the_invoice(supplier: Supplier) -> Invoice:
    invoice = the_payable(supplier).invoice
    assert invoice is not None
    return invoice


def second_person() -> User:
    """Invite Fanny, of finance as Farid is."""
    return accounts.invite_colleague(
        email="fanny@cordee-formation.example",
        first_name="Fanny",
        last_name="Roche",
        roles=[Role.FINANCE],
        by=COMMAND,
    )


def a_bit_of_money(cast: Cast, request: FeeRequest) -> dict[str, Any]:
    """Put something behind every address of money, without anybody's decision on the request: an invoice of Noor's
    supplier in a batch, one that Camille's has given.
    """
    theirs = {line.facilitator_id: line for line in request.lines.all()}
    noors, camilles = ready_supplier(cast), known_supplier(cast, cast.camille, 2)
    payable, expected = (
        Payable.objects.create(
            supplier=supplier, request=request, month=request.month, total_excl=250, opened_at=clock.now()
        )
        for supplier in (noors, camilles)
    )
    for owed, who in ((payable, cast.noor), (expected, cast.camille)):
        PayableLine.objects.create(payable=owed, fee_line=theirs[who.pk], position=1, unit_amount=250)
    payable.invoice = invoices.issue(
        draft=draft_of(payable, noors, on=clock.today()),
        source=f"payable:{payable.pk}",
        contest_until=clock.today() + timedelta(days=10),
        by=COMMAND,
    )
    payable.save()
    Invoice.objects.update(file=keep(PDF, content_type="application/pdf"))
    received = fees.give_invoice(
        payable_id=expected.pk,
        content=PDF,
        stated=Stated(
            number="F-1", issued_on=clock.today(), excl=Decimal(250), vat=Decimal(0), total=Decimal(250)
        ),
        by=cast.actor(cast.camille),
    )
    batch = Batch.objects.create(ref="V-2027-0001", execute_on=clock.today(), made_at=clock.now())
    payment = Payment.objects.create(
        batch=batch,
        supplier=noors,
        reference="V-2027-0001-1",
        amount=250,
        account=noors.accounts.get(),
        remittance=payable.invoice.number,
    )
    Part.objects.create(payment=payment, payable=payable, amount=250)
    link = links.give(
        purpose=INVOICE_LINK,
        subject_id=payable.invoice.pk,
        to=noors.email,
        until=clock.now() + timedelta(days=3),
    )
    return {
        "payable_id": payable.pk,
        "invoice_id": payable.invoice.pk,
        "received_id": received.pk,
        "payment_id": payment.pk,
        "batch": batch.ref,
        "token": token(link),
    }
