"""Holding suppliers, so that what is found of them stays true to the end of the transaction."""

from collections.abc import Iterable

from cordee.suppliers.models import Supplier


def held(supplier_id: int) -> Supplier:
    """Return a supplier, held to the end of the transaction."""
    return Supplier.objects.select_for_update().get(pk=supplier_id)


def held_all(supplier_ids: Iterable[int]) -> dict[int, Supplier]:
    """Return these suppliers, held to the end of the transaction, taken in the order of their numbers."""
    rows = Supplier.objects.select_for_update().filter(pk__in=set(supplier_ids)).order_by("pk")
    return {supplier.pk: supplier for supplier in rows}
