"""What keeps approved fees from an invoice: one answer for their pages, for billing and for the audit."""

from collections.abc import Collection

from cordee.fees.models import FeeLine
from cordee.fees.queries.payables import day_of
from cordee.invoices import queries as invoices
from cordee.invoices.rules import is_identified
from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Turn
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.suppliers import queries as suppliers
from cordee.suppliers.queries import Service


def lacking(
    fee_ids: Collection[int], organisation: Organisation | None = None
) -> dict[int, tuple[Blocker, ...]]:
    """Return what keeps these fees from an invoice in their supplier's name, by fee, each asked of its own day and
    service; empty where nothing does. `own_invoice` and `no_mandate` say that the supplier's own is expected. Six
    queries, and one for the organisation when it was not read already.
    """
    if not fee_ids:
        return {}
    rows = FeeLine.objects.filter(pk__in=fee_ids).select_related("session", "request", "line").order_by("pk")
    asked: dict[int, Service] = {
        fee.pk: (fee.facilitator_id, day_of(fee), fee.line.service_type_id) for fee in rows
    }
    found = suppliers.readiness_of_services(set(asked.values()), clock.today())
    buyer = tuple(is_identified(invoices.the_buyer(organisation or the_organisation()), Turn.ADMINISTRATOR))
    return {pk: (*found[service], *buyer) for pk, service in asked.items()}
