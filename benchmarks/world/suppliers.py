"""Through whom the facilitators of a world bill: suppliers of every kind, with all that invoices and transfers need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from stdnum import iban, luhn
from stdnum.fr import siren as siren_numbers

from benchmarks.world.rows import Rows
from cordee.catalogue.models import ServiceType
from cordee.files.models import StoredFile
from cordee.invoices.content import Party, VatRule
from cordee.kernel.names import search_key
from cordee.network.models import Facilitator
from cordee.organisation.models import Organisation
from cordee.suppliers.models import (
    BankAccount,
    BillsThrough,
    Mandate,
    Paper,
    Signing,
    Supplier,
    VatRegime,
)
from cordee.suppliers.rules.mandates import VERSION, text_for
from cordee.suppliers.states import SOLE_TRADERS, AccountState, MandateState, PaperKind, SupplierKind

_K = SupplierKind
KINDS = (
    *(_K.MICRO, _K.COMPANY, _K.SOLE_TRADER, _K.UMBRELLA, _K.ASSOCIATION, _K.ABROAD, _K.SOLE_TRADER),
    *[_K.MICRO] * 8,
    *(_K.COMPANY, _K.UMBRELLA, _K.ASSOCIATION, _K.SOLE_TRADER, _K.MICRO),
)
"""Of one facilitator after the other; half of them micro-enterprises."""
LATE_MANDATE = len(KINDS) - 1
"""Whoever stands there has signed a month ago, and sent invoices before."""
SHARED_BY = 10
"""Facilitators who bill through one umbrella company."""
PAYER = "FR7610107001011234567890129"


@dataclass(frozen=True, slots=True)
class Seller:
    """A supplier, as invoices need it."""

    row: Supplier
    account: BankAccount
    party: Party
    training: VatRule
    other: VatRule
    """Of what is no training."""
    mandated_since: date | None
    """None: it sends invoices of its own, for ever."""


def sellers(
    rows: Rows, people: Sequence[Facilitator], training: ServiceType, anchor: datetime
) -> dict[int, Seller]:
    """Make the suppliers through which these people have billed since they joined; return them by facilitator."""
    organisation = _identified()
    found: dict[int, Seller] = {}
    shared: Seller | None = None
    for place, person in enumerate(people):
        kind = KINDS[place % len(KINDS)]
        if kind == _K.UMBRELLA and shared and shared.row.pk % SHARED_BY:
            seller = shared
        else:
            row = rows.add(_supplier(place, kind, person))
            late = place % len(KINDS) == LATE_MANDATE
            signed_at = anchor - timedelta(days=30) if late else row.registered_at
            _mandate(rows, organisation, row, signed_at)
            seller = _seller(
                rows, row, training, None if row.sends_invoices else signed_at.date(), anchor.date()
            )
        shared = seller if kind == _K.UMBRELLA else shared
        since = person.user.joined_at.date()
        rows.add(BillsThrough(facilitator=person, supplier=seller.row, since=since))
        found[person.pk] = seller
    return found


def _identified() -> Organisation:
    """Complete the organisation as an invoice names it, with the account that pays."""
    organisation = Organisation.objects.get(pk=1)
    organisation.siret, organisation.bank_iban = "73282932000074", PAYER
    organisation.address, organisation.postal_code, organisation.city = "1 rue de la Paix", "75002", "Paris"
    organisation.save()
    return organisation


def _seller(
    rows: Rows, row: Supplier, training: ServiceType, mandated_since: date | None, today: date
) -> Seller:
    rules = _rules(SupplierKind(row.kind))
    since = row.registered_at.date()
    _regimes(rows, row, rules, training, since)
    account = _account(rows, row)
    _papers(rows, row, since, today)
    party = Party(
        name=row.name,
        legal_form=row.legal_form,
        is_sole_trader=row.kind in SOLE_TRADERS,
        address=row.address,
        postal_code=row.postal_code,
        city=row.city,
        siren=row.siren,
        siret=row.siret,
        vat_number=row.vat_number,
        electronic_address=row.siren,
        email=row.email,
        iban=account.iban,
        account_holder=account.holder,
    )
    return Seller(row, account, party, *rules, mandated_since)


def _rules(kind: SupplierKind) -> tuple[VatRule, VatRule]:
    """Return the VAT rules of training, and of all else."""
    match kind:
        case _K.COMPANY | _K.UMBRELLA:
            return VatRule.STANDARD, VatRule.STANDARD
        case _K.SOLE_TRADER:
            return VatRule.EXEMPT_TRAINING, VatRule.STANDARD
        case _K.ABROAD:
            return VatRule.REVERSE_CHARGE, VatRule.REVERSE_CHARGE
    return VatRule.FRANCHISE, VatRule.FRANCHISE


def _supplier(number: int, kind: SupplierKind, person: Facilitator) -> Supplier:
    abroad = kind == _K.ABROAD
    eight = f"{30000000 + number:08}"
    siren = "" if abroad else eight + luhn.calc_check_digit(eight)
    charges = VatRule.STANDARD in _rules(kind)
    name = person.full_name if kind in SOLE_TRADERS else f"{person.full_name} {kind.value.title()}"
    return Supplier(
        kind=kind,
        name=name,
        legal_form="SAS au capital de 1 000 €, RCS Lyon" if kind in {_K.COMPANY, _K.UMBRELLA} else "",
        address=f"{1 + number % 90} rue des Lilas",
        postal_code="1003" if abroad else "69003",
        city="Lausanne" if abroad else person.city or "Lyon",
        country="CH" if abroad else "FR",
        siren=siren,
        siret="" if abroad else _siret(siren),
        foreign_number=f"CHE-{number:09}" if abroad else "",
        vat_number=f"FR{siren_numbers.to_tva(siren).replace(' ', '')}" if charges and siren else "",
        email=person.user.email,
        sends_invoices=kind in {_K.UMBRELLA, _K.ABROAD},
        invoice_prefix=f"S{number:05d}",
        registered_at=person.user.joined_at,
        search_key=search_key(f"{name} {person.city} {siren}"),
    )


def _siret(siren: str) -> str:
    thirteen = f"{siren}0001"
    return thirteen + luhn.calc_check_digit(thirteen)


def _regimes(
    rows: Rows, row: Supplier, rules: tuple[VatRule, VatRule], training: ServiceType, since: date
) -> None:
    of_training, other = rules
    rows.add(VatRegime(supplier=row, rule=other, since=since))
    if of_training != other:
        attested_on = since if of_training == VatRule.EXEMPT_TRAINING else None
        rows.add(
            VatRegime(
                supplier=row,
                service_type=training,
                rule=of_training,
                since=since,
                attested_on=attested_on,
            )
        )


def _account(rows: Rows, row: Supplier) -> BankAccount:
    bban = f"3000600001{row.pk:011}89"
    given_at = row.registered_at
    return rows.add(
        BankAccount(
            supplier=row,
            iban=f"FR{iban.calc_check_digits(f'FR00{bban}')}{bban}",
            holder=row.name,
            state=AccountState.CONFIRMED,
            proposed_at=given_at,
            asked_of=row.email,
            settled_at=given_at,
            usable_from=given_at,
        )
    )


def _papers(rows: Rows, row: Supplier, since: date, today: date) -> None:
    """A certificate of vigilance every six months, an extract of the register once."""
    file = stored_file(rows, f"paper:{row.pk}", row.registered_at)
    days = [since + timedelta(days=182 * turn) for turn in range((today - since).days // 182 + 1)]
    for kind, dated in ((PaperKind.REGISTRATION, today), *((PaperKind.VIGILANCE, day) for day in days)):
        rows.add(
            Paper(
                supplier=row,
                kind=kind,
                file=file,
                dated=dated,
                expires_on=dated + timedelta(days=183),
                given_at=row.registered_at,
            )
        )


def _mandate(rows: Rows, organisation: Organisation, row: Supplier, at: datetime) -> None:
    if row.sends_invoices:
        return
    text = text_for(row, organisation, "fr")
    signing = rows.add(
        Signing(
            supplier=row,
            seed=f"{row.pk:032}",
            text_version=VERSION,
            language="fr",
            contest_days=organisation.contest_within_days,
            text=text,
            sent_to=row.email,
            signer=row.name,
            asked_at=at,
            expires_at=at,
            tries=1,
        )
    )
    rows.add(
        Mandate(
            supplier=row,
            signing=signing,
            state=MandateState.SIGNED,
            signed_at=at,
            text_sha256=sha256(text.encode()).hexdigest(),
            file=stored_file(rows, f"mandate:{row.pk}", at),
        )
    )


def stored_file(rows: Rows, name: str, at: datetime, content_type: str = "application/pdf") -> StoredFile:
    """Add the row of a file; its bytes are not there: no page that is measured opens it."""
    digest = sha256(name.encode()).hexdigest()
    return rows.add(StoredFile(sha256=digest, size=24_000, content_type=content_type, stored_at=at))
