"""Reading what suppliers are owed: which fees wait for an invoice, and what stands on each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cordee.fees.models import FeeLine, Payable, PayableLine, ReceivedInvoice
from cordee.fees.states import Difference, ReceivedState, RequestStatus
from cordee.invoices import queries as invoices
from cordee.invoices.content import Draft, Line, totals
from cordee.invoices.models import Invoice
from cordee.invoices.reading import ReadInvoice
from cordee.invoices.rules import is_identified
from cordee.kernel import clock
from cordee.kernel.days import LONG, day_text
from cordee.kernel.money import Money
from cordee.kernel.names import compact, name_key
from cordee.kernel.periods import Month
from cordee.kernel.refusals import Turn
from cordee.organisation.queries import the_organisation
from cordee.suppliers import queries as suppliers
from cordee.suppliers.models import Supplier
from cordee.suppliers.queries import VatRules


@dataclass(frozen=True, slots=True)
class Billable:
    """An approved fee that is on no invoice yet, and who bills it. `request_id`: none where invoices are monthly."""

    fee: FeeLine
    supplier_id: int
    request_id: int | None
    month: date

    @property
    def amount(self) -> Money:
        return Money(self.fee.unit_amount) * self.fee.quantity


def day_of(fee: FeeLine) -> date:
    """Return the day of what a fee pays: of the session, in its zone; of coordination, when it was asked for."""
    return fee.session.starts.date() if fee.session else timezone.localtime(fee.request.sent_at).date()


def not_billed() -> QuerySet[FeeLine]:
    """Return the approved fees that are on no invoice, oldest first. A fee of nothing is on none."""
    billed = PayableLine.objects.filter(fee_line=OuterRef("pk"), live=True)
    return (
        FeeLine.objects.filter(
            ~Exists(billed), request__status=RequestStatus.APPROVED, released=False, amount__gt=0
        )
        .select_related(
            "request__mission__order__client", "facilitator__user", "session", "line__service_type"
        )
        .order_by("pk")
    )


def to_bill(*, request_id: int | None = None, facilitator_ids: Collection[int] = ()) -> list[Billable]:
    """Return the fees that can be put on an invoice now: somebody bills them, and their month is over where invoices
    are monthly.
    """
    found = not_billed()
    if request_id is not None:
        found = found.filter(request_id=request_id)
    if facilitator_ids:
        found = found.filter(facilitator_id__in=set(facilitator_ids))
    monthly = the_organisation().monthly_invoices
    fees = [fee for fee in found if not monthly or _month(fee) < Month.of(clock.today()).first_day]
    billing = suppliers.suppliers_on({(fee.facilitator_id, day_of(fee)) for fee in fees})
    return [
        Billable(fee, supplier_id, None if monthly else fee.request_id, _month(fee))
        for fee in fees
        if (supplier_id := billing.get((fee.facilitator_id, day_of(fee)))) is not None
    ]


def _month(fee: FeeLine) -> date:
    """Return the first day of the month in which a fee was approved."""
    decided_at = fee.request.decided_at or clock.now()
    return Month.of(timezone.localtime(decided_at).date()).first_day


def expected_of(supplier_ids: Collection[int]) -> list[Payable]:
    """Return what waits for an invoice of these suppliers and has got none, oldest first."""
    given = ReceivedInvoice.objects.filter(payable=OuterRef("pk")).exclude(state=ReceivedState.RETURNED)
    found = Payable.objects.filter(~Exists(given), supplier_id__in=set(supplier_ids), invoice=None)
    return list(found.select_related("request").order_by("pk"))


def lines_of(payable_id: int) -> list[PayableLine]:
    """Return what stands on a payable, in its order, with all that is printed of it."""
    found = PayableLine.objects.filter(payable_id=payable_id).select_related(
        "fee_line__request__mission__order__client",
        "fee_line__facilitator__user",
        "fee_line__session",
        "fee_line__line__service_type",
    )
    return list(found.order_by("position"))


class Way(StrEnum):
    """How fees come to be on an invoice."""

    ISSUED = "issued"
    """Cordée issues it in the supplier's name."""
    EXPECTED = "expected"
    """The supplier sends its own: it said so, is established abroad, or has not signed the mandate."""
    WAITS = "waits"
    """Something is missing without which the invoice would be a wrong one."""


def way_of(supplier: Supplier, fees: Iterable[FeeLine]) -> Way:
    """Return how these fees come to be on an invoice today."""
    codes = {blocker.code for blocker in suppliers.readiness([supplier.pk], clock.today())[supplier.pk]}
    if "supplier_closed" in codes:
        return Way.WAITS
    if codes & {"own_invoice", "no_mandate"}:
        return Way.EXPECTED
    rules = suppliers.vat_rules([supplier.pk])
    known = all(rules.on(supplier.pk, fee.line.service_type_id, day_of(fee)) for fee in fees)
    buyer = any(is_identified(invoices.the_buyer(the_organisation()), Turn.ADMINISTRATOR))
    return Way.ISSUED if known and not codes and not buyer else Way.WAITS


def draft_of(payable: Payable, supplier: Supplier, *, on: date) -> Draft:
    """Return the invoice of a payable, as it would be issued on a day. In French, as the law wants its mentions."""
    organisation, lines = the_organisation(), lines_of(payable.pk)
    rules = suppliers.vat_rules([supplier.pk])
    with translation.override("fr"):
        return Draft(
            series=f"supplier:{supplier.pk}",
            prefix=supplier.invoice_prefix,
            seller=suppliers.party(supplier),
            buyer=invoices.the_buyer(organisation),
            lines=tuple(line for line in (_line(line, rules, supplier.pk) for line in lines) if line),
            issued_on=on,
            due_on=on + timedelta(days=organisation.payment_terms_days),
        )


def _line(line: PayableLine, rules: VatRules, supplier_id: int) -> Line | None:
    """Return a fee as it stands on an invoice; nothing where the VAT rule of its day is not known."""
    fee = line.fee_line
    rule = rules.on(supplier_id, fee.line.service_type_id, day_of(fee))
    if rule is None:
        return None
    day = day_of(fee)
    client = fee.request.mission.order.client.name
    if fee.session:
        title = _("Facilitation: %(session)s") % {"session": fee.session.title}
        role = _("facilitation by %(name)s") % {"name": fee.facilitator.full_name}
        about = f"{fee.session.ref}, {day_text(day, LONG, 'fr')}"
    else:
        title = _("Coordination: %(service)s") % {"service": fee.line.service_type.name}
        role = _("coordination by %(name)s") % {"name": fee.facilitator.full_name}
        about = fee.request.mission.ref
    return Line(
        designation=title,
        quantity=Decimal(fee.quantity),
        unit_price=Money(line.unit_amount),
        vat=rule,
        day=day,
        note=f"{about} – {client} – {role}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What stands on a supplier's own invoice, as whoever gave it says: amounts in `currency`. `rate`: how much of
    another currency is one euro on that day, `rate_source` who says so. `read`: what the file says of itself.
    """

    number: str
    issued_on: date
    excl: Decimal
    vat: Decimal
    total: Decimal
    currency: str = "EUR"
    rate: Decimal | None = None
    rate_source: str = ""
    read: ReadInvoice | None = None


def differences(payable: Payable, stated: Stated) -> list[Difference]:
    """Return what differs between an invoice and what is due; what it does not tell does not differ."""
    supplier = payable.supplier
    organisation = the_organisation()
    account = suppliers.account_to_pay([supplier.pk], clock.now()).get(supplier.pk)
    read = stated.read or ReadInvoice()
    told = {
        Difference.AMOUNT: _euros(stated) != Money(payable.total_excl),
        Difference.CURRENCY: stated.currency != "EUR",
        Difference.VAT: stated.currency == "EUR" and Money(stated.vat) != _vat_due(payable),
        Difference.SUPPLIER: _is_of_another(read, supplier),
        Difference.BUYER: _differs(read.buyers_siren, organisation.siret[:9]),
        Difference.IBAN: _differs(read.iban, account.iban if account else ""),
        Difference.LINES: _bills_other_lines(read, payable),
        Difference.FILE: not _says_the_same(read, stated),
    }
    return [code for code, differs in told.items() if differs]


def _differs(told: str, known: str) -> bool:
    return bool(told) and compact(told) != compact(known)


def _is_of_another(read: ReadInvoice, supplier: Supplier) -> bool:
    """Tell whether its numbers are not the supplier's; where it has none, whether its name is not."""
    if read.sellers_siren or read.sellers_vat_number:
        return _differs(read.sellers_siren, supplier.siren) or _differs(
            read.sellers_vat_number, supplier.vat_number
        )
    return bool(read.seller) and name_key("", read.seller) != name_key("", supplier.name)


def _bills_other_lines(read: ReadInvoice, payable: Payable) -> bool:
    """Tell whether its lines are not worth what those due are; one line for all of it is nobody's mistake."""
    told = sorted(line.amount for line in read.lines if line.amount is not None)
    due = sorted(line.unit_amount * line.fee_line.quantity for line in lines_of(payable.pk))
    return len(told) > 1 and read.currency == "EUR" and told != due


def _says_the_same(read: ReadInvoice, stated: Stated) -> bool:
    """Tell whether what the file says is what was typed; what it does not say contradicts nothing."""
    told = (read.number, read.issued_on, read.currency, read.excl, read.vat, read.total)
    typed = (stated.number, stated.issued_on, stated.currency, stated.excl, stated.vat, stated.total)
    return all(one in {None, ""} or one == other for one, other in zip(told, typed, strict=True))


def _euros(stated: Stated) -> Money:
    return (
        Money(stated.excl / stated.rate) if stated.rate and stated.currency != "EUR" else Money(stated.excl)
    )


def _vat_due(payable: Payable) -> Money:
    """Return the VAT that the supplier's rules put on what it is owed; zero where a rule is not known."""
    rules = suppliers.vat_rules([payable.supplier_id])
    lines = (_line(line, rules, payable.supplier_id) for line in lines_of(payable.pk))
    return totals(line for line in lines if line).vat


def people_of(payable: Payable) -> set[int]:
    """Return the facilitators whose fees stand on a payable."""
    found = PayableLine.objects.filter(payable=payable)
    return set(found.values_list("fee_line__facilitator_id", flat=True))


def payable(payable_id: int) -> Payable | None:
    return _payables().filter(pk=payable_id).first()


def payable_of_invoice(invoice_id: int) -> Payable | None:
    """Return what an invoice issued here is for; nothing for one that fees know nothing of."""
    return _payables().filter(invoice_id=invoice_id).first()


def replaced_by(payable: Payable) -> Invoice | None:
    """Return the invoice whose place this one takes: credited, with the same fees on it."""
    fees = PayableLine.objects.filter(payable=payable).values("fee_line")
    earlier = PayableLine.objects.filter(live=False, fee_line__in=fees, payable__lt=payable.pk)
    line = earlier.select_related("payable__invoice").order_by("-payable_id").first()
    return line.payable.invoice if line else None


def received(received_id: int) -> ReceivedInvoice | None:
    return (
        ReceivedInvoice.objects.select_related("payable__supplier", "payable__request", "file")
        .filter(pk=received_id)
        .first()
    )


def expected_sum() -> tuple[int, Money]:
    """Return how many invoices suppliers have to give, and what is due on them, euros excluding VAT: one query."""
    counted = expected().aggregate(payables=Count("pk"), amount=Sum("total_excl"))
    return counted["payables"], Money(counted["amount"] or Decimal(0))


def received_in(state: str) -> QuerySet[ReceivedInvoice]:
    """Return suppliers' own invoices in a state, the longest waiting first."""
    found = ReceivedInvoice.objects.select_related("supplier", "payable").filter(state=state)
    return found.order_by("given_at", "pk")


def issued(*states: str) -> QuerySet[Payable]:
    """Return what Cordée issued invoices for; in these states of the invoice, or all."""
    found = _payables().filter(invoice__isnull=False)
    return found.filter(invoice__state__in=states) if states else found


def issued_as(invoice_ids: Sequence[int]) -> list[Payable]:
    """Return what these invoices are for, in their order; fees may know nothing of some."""
    found = {payable.invoice_id: payable for payable in _payables().filter(invoice__in=invoice_ids)}
    return [found[pk] for pk in invoice_ids if pk in found]


def expected() -> QuerySet[Payable]:
    """Return what waits for a supplier's own invoice, the longest waiting first."""
    given = ReceivedInvoice.objects.filter(payable=OuterRef("pk")).exclude(state=ReceivedState.RETURNED)
    return _payables().filter(~Exists(given), invoice=None).order_by("pk")


def _payables() -> QuerySet[Payable]:
    return Payable.objects.select_related("supplier", "request__mission", "invoice").defer("invoice__content")
