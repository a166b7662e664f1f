"""What must be known of a supplier, by its kind, and what cannot be right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from stdnum.eu import vat
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from cordee.kernel.changes import UNSET, Changes, Unset
from cordee.kernel.names import compact, is_email, normal_email, tidy
from cordee.kernel.refusals import Blocker, Turn
from cordee.suppliers.models import Supplier
from cordee.suppliers.states import SOLE_TRADERS, SupplierKind

_ACTIVITY_NUMBER = re.compile(r"\d{11}")
_ROUTE = re.compile(r"[A-Za-z0-9_+\-/]+")
_FRENCH_POSTCODE = re.compile(r"\d{5}")
_SIREN_LENGTH = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a supplier is by law, as typed."""

    kind: SupplierKind
    name: str
    address: str
    postal_code: str
    city: str
    email: str
    trade_name: str = ""
    legal_form: str = ""
    country: str = "FR"
    siret: str = ""
    foreign_number: str = ""
    vat_number: str = ""
    electronic_address: str = ""
    activity_number: str = ""
    sends_invoices: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierChanges(Changes):
    """What may be changed of a supplier. Another SIREN is another supplier; another kind of one person is none."""

    kind: SupplierKind | Unset = UNSET
    name: str | Unset = UNSET
    trade_name: str | Unset = UNSET
    legal_form: str | Unset = UNSET
    address: str | Unset = UNSET
    postal_code: str | Unset = UNSET
    city: str | Unset = UNSET
    country: str | Unset = UNSET
    siret: str | Unset = UNSET
    foreign_number: str | Unset = UNSET
    vat_number: str | Unset = UNSET
    electronic_address: str | Unset = UNSET
    email: str | Unset = UNSET
    activity_number: str | Unset = UNSET
    sends_invoices: bool | Unset = UNSET


def _is_routed(address: str, siren: str) -> bool:
    """Tell whether electronic invoices find an address: the SIREN, and behind an underscore where to there."""
    return address == siren or (address.startswith(f"{siren}_") and bool(_ROUTE.fullmatch(address)))


def put_right(supplier: Supplier) -> None:
    """Bring what was typed into the form in which it is stored, and leave out what this kind does not have."""
    for name in ("name", "trade_name", "legal_form", "address", "postal_code", "city", "electronic_address"):
        setattr(supplier, name, tidy(getattr(supplier, name)))
    for name in ("siret", "vat_number", "activity_number"):
        setattr(supplier, name, compact(getattr(supplier, name)))
    supplier.foreign_number = tidy(supplier.foreign_number)
    supplier.email = normal_email(supplier.email)
    if supplier.kind == SupplierKind.ABROAD:
        supplier.siret = supplier.siren = supplier.activity_number = supplier.electronic_address = ""
        supplier.sends_invoices = True
    else:
        supplier.country, supplier.foreign_number = "FR", ""
        supplier.siren = supplier.siret[:_SIREN_LENGTH]
        if supplier.kind in SOLE_TRADERS:
            supplier.legal_form = ""


def is_known_well_enough(supplier: Supplier) -> Iterator[Blocker]:
    """An invoice names its seller: name, address, numbers (CGI ann. II, art. 242 nonies A). `put_right` comes first."""
    for name in ("name", "address", "city"):
        if not getattr(supplier, name):
            yield _blocker(
                "missing", name, _("An invoice cannot do without this."), _("Write it as it is registered.")
            )
    if not is_email(supplier.email):
        yield _blocker("bad_email", "email", _("This is no e-mail address."), _("Look at what is typed."))
    if supplier.kind == SupplierKind.ABROAD:
        yield from _abroad(supplier)
    else:
        yield from _in_france(supplier)
    yield from _vat_number(supplier)


def _in_france(supplier: Supplier) -> Iterator[Blocker]:
    if not siret_number.is_valid(supplier.siret) or not siren_number.is_valid(supplier.siren):
        yield _blocker(
            "bad_siret",
            "siret",
            _("“%(siret)s” is not a valid SIRET number.") % {"siret": supplier.siret},
            _("A SIRET has 14 digits: copy it from your certificate of registration (INSEE)."),
        )
    if not _FRENCH_POSTCODE.fullmatch(supplier.postal_code):
        yield _blocker(
            "bad_postal_code", "postal_code", _("A postal code in France has 5 digits."), _("Correct it.")
        )
    number = supplier.activity_number
    if number and not _ACTIVITY_NUMBER.fullmatch(number):
        yield _blocker(
            "bad_activity_number",
            "activity_number",
            _("An activity number (NDA) has 11 digits."),
            _("Copy it from the letter of the prefecture, or leave it out if you have none."),
        )
    address = supplier.electronic_address
    if address and not _is_routed(address, supplier.siren):
        yield _blocker(
            "bad_electronic_address",
            "electronic_address",
            _("An address for electronic invoices begins with the SIREN."),
            _("Write %(siren)s, an underscore and what your platform told you; or leave it out.")
            % {"siren": supplier.siren},
        )


def _abroad(supplier: Supplier) -> Iterator[Blocker]:
    if supplier.country == "FR":
        yield _blocker(
            "not_abroad",
            "country",
            _("A structure abroad is not established in France."),
            _("Choose its country, or another kind."),
        )
    if not supplier.foreign_number:
        yield _blocker(
            "missing",
            "foreign_number",
            _("An invoice cannot do without this."),
            _("Write the number under which it is registered in its country."),
        )


def _vat_number(supplier: Supplier) -> Iterator[Blocker]:
    """Of the Union, a number has its check digits; one of France holds the SIREN."""
    number = supplier.vat_number
    if not number:
        return
    in_union = number[:2].lower() in vat.MEMBER_STATES
    french = supplier.country == "FR"
    if (french and number[:2] != "FR") or (in_union and not vat.is_valid(number)):
        yield _blocker(
            "bad_vat_number",
            "vat_number",
            _("“%(number)s” is not a valid VAT number.") % {"number": number},
            _("It begins with the country, such as FR, and holds a check digit: copy it from an invoice."),
        )
    elif french and supplier.siren and not number.endswith(supplier.siren):
        yield _blocker(
            "vat_number_of_another",
            "vat_number",
            _("This VAT number belongs to another SIREN."),
            _("It ends with the SIREN %(siren)s.") % {"siren": supplier.siren},
        )


def siren_is_free(siren: str, *, supplier_id: int | None) -> Iterator[Blocker]:
    """Who types a SIREN that is known does not get at what is known of it."""
    if siren and Supplier.objects.filter(siren=siren).exclude(pk=supplier_id or 0).exists():
        yield Blocker(
            "siren_known",
            _("A supplier with this SIREN is already known here."),
            _("If you bill through it together with somebody, ask finance to add you."),
            Turn.FINANCE,
            "siret",
        )


def stays_the_same(before: str, supplier: Supplier) -> Iterator[Blocker]:
    """Numbers, mandate and bank account belong to one legal person: another SIREN is another supplier."""
    if before != supplier.siren:
        yield _blocker(
            "another_siren",
            "siret",
            _("This SIRET belongs to another SIREN, which is another supplier."),
            _("Choose “I bill through another structure”, and say since when."),
        )


def is_active(supplier: Supplier) -> Iterator[Blocker]:
    if not supplier.is_active:
        yield Blocker(
            "supplier_closed",
            _("%(name)s is no longer a supplier.") % {"name": supplier.name},
            _(
                "Those who bill through it give another structure under “How I am paid”; finance can open it again."
            ),
            Turn.FACILITATOR,
        )


def _blocker(code: str, field: str, message: str, fix: str) -> Blocker:
    return Blocker(code, message, fix, Turn.FACILITATOR, field)
