"""Through whom the network bills: suppliers of every kind, most of them ready, some with something missing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from cordee.demo import numbers, papers
from cordee.demo.stage import ZONE, Stage, Story, actor
from cordee.invoices.content import VatRule
from cordee.kernel import clock
from cordee.kernel.actor import Actor, ActorKind
from cordee.network.models import Facilitator
from cordee.suppliers import actions
from cordee.suppliers.actions import Seen
from cordee.suppliers.models import Supplier
from cordee.suppliers.rules.identity import Identity
from cordee.suppliers.rules.mandates import code_of
from cordee.suppliers.states import PaperKind, SupplierKind

_BY_MAIL = Actor(ActorKind.LINK)
_PHONE = Seen(ip="192.0.2.44", device="Mozilla/5.0 (Android 16; Mobile; rv:146.0) Gecko/146.0 Firefox/146.0")
_STREETS = ("rue des Lilas", "avenue Jean-Jaurès", "rue du Moulin", "place de la République", "rue Pasteur")
_POSTCODES = {"Paris": "75011", "Lyon": "69003", "Lille": "59000", "Rennes": "35000", "Nantes": "44000"}
_NOTHING, _UNSIGNED, _NO_ACCOUNT = {3}, {4, 17, 31}, {9}
"""Places in the network of those with whom something is missing: no supplier, no mandate, no account."""
_COMPANY, _ASSOCIATION, _UMBRELLA, _SECOND_EMPLOYEE, _ABROAD = 5, 7, 11, 12, 13
_EXPIRED, _COOLING, _TO_CONFIRM = 2, 6, 8
_EXEMPT = {10, 20, 30}
_NDA = "11750000075"


_UNLIKE: dict[int, dict[str, Any]] = {
    _COMPANY: {
        "kind": SupplierKind.COMPANY,
        "legal_form": "SARL au capital de 2 000 €, RCS Paris",
        "activity_number": _NDA,
    },
    _ASSOCIATION: {"kind": SupplierKind.ASSOCIATION, "name": "Les Ateliers du vivant"},
    _UMBRELLA: {
        "kind": SupplierKind.UMBRELLA,
        "name": "Portage & Compagnie",
        "legal_form": "SAS au capital de 50 000 €, RCS Lyon",
        "email": "factures@portage-compagnie.example",
        "sends_invoices": True,
    },
    _ABROAD: {
        "kind": SupplierKind.ABROAD,
        "country": "BE",
        "siret": "",
        "foreign_number": "0403.170.701",
        "vat_number": "BE0403170701",
        "postal_code": "1000",
        "city": "Bruxelles",
    },
    **{place: {"kind": SupplierKind.SOLE_TRADER, "activity_number": _NDA} for place in sorted(_EXEMPT)},
}
"""What sets some apart from a micro-enterprise, by their place in the network."""


@dataclass(frozen=True, slots=True)
class Billing:
    """Somebody of the network with the supplier through which they bill."""

    person: Facilitator
    supplier: Supplier
    by: Actor
    place: int


def stories(stage: Stage) -> Iterator[Story[None]]:
    """Tell them all."""
    yield everybody(stage)


def everybody(stage: Stage) -> Story[None]:
    """In the first days each fills in how they are paid; since then a paper expired and accounts changed."""
    beginning = stage.day(-370)
    yield stage.moment(beginning, "11:00")
    billing: dict[int, Billing] = {}
    for place, person in enumerate(stage.facilitators):
        if place not in {*_NOTHING, _SECOND_EMPLOYEE}:
            billing[place] = registered(place, person, beginning)
    actions.attach(
        supplier_id=billing[_UMBRELLA].supplier.pk,
        facilitator_id=stage.facilitators[_SECOND_EMPLOYEE].pk,
        since=beginning,
        by=stage.farid,
    )
    yield stage.moment(beginning, "15:00")
    for one in billing.values():
        complete(one, beginning)
    yield stage.moment(stage.day(-215), "10:30")
    for place in (0, 1, _EXPIRED):
        give_papers(billing[place])
    yield stage.moment(stage.day(-20), "09:40")
    for place in (0, 1):  # Camille and Idris renewed theirs
        give_papers(billing[place])
    yield stage.moment(stage.today - timedelta(days=1), "16:20")  # any day of the week: it cools for three
    account = new_account(billing[_COOLING], 9_000_000)
    actions.confirm_account(account_id=account, by=_BY_MAIL)
    new_account(billing[_TO_CONFIRM], 9_000_001)


def registered(place: int, person: Facilitator, since: date) -> Billing:
    """Register the supplier of somebody, of the kind that their place in the network says."""
    by = actor(person)
    identity = _identity(place, person)
    return Billing(
        person,
        actions.register(facilitator_id=person.pk, identity_=identity, since=since, by=by),
        by,
        place,
    )


def _identity(place: int, person: Facilitator) -> Identity:
    number = numbers.siret(place + 1)
    city = person.city or "Paris"
    usual = Identity(
        kind=SupplierKind.MICRO,
        name=person.full_name,
        address=f"{place + 1} {_STREETS[place % len(_STREETS)]}",
        postal_code=_POSTCODES.get(city, "31000"),
        city=city,
        email=person.user.email,
        siret=number,
    )
    if place == _COMPANY:
        usual = replace(usual, name=f"{person.user.last_name} Conseil", vat_number=numbers.vat_number(number))
    if place == _UMBRELLA:
        usual = replace(usual, vat_number=numbers.vat_number(number))
    unlike: dict[str, Any] = _UNLIKE.get(place, {})
    return replace(usual, **unlike)


def complete(one: Billing, since: date) -> None:
    """Answer what the page still asks for: VAT, the mandate, the bank account."""
    supplier, place = one.supplier, one.place
    if supplier.kind != SupplierKind.ABROAD:
        standard = supplier.kind in {SupplierKind.COMPANY, SupplierKind.UMBRELLA}
        rule = VatRule.STANDARD if standard else VatRule.FRANCHISE
        rule = VatRule.EXEMPT_TRAINING if place in _EXEMPT else rule
        attested = since - timedelta(days=200) if rule == VatRule.EXEMPT_TRAINING else None
        actions.set_vat(
            supplier_id=supplier.pk,
            service_type_id=None,
            rule=rule,
            since=since,
            attested_on=attested,
            by=one.by,
        )
    if not supplier.sends_invoices and place not in _UNSIGNED:
        capacity = {_COMPANY: "gérante", _ASSOCIATION: "présidente"}.get(place, "")
        signing = actions.ask_code(
            supplier_id=supplier.pk,
            signer=one.person.full_name,
            capacity=capacity,
            language="fr",
            by=one.by,
        )
        actions.sign(supplier_id=supplier.pk, code=code_of(signing), seen=_PHONE, by=one.by)
    if place not in _NO_ACCOUNT:
        account = new_account(one, 1_000 + place)
        actions.confirm_account(account_id=account, by=_BY_MAIL)


def new_account(one: Billing, number: int) -> int:
    """Give a bank account; return its number here."""
    account = actions.propose_account(
        supplier_id=one.supplier.pk, iban=numbers.iban(number), bic="", holder=one.supplier.name, by=one.by
    )
    return account.pk


def give_papers(one: Billing) -> None:
    """Give both papers that the law asks for, dated of these days."""
    for kind in (PaperKind.VIGILANCE, PaperKind.REGISTRATION):
        actions.give_paper(
            supplier_id=one.supplier.pk,
            kind=kind,
            content=papers.paper("internal_rules"),
            dated=clock.today(ZONE) - timedelta(days=2),
            by=one.by,
        )
