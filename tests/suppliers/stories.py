"""Steps that stories of suppliers share."""

from dataclasses import replace
from datetime import date

from stdnum import luhn
from stdnum.fr import siren as siren_numbers

from cordee.kernel.actor import COMMAND, Actor, ActorKind
from cordee.network.models import Facilitator
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.suppliers import actions
from cordee.suppliers.actions import Seen
from cordee.suppliers.models import BankAccount, Mandate, Supplier
from cordee.suppliers.rules.identity import Identity
from cordee.suppliers.rules.mandates import code_of
from cordee.suppliers.states import SupplierKind
from tests.cast import Cast

BEGIN = date(2027, 1, 1)
IBAN, OTHER_IBAN = "FR7630006000011234567890189", "FR1420041010050500013M02606"
BY_LINK = Actor(ActorKind.LINK, link_id=1)
SEEN = Seen(ip="192.0.2.7", device="Firefox 140 on Linux")


def siret(number: int) -> str:
    """Return a SIRET with its check digits, another one for each number."""
    eight = f"{80000000 + number:08}"
    siren = eight + luhn.calc_check_digit(eight)
    thirteen = f"{siren}0001"
    return thirteen + luhn.calc_check_digit(thirteen)


def vat_number(of_siret: str) -> str:
    return f"FR{siren_numbers.to_tva(of_siret[:9]).replace(' ', '')}"


def identity(number: int = 1, **changes: object) -> Identity:
    """Return a micro-enterprise that lacks nothing, with these changes."""
    known = Identity(
        kind=SupplierKind.MICRO,
        name="Noor van den Berg",
        address="3 rue des Lilas",
        postal_code="75020",
        city="Paris",
        email="noor@reseau.example",
        siret=siret(number),
    )
    return replace(known, **changes)  # type: ignore[arg-type]


def registered(
    cast: Cast, who: Facilitator | None = None, number: int = 1, since: date = BEGIN, **changes: object
) -> Supplier:
    """Register a supplier through which Noor, or somebody else, bills."""
    person = who or cast.noor
    return actions.register(
        facilitator_id=person.pk, identity_=identity(number, **changes), since=since, by=cast.actor(person)
    )


def told_address() -> None:
    """Complete the organisation, so that a mandate names it."""
    organisation.update(
        changes=OrganisationChanges(address="1 rue de la Paix", postal_code="75002", city="Paris"),
        expected_version=None,
        by=COMMAND,
    )


def signed(cast: Cast, supplier: Supplier, who: Facilitator | None = None, capacity: str = "") -> Mandate:
    """Sign the mandate with the code that was mailed."""
    told_address()
    by = cast.actor(who or cast.noor)
    signing = actions.ask_code(
        supplier_id=supplier.pk, signer="Noor van den Berg", capacity=capacity, language="fr", by=by
    )
    return actions.sign(supplier_id=supplier.pk, code=code_of(signing), seen=SEEN, by=by)


def with_account(
    cast: Cast, supplier: Supplier, iban: str = IBAN, who: Facilitator | None = None
) -> BankAccount:
    """Give a bank account and confirm it."""
    account = actions.propose_account(
        supplier_id=supplier.pk, iban=iban, bic="", holder=supplier.name, by=cast.actor(who or cast.noor)
    )
    return actions.confirm_account(account_id=account.pk, by=BY_LINK)
