"""Registering and changing suppliers, and saying who bills through whom."""

import re
from dataclasses import asdict
from datetime import date
from uuid import uuid4

from django.db import IntegrityError, transaction

from cordee.invoices.content import VatRule
from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.changes import tidied
from cordee.kernel.names import search_key
from cordee.kernel.refusals import Blocker, Refused, refuse_if
from cordee.organisation.rules import is_current, is_near
from cordee.suppliers import queries
from cordee.suppliers.actions.holding import held
from cordee.suppliers.actions.regimes import set_vat
from cordee.suppliers.facts import SupplierChanged, SupplierChosen, SupplierRegistered
from cordee.suppliers.models import BillsThrough, Supplier
from cordee.suppliers.rules import identity, readiness, regimes, who
from cordee.suppliers.rules.identity import Identity, SupplierChanges
from cordee.suppliers.states import SupplierKind

_LONGEST_PREFIX_NAME = 10
_NO_LETTER = re.compile(r"[^A-Z]")


@transaction.atomic
def register(*, facilitator_id: int, identity_: Identity, since: date, by: Actor) -> Supplier:
    """Register a supplier through which a facilitator bills from a day on. Raises Refused, also when its SIREN is
    known already: then finance adds the facilitator to it (`attach`).
    """
    supplier = Supplier(**asdict(identity_), registered_at=clock.now(), invoice_prefix=uuid4().hex[:24])
    identity.put_right(supplier)
    supplier.search_key = _search_key(supplier)
    refuse_if(who.may_keep({facilitator_id}, by))
    refuse_if(
        [
            *identity.is_known_well_enough(supplier),
            *identity.siren_is_free(supplier.siren, supplier_id=None),
            *_can_begin(facilitator_id, since),
        ]
    )
    try:
        with transaction.atomic():
            supplier.save()
    except IntegrityError as error:  # somebody else was quicker with the same SIREN
        raise Refused(identity.siren_is_free(supplier.siren, supplier_id=None)) from error
    supplier.invoice_prefix = _prefix(supplier)
    supplier.save(update_fields=["invoice_prefix"])
    journal.record(SupplierRegistered(supplier_id=supplier.pk, kind=supplier.kind), by=by)
    _choose(supplier, facilitator_id, since, by)
    if supplier.kind == SupplierKind.ABROAD:  # it has one rule only: nobody is asked
        set_vat(
            supplier_id=supplier.pk, service_type_id=None, rule=VatRule.REVERSE_CHARGE, since=since, by=by
        )
    return supplier


@transaction.atomic
def change(
    *, supplier_id: int, changes: SupplierChanges, expected_version: int | None, by: Actor
) -> Supplier:
    """Change what is known of a supplier; what was issued stays as it was. Raises Refused, also for another SIREN:
    that is another supplier.
    """
    supplier = held(supplier_id)
    siren, email = supplier.siren, supplier.email
    refuse_if(who.may_keep(queries.facilitator_ids_of(supplier_id), by))
    changed = tidied(changes).made_to(supplier)
    identity.put_right(supplier)
    supplier.search_key = _search_key(supplier)
    refuse_if(
        [
            *is_current(supplier.version, expected_version),
            *identity.is_active(supplier),
            *identity.stays_the_same(siren, supplier),
            *identity.is_known_well_enough(supplier),
            *regimes.keeps_its_vat_number(supplier, queries.regimes_of(supplier_id)),
        ]
    )
    if not changed:
        return supplier
    if supplier.email != email:
        # Changed once more, the one before all of it stays the one that is asked.
        supplier.former_email, supplier.email_changed_at = queries.asked_address(supplier, email), clock.now()
    supplier.version += 1
    supplier.save()
    journal.record(SupplierChanged(supplier_id=supplier.pk, fields=changed), by=by)
    return supplier


@transaction.atomic
def attach(*, supplier_id: int, facilitator_id: int, since: date, by: Actor) -> None:
    """Let a facilitator bill through a supplier that is known already, from a day on. Raises Refused."""
    supplier = held(supplier_id)
    refuse_if(who.may_attach(by))
    refuse_if([*identity.is_active(supplier), *_can_begin(facilitator_id, since)])
    _choose(supplier, facilitator_id, since, by)


@transaction.atomic
def return_to(*, supplier_id: int, facilitator_id: int, since: date, by: Actor) -> None:
    """Bill again through a supplier through which one has billed before. Raises Refused."""
    supplier = held(supplier_id)
    refuse_if(who.may_keep({facilitator_id}, by))
    known = {row.supplier_id for row in queries.history_of(facilitator_id)}
    if supplier_id not in known:
        refuse_if(who.may_attach(by))
    refuse_if([*identity.is_active(supplier), *_can_begin(facilitator_id, since)])
    _choose(supplier, facilitator_id, since, by)


def _can_begin(facilitator_id: int, since: date) -> list[Blocker]:
    last = next((row.since for row in queries.history_of(facilitator_id)), None)
    return [*is_near(since, field="since"), *readiness.since_is_later(since, last)]


def _choose(supplier: Supplier, facilitator_id: int, since: date, by: Actor) -> None:
    known = queries.supplier_of(facilitator_id, since)
    if known and known.pk == supplier.pk:
        return
    BillsThrough.objects.update_or_create(
        facilitator_id=facilitator_id, since=since, defaults={"supplier": supplier}
    )
    journal.record(
        SupplierChosen(supplier_id=supplier.pk, facilitator_id=facilitator_id, since=since.isoformat()), by=by
    )


def _prefix(supplier: Supplier) -> str:
    """Return what begins the numbers of invoices in this name: letters of it, and a number of its own."""
    letters = _NO_LETTER.sub("", search_key(supplier.name).upper())
    return f"{letters[:_LONGEST_PREFIX_NAME]}{supplier.pk}"


def _search_key(supplier: Supplier) -> str:
    words = (supplier.name, supplier.trade_name, supplier.city, supplier.siret, supplier.siren)
    return search_key(" ".join(words))[:400]
