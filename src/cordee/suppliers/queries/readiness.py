"""What of suppliers is in force on a day, and what is missing: as many queries for a hundred as for one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from cordee.invoices.content import VatRule
from cordee.kernel import clock, zones
from cordee.kernel.money import Money
from cordee.kernel.periods import start_of_day
from cordee.kernel.refusals import Blocker
from cordee.kernel.sepa import SEPA
from cordee.organisation.queries import the_organisation
from cordee.prepared import prepared
from cordee.suppliers.models import BankAccount, Mandate, Paper, Signing, Supplier, VatRegime
from cordee.suppliers.queries.suppliers import suppliers, suppliers_of, suppliers_on
from cordee.suppliers.rules import papers as paper_rules
from cordee.suppliers.rules import readiness as rules
from cordee.suppliers.rules.readiness import Standing
from cordee.suppliers.rules.regimes import rule_on
from cordee.suppliers.states import ASKED_BY_LAW, AccountState, MandateState, PaperKind, SupplierKind


class VatRules:
    """The VAT rules of some suppliers, asked line by line: `rules.on(supplier_id, service_type_id, day)`."""

    def __init__(self, regimes: Iterable[VatRegime]) -> None:
        self._of: dict[int, list[VatRegime]] = {}
        for regime in regimes:
            self._of.setdefault(regime.supplier_id, []).append(regime)

    def on(self, supplier_id: int, service_type_id: int | None, day: date) -> VatRule | None:
        """Return the rule on the local day of supply; nothing when none is known."""
        return rule_on(self._of.get(supplier_id, ()), service_type_id, day)


def vat_rules(supplier_ids: Iterable[int]) -> VatRules:
    """Return every VAT rule of these suppliers, in one query."""
    return VatRules(VatRegime.objects.filter(supplier_id__in=set(supplier_ids)))


def vat_rule(supplier: Supplier, service_type_id: int | None, on: date) -> VatRule | None:
    """Return the VAT rule of what a supplier supplies on a local day; nothing when none is known."""
    return vat_rules([supplier.pk]).on(supplier.pk, service_type_id, on)


def regimes_of(supplier_id: int) -> list[VatRegime]:
    """Return every VAT rule of a supplier, the latest first, those for all services above those of one."""
    rows = VatRegime.objects.filter(supplier_id=supplier_id).select_related("service_type", "attestation")
    return sorted(rows, key=lambda r: (r.service_type_id is not None, -r.since.toordinal()))


def mandate_on(supplier_ids: Iterable[int], on: date) -> dict[int, Mandate]:
    """Return the mandates in force on a day, by supplier, in one query: signed by then, and not ended before its end.

    `on` is a day of the organisation's zone.
    """
    end = start_of_day(on + timedelta(days=1), zones.home())
    rows = Mandate.objects.filter(supplier_id__in=set(supplier_ids), signed_at__lt=end)
    standing = rows.select_related("signing").order_by("signed_at", "pk")
    return {m.supplier_id: m for m in standing if m.ended_at is None or m.ended_at >= end}


def mandate(mandate_id: int) -> Mandate | None:
    return Mandate.objects.select_related("supplier", "signing", "file").filter(pk=mandate_id).first()


def mandates_of(supplier_id: int) -> list[Mandate]:
    """Return every mandate of a supplier, the last first."""
    rows = Mandate.objects.filter(supplier_id=supplier_id).select_related("signing", "file")
    return list(rows.order_by("-pk"))


def signing(signing_id: int) -> Signing | None:
    return Signing.objects.select_related("supplier").filter(pk=signing_id).first()


def asked_address(supplier: Supplier, email: str) -> str:
    """Return the address that confirms a new bank account: `email`, or the one before it was changed a short while ago,
    for whoever gets hold of an account changes the address first.
    """
    changed, delay = supplier.email_changed_at, timedelta(days=the_organisation().iban_cooling_days)
    if changed and supplier.former_email and clock.now() < changed + delay:
        return supplier.former_email
    return email


def last_signing(supplier_id: int) -> Signing | None:
    """Return what waits for a signature: the last that a code was sent for, if it is not signed."""
    last = Signing.objects.filter(supplier_id=supplier_id).select_related("mandate").order_by("-pk").first()
    return last if last and not hasattr(last, "mandate") else None


def standings(
    supplier_ids: Iterable[int], on: date, regimes: Collection[VatRegime] | None = None
) -> dict[int, Standing]:
    """Return what is known of these suppliers on a day, in four queries; `regimes`: their VAT rules, when they were
    read already.
    """
    wanted = set(supplier_ids)
    known = suppliers(wanted)
    mandates = mandate_on(wanted, on)
    if regimes is None:
        regimes = list(VatRegime.objects.filter(supplier_id__in=wanted, since__lte=on))
    with_rule = {regime.supplier_id for regime in regimes if regime.since <= on}
    accounts = _accounts(wanted)
    return {
        pk: Standing(supplier, pk in mandates, pk in with_rule, *_of(accounts, pk))
        for pk, supplier in known.items()
    }


def _accounts(supplier_ids: Iterable[int]) -> dict[tuple[int, str], BankAccount]:
    """Return the accounts of suppliers that are in use, or to be confirmed: one query."""
    return {(row.supplier_id, row.state): row for row in _accounts_of(set(supplier_ids))}


@prepared
def _accounts_of(supplier_ids: set[int]) -> QuerySet[BankAccount]:
    return BankAccount.objects.filter(
        supplier_id__in=supplier_ids, state__in=(AccountState.PROPOSED, AccountState.CONFIRMED)
    )


def _of(
    accounts: Mapping[tuple[int, str], BankAccount], supplier_id: int
) -> tuple[BankAccount | None, BankAccount | None]:
    """Return the account of a supplier that is in use, and the one to be confirmed."""
    return (
        accounts.get((supplier_id, AccountState.CONFIRMED)),
        accounts.get((supplier_id, AccountState.PROPOSED)),
    )


def readiness(supplier_ids: Iterable[int], on: date) -> dict[int, list[Blocker]]:
    """Return what would make an invoice refused that is issued in the name of these suppliers on a day, by supplier:
    empty for those who are ready. `own_invoice` says that the supplier sends its own. Four queries.
    """
    return {pk: list(rules.cannot_be_invoiced(s)) for pk, s in standings(supplier_ids, on).items()}


def readiness_of_facilitators(facilitator_ids: Iterable[int], on: date) -> dict[int, list[Blocker]]:
    """Return the same by facilitator, `no_supplier` for those who bill through nobody. Five queries."""
    wanted = set(facilitator_ids)
    through = suppliers_of(wanted, on)
    ready = readiness({s.pk for s in through.values()}, on)
    return {pk: ready[through[pk].pk] if pk in through else [rules.no_supplier()] for pk in wanted}


type Service = tuple[int, date, int | None]
"""Who supplied it, on which local day, and of which service type."""


def readiness_of_services(asked: Collection[Service], on: date) -> dict[Service, list[Blocker]]:
    """Return what would make an invoice of these services refused that is issued on a day: through whom a facilitator
    bills, and under which VAT rule, is asked of the day of each service. Five queries.
    """
    through = suppliers_on({(who, day) for who, day, _type in asked})
    regimes = list(VatRegime.objects.filter(supplier_id__in=set(through.values())))
    known, vat = standings(through.values(), on, regimes), VatRules(regimes)
    found: dict[Service, list[Blocker]] = {}
    for who, day, type_id in asked:
        supplier_id = through.get((who, day))
        if supplier_id is None:
            found[who, day, type_id] = [rules.no_supplier(day)]
            continue
        standing = known[supplier_id]
        blockers = list(rules.cannot_be_invoiced(standing))
        if standing.has_vat_rule and vat.on(supplier_id, type_id, day) is None:
            blockers.append(rules.no_vat_rule(standing.supplier, day))
        found[who, day, type_id] = blockers
    return found


@dataclass(frozen=True, slots=True)
class Payee:
    """Where a supplier is paid, if that is known, and what keeps it from being paid."""

    account: BankAccount | None
    blockers: list[Blocker]


def payees(known: Iterable[Supplier], now: datetime) -> dict[int, Payee]:
    """Return where these suppliers are paid now, and what keeps them from it (no account, one to confirm, one that is
    cooling, or where no transfer in euros goes), by supplier: one query.
    """
    suppliers = {supplier.pk: supplier for supplier in known}
    accounts = _accounts(suppliers)
    found = {}
    for pk, supplier in suppliers.items():
        account, proposed = _of(accounts, pk)
        found[pk] = Payee(account, list(rules.cannot_be_paid(supplier, account, proposed, now)))
    return found


def can_be_paid(now: datetime) -> Q:
    """Return the condition that nothing is said by `payees` of a supplier, for a query over rows that have one."""
    accounts = BankAccount.objects.order_by().values("supplier_id")
    usable = accounts.filter(state=AccountState.CONFIRMED, usable_from__lte=now)
    usable = usable.alias(country=Left("iban", 2)).filter(country__in=SEPA)
    return Q(supplier_id__in=usable) & ~Q(supplier_id__in=accounts.filter(state=AccountState.PROPOSED))


def papers_missing(
    known: Mapping[int, Supplier], on: date, amounts: Mapping[int, Money], *, threshold: int
) -> dict[int, list[PaperKind]]:
    """Return the legal papers that these suppliers lack on a day, by supplier: none for those whose amount of the year
    (euros excluding VAT, by supplier; none counts as zero) stays below the threshold. One query.
    """
    papers: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(supplier_id__in=list(known), dated__lte=on, expires_on__gte=on):
        papers.setdefault(paper.supplier_id, []).append(paper)
    return {
        pk: paper_rules.missing(
            supplier,
            papers.get(pk, ()),
            on=on,
            amount=amounts.get(pk, Money.zero()),
            threshold=threshold,
        )
        for pk, supplier in known.items()
    }


def lacks_papers(on: date) -> Q:
    """Return the condition that a supplier lacks a legal paper on a day, for a query over suppliers."""
    own = Paper.objects.filter(supplier_id=OuterRef("pk"), dated__lte=on, expires_on__gte=on)
    condition = Q(pk__in=[])
    for paper in ASKED_BY_LAW:
        kinds = [kind for kind in SupplierKind if paper in paper_rules.expected_of(kind)]
        condition |= Q(kind__in=kinds) & ~Q(Exists(own.filter(kind=paper)))
    return condition


def in_force(supplier_id: int) -> Mandate | None:
    """Return the mandate that stands now."""
    rows = Mandate.objects.filter(supplier_id=supplier_id, state=MandateState.SIGNED)
    return rows.select_related("signing", "file").first()
