"""Closing a supplier that exists no more, and opening it again."""

from django.db import transaction

from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.suppliers.actions.holding import held
from cordee.suppliers.facts import SupplierClosed, SupplierReopened
from cordee.suppliers.models import Supplier
from cordee.suppliers.rules import mandates, who


@transaction.atomic
def close(*, supplier_id: int, reason: str, by: Actor) -> Supplier:
    """Say that a supplier exists no more (its SIRET was closed, it was wound up): nothing is invoiced in its name, and
    no fee put on it, from now on; what was invoiced is paid. Closed twice it is closed once. Raises Refused.
    """
    supplier, reason = held(supplier_id), reason.strip()
    refuse_if(who.may_close(by))
    if not supplier.is_active:
        return supplier
    refuse_if(mandates.has_a_reason(reason))
    supplier.is_active = False
    supplier.version += 1
    supplier.save(update_fields=["is_active", "version"])
    fact = SupplierClosed(supplier_id=supplier.pk, reason_id=journal.keep_reason(reason))
    journal.record(fact, by=by)
    return supplier


@transaction.atomic
def reopen(*, supplier_id: int, by: Actor) -> Supplier:
    """Open a supplier again that was closed by mistake. Opened twice it is opened once. Raises Refused."""
    supplier = held(supplier_id)
    refuse_if(who.may_close(by))
    if supplier.is_active:
        return supplier
    supplier.is_active = True
    supplier.version += 1
    supplier.save(update_fields=["is_active", "version"])
    journal.record(SupplierReopened(supplier_id=supplier.pk), by=by)
    return supplier
