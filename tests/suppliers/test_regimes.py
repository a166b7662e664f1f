"""VAT: per supplier and service type, from a day on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.invoices.content import VatRule
from cordee.journal.models import Entry
from cordee.suppliers import actions, queries
from cordee.suppliers.models import Supplier, VatRegime
from cordee.suppliers.rules.identity import SupplierChanges
from cordee.suppliers.rules.regimes import rule_on
from cordee.suppliers.states import SupplierKind
from tests.cast import Cast
from tests.papers import NOT_A_PDF, PDF
from tests.refusals import refused
from tests.suppliers.stories import BEGIN, registered, siret, vat_number

NDA = "11751234575"
ATTESTED = date(2026, 10, 1)


def set_vat(cast: Cast, supplier: Supplier, rule: VatRule, since: date = BEGIN, **more: object) -> VatRegime:
    given: dict[str, object] = {"service_type_id": None, **more}
    return actions.set_vat(
        supplier_id=supplier.pk,
        rule=rule,
        since=since,
        by=cast.actor(cast.noor),
        **given,  # type: ignore[arg-type]
    )


@pytest.mark.django_db
def test_the_rule_changes_at_midnight_of_its_day(cast: Cast) -> None:
    supplier = registered(cast, vat_number=vat_number(siret(1)))
    set_vat(cast, supplier, VatRule.FRANCHISE)
    set_vat(cast, supplier, VatRule.STANDARD, since=date(2027, 2, 1))
    assert queries.vat_rule(supplier, cast.workshop.pk, date(2026, 12, 31)) is None
    assert queries.vat_rule(supplier, cast.workshop.pk, date(2027, 1, 31)) == VatRule.FRANCHISE
    assert queries.vat_rule(supplier, cast.workshop.pk, date(2027, 2, 1)) == VatRule.STANDARD


@pytest.mark.django_db
def test_a_rule_of_one_service_comes_before_the_one_for_all(cast: Cast) -> None:
    supplier = registered(cast, activity_number=NDA)
    training, workshop = cast.training.pk, cast.workshop.pk
    set_vat(
        cast,
        supplier,
        VatRule.EXEMPT_TRAINING,
        service_type_id=training,
        attested_on=ATTESTED,
        attestation=PDF,
    )
    set_vat(cast, supplier, VatRule.FRANCHISE, since=BEGIN + timedelta(days=9))
    day = BEGIN + timedelta(days=10)
    assert queries.vat_rule(supplier, training, day) == VatRule.EXEMPT_TRAINING
    assert queries.vat_rule(supplier, workshop, day) == VatRule.FRANCHISE
    regime = VatRegime.objects.get(rule=VatRule.EXEMPT_TRAINING)
    assert regime.attestation is not None


@pytest.mark.django_db
def test_who_charges_vat_keeps_its_number(cast: Cast) -> None:
    by = cast.actor(cast.noor)
    supplier = registered(cast, kind=SupplierKind.SOLE_TRADER, vat_number=vat_number(siret(1)))
    set_vat(cast, supplier, VatRule.STANDARD)
    without = SupplierChanges(vat_number="")
    with refused("no_vat_number"):
        actions.change(supplier_id=supplier.pk, changes=without, expected_version=None, by=by)
    set_vat(cast, supplier, VatRule.FRANCHISE)
    actions.change(supplier_id=supplier.pk, changes=without, expected_version=None, by=by)


@pytest.mark.django_db
def test_each_rule_needs_its_proof(cast: Cast) -> None:
    supplier = registered(cast)
    with refused("no_vat_number"):
        set_vat(cast, supplier, VatRule.STANDARD)
    with refused("no_attestation", "no_activity_number"):
        set_vat(cast, supplier, VatRule.EXEMPT_TRAINING)
    with refused("not_yet", "no_activity_number"):
        set_vat(cast, supplier, VatRule.EXEMPT_TRAINING, attested_on=date(2027, 6, 1))
    with refused("impossible_vat"):
        set_vat(cast, supplier, VatRule.REVERSE_CHARGE)
    with refused("too_far_away"):
        set_vat(cast, supplier, VatRule.FRANCHISE, since=date(2040, 1, 1))
    with refused("no_activity_number", "not_a_pdf"):
        set_vat(cast, supplier, VatRule.EXEMPT_TRAINING, attested_on=ATTESTED, attestation=NOT_A_PDF)
    abroad = registered(
        cast,
        cast.dan,
        kind=SupplierKind.ABROAD,
        country="CH",
        foreign_number="CHE-1",
        siret="",
        postal_code="1200",
    )
    with refused("impossible_vat"):
        actions.set_vat(
            supplier_id=abroad.pk,
            service_type_id=None,
            rule=VatRule.STANDARD,
            since=BEGIN,
            by=cast.actor(cast.dan),
        )
    assert [r.supplier for r in VatRegime.objects.all()] == [abroad]


@pytest.mark.django_db
def test_the_same_said_twice_is_said_once_and_a_correction_replaces(cast: Cast) -> None:
    supplier = registered(cast, vat_number=vat_number(siret(1)))
    set_vat(cast, supplier, VatRule.FRANCHISE)
    set_vat(cast, supplier, VatRule.FRANCHISE)
    assert Entry.objects.filter(fact="VatRegimeSet").count() == 1
    set_vat(cast, supplier, VatRule.STANDARD)
    assert [r.rule for r in VatRegime.objects.all()] == [VatRule.STANDARD]


type Dated = list[tuple[int | None, int, VatRule]]
DATED = st.lists(
    st.tuples(st.sampled_from([None, 1, 2]), st.integers(0, 30), st.sampled_from(list(VatRule))),
    unique_by=lambda one: one[:2],
    max_size=12,
)


@given(dated=DATED, service=st.sampled_from([None, 1, 2, 3]), asked=st.integers(-3, 33))
def test_the_rule_on_a_day_is_the_latest_of_the_service_else_of_all(
    dated: Dated, service: int | None, asked: int
) -> None:
    regimes = [
        VatRegime(service_type_id=of, since=BEGIN + timedelta(days=day), rule=rule) for of, day, rule in dated
    ]
    own = [(day, rule) for of, day, rule in dated if of == service and of is not None and day <= asked]
    of_all = [(day, rule) for of, day, rule in dated if of is None and day <= asked]
    expected = max(own or of_all, key=lambda one: one[0], default=(0, None))[1]
    assert rule_on(regimes, service, BEGIN + timedelta(days=asked)) == expected
