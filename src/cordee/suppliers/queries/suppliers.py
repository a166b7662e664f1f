"""Reading suppliers, and who bills through them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cordee.invoices.content import Party
from cordee.kernel import clock
from cordee.kernel.names import search_key
from cordee.network.models import Facilitator
from cordee.suppliers.models import BankAccount, BillsThrough, Mandate, Paper, Supplier, VatRegime
from cordee.suppliers.states import REMINDED_BEFORE, SOLE_TRADERS, AccountState, MandateState


@dataclass(frozen=True, slots=True)
class AccountToPay:
    """Where a supplier is paid. While it is cooling nothing is paid: not to the account before it either."""

    account_id: int
    iban: str
    bic: str
    holder: str
    usable_from: datetime
    cooling: bool


def supplier(supplier_id: int) -> Supplier | None:
    return Supplier.objects.filter(pk=supplier_id).first()


def suppliers(supplier_ids: Iterable[int]) -> dict[int, Supplier]:
    return Supplier.objects.in_bulk(list(set(supplier_ids)))


def found(search: str = "", kind: str = "") -> QuerySet[Supplier]:
    """Return the suppliers whose name, town or number contains every word of `search`, by name."""
    rows = Supplier.objects.order_by("name", "pk")
    if kind:
        rows = rows.filter(kind=kind)
    for word in search_key(search).split():
        rows = rows.filter(search_key__contains=word)
    return rows


def lacking(rows: QuerySet[Supplier], *, on: date, papers: Q) -> QuerySet[Supplier]:
    """Return those that cannot be invoiced or paid on a day for want of something (not of time), or lack legal papers
    (the condition `papers`). Nothing is asked any more of one that is closed.
    """
    own = OuterRef("pk")
    accounts = BankAccount.objects.filter(supplier_id=own)
    mandates = Mandate.objects.filter(supplier_id=own, state=MandateState.SIGNED)
    return rows.filter(
        ~Exists(VatRegime.objects.filter(supplier_id=own, since__lte=on))
        | ~Exists(accounts.filter(state=AccountState.CONFIRMED))
        | Exists(accounts.filter(state=AccountState.PROPOSED))
        | (Q(sends_invoices=False) & ~Exists(mandates))
        | papers,
        is_active=True,
    )


def supplier_of(facilitator_id: int, on: date) -> Supplier | None:
    """Return through whom a facilitator bills on a day, if that is known."""
    return suppliers_of([facilitator_id], on).get(facilitator_id)


def suppliers_of(facilitator_ids: Iterable[int], on: date) -> dict[int, Supplier]:
    """Return through whom these facilitators bill on a day, by facilitator, in one query."""
    rows = BillsThrough.objects.filter(facilitator_id__in=set(facilitator_ids), since__lte=on)
    latest = rows.select_related("supplier").order_by("since", "pk")
    return {row.facilitator_id: row.supplier for row in latest}


def suppliers_on(asked: Iterable[tuple[int, date]]) -> dict[tuple[int, date], int]:
    """Return through whom facilitators bill, each on a day of its own: the supplier's number by facilitator and day, in
    one query; none for those who bill through nobody.
    """
    wanted = set(asked)
    rows = BillsThrough.objects.filter(facilitator_id__in={pk for pk, _day in wanted})
    through: dict[int, list[tuple[date, int]]] = {}
    for row in rows.order_by("since", "pk"):
        through.setdefault(row.facilitator_id, []).append((row.since, row.supplier_id))
    found: dict[tuple[int, date], int] = {}
    for pk, day in wanted:
        begun = [supplier_id for since, supplier_id in through.get(pk, ()) if since <= day]
        if begun:
            found[pk, day] = begun[-1]
    return found


def history_of(facilitator_id: int) -> list[BillsThrough]:
    """Return through whom a facilitator bills, and has billed, the latest first."""
    rows = BillsThrough.objects.filter(facilitator_id=facilitator_id).select_related("supplier")
    return list(rows.order_by("-since", "-pk"))


def billed_by(supplier_ids: Iterable[int]) -> dict[int, list[Facilitator]]:
    """Return who bills through these suppliers now, or will, by supplier, in one query."""
    today = clock.today()
    now = BillsThrough.objects.filter(facilitator_id=OuterRef("facilitator_id"), since__lte=today)
    standing = Q(pk=Subquery(now.order_by("-since").values("pk")[:1])) | Q(since__gt=today)
    rows = BillsThrough.objects.filter(standing, supplier_id__in=set(supplier_ids))
    people: dict[int, list[Facilitator]] = {}
    for row in rows.select_related("facilitator__user").order_by("facilitator__search_key", "pk"):
        known = people.setdefault(row.supplier_id, [])
        if row.facilitator not in known:
            known.append(row.facilitator)
    return people


def facilitator_ids_of(supplier_id: int) -> set[int]:
    """Return who bills through a supplier now, or will: those who keep what is known of it."""
    return {f.pk for f in billed_by([supplier_id]).get(supplier_id, [])}


def party(supplier: Supplier) -> Party:
    """Return a supplier as the seller on an invoice of now, with the account to which it is paid."""
    return parties([supplier])[supplier.pk]


def parties(suppliers: Iterable[Supplier]) -> dict[int, Party]:
    """Return suppliers as sellers, in one query."""
    known = list(suppliers)
    accounts = account_to_pay([s.pk for s in known], clock.now())
    return {s.pk: _party(s, accounts.get(s.pk)) for s in known}


def _party(supplier: Supplier, account: AccountToPay | None) -> Party:
    return Party(
        name=supplier.name,
        legal_form=supplier.legal_form,
        is_sole_trader=supplier.kind in SOLE_TRADERS,
        address=supplier.address,
        postal_code=supplier.postal_code,
        city=supplier.city,
        country=supplier.country,
        siren=supplier.siren,
        siret=supplier.siret,
        vat_number=supplier.vat_number,
        electronic_address=supplier.electronic_address or supplier.siren,
        email=supplier.email,
        iban=account.iban if account else "",
        bic=account.bic if account else "",
        account_holder=account.holder if account else "",
    )


def account_to_pay(supplier_ids: Iterable[int], now: datetime) -> dict[int, AccountToPay]:
    """Return where these suppliers are paid, by supplier, in one query; none for those without confirmed account."""
    rows = BankAccount.objects.filter(supplier_id__in=set(supplier_ids), state=AccountState.CONFIRMED)
    return {
        row.supplier_id: AccountToPay(
            row.pk, row.iban, row.bic, row.holder, row.usable_from, row.usable_from > now
        )
        for row in rows
        if row.usable_from
    }


def account(account_id: int) -> BankAccount | None:
    return BankAccount.objects.select_related("supplier").filter(pk=account_id).first()


def accounts_of(supplier_id: int) -> list[BankAccount]:
    """Return every account of a supplier, the last first."""
    return list(BankAccount.objects.filter(supplier_id=supplier_id).order_by("-pk"))


def papers_of(supplier_id: int) -> list[Paper]:
    """Return every paper of a supplier, the last first."""
    return list(Paper.objects.filter(supplier_id=supplier_id).select_related("file").order_by("-pk"))


def papers_ending(today: date) -> list[Paper]:
    """Return the papers that expire within the time of the reminder, and have no successor, in one query."""
    later = Paper.objects.filter(
        supplier_id=OuterRef("supplier_id"), kind=OuterRef("kind"), expires_on__gt=OuterRef("expires_on")
    )
    rows = Paper.objects.filter(
        ~Exists(later), expires_on__gte=today, expires_on__lte=today + REMINDED_BEFORE
    )
    return list(rows.select_related("supplier").order_by("pk"))


def paper(paper_id: int) -> Paper | None:
    return Paper.objects.select_related("supplier", "file").filter(pk=paper_id).first()
