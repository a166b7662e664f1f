"""Holding a supplier: everything on one happens one at a time."""

from cordee.suppliers.models import Supplier


def held(supplier_id: int) -> Supplier:
    """Return a supplier, held to the end of the transaction; after its mission, before number series."""
    return Supplier.objects.select_for_update().get(pk=supplier_id)
