"""Saying which VAT rule applies from a day on."""

from datetime import date

from django.db import transaction

from cordee.files.actions import keep
from cordee.invoices.content import VatRule
from cordee.journal import actions as journal
from cordee.kernel.actor import Actor
from cordee.kernel.refusals import refuse_if
from cordee.organisation.rules import is_near
from cordee.suppliers import queries
from cordee.suppliers.actions.holding import held
from cordee.suppliers.facts import VatRegimeSet
from cordee.suppliers.models import VatRegime
from cordee.suppliers.rules import identity, papers, regimes, who


@transaction.atomic
def set_vat(
    *,
    supplier_id: int,
    service_type_id: int | None,
    rule: VatRule,
    since: date,
    attested_on: date | None = None,
    attestation: bytes | None = None,
    by: Actor,
) -> VatRegime:
    """Say which VAT rule applies to what a supplier invoices for services supplied from a day on: one service type, or
    (none given) all that have no rule of their own. The same day again replaces the rule. What was invoiced stays.

    `attestation`: the attestation of exempt training, as PDF or picture. Raises Refused.
    """
    supplier = held(supplier_id)
    refuse_if(who.may_keep(queries.facilitator_ids_of(supplier_id), by))
    if rule != VatRule.EXEMPT_TRAINING:
        attested_on = attestation = None
    refuse_if(
        [
            *identity.is_active(supplier),
            *is_near(since, field="since"),
            *regimes.can_have(supplier, rule, attested_on),
            *(papers.is_a_scan(attestation) if attestation else ()),
        ]
    )
    found = VatRegime.objects.filter(supplier=supplier, service_type_id=service_type_id, since=since).first()
    regime = found or VatRegime(supplier=supplier, service_type_id=service_type_id, since=since)
    if found and (found.rule, found.attested_on) == (rule, attested_on) and not attestation:
        return found
    regime.rule, regime.attested_on = rule, attested_on
    if attestation:
        regime.attestation = keep(attestation, content_type=papers.kind_of_file(attestation))
    elif rule != VatRule.EXEMPT_TRAINING:
        regime.attestation = None
    regime.save()
    fact = VatRegimeSet(
        supplier_id=supplier.pk, service_type_id=service_type_id, rule=rule, since=since.isoformat()
    )
    journal.record(fact, by=by)
    return regime
