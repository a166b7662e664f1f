"""Suppliers: who they are by law, and who bills through them since when."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cordee.journal.models import Entry
from cordee.kernel.refusals import Refused, Turn
from cordee.suppliers import actions, queries
from cordee.suppliers.models import Supplier
from cordee.suppliers.rules.identity import SupplierChanges
from cordee.suppliers.states import SupplierKind
from tests.cast import Cast
from tests.refusals import refused
from tests.suppliers.stories import BEGIN, identity, registered, siret, vat_number

pytestmark = pytest.mark.django_db


def test_a_facilitator_registers_through_whom_they_bill(cast: Cast) -> None:
    supplier = registered(cast, siret=" ".join([siret(1)[:3], siret(1)[3:]]), email="Noor@Reseau.example ")
    assert (supplier.siret, supplier.siren) == (siret(1), siret(1)[:9])
    assert supplier.email == "noor@reseau.example"
    assert supplier.invoice_prefix == f"NOORVANDEN{supplier.pk}"
    assert queries.supplier_of(cast.noor.pk, BEGIN) == supplier
    assert queries.supplier_of(cast.noor.pk, BEGIN - timedelta(days=1)) is None
    told = Entry.objects.filter(subject=f"supplier_id:{supplier.pk}").order_by("pk")
    assert [e.fact for e in told] == ["SupplierRegistered", "SupplierChosen"]


def test_what_stands_on_an_invoice_is_asked_of_each_kind(cast: Cast) -> None:
    by = cast.actor(cast.noor)

    def register(**changes: object) -> Supplier:
        return actions.register(
            facilitator_id=cast.noor.pk, identity_=identity(**changes), since=BEGIN, by=by
        )

    with refused("missing", "missing", turn=Turn.FACILITATOR):
        register(name=" ", city="")
    with refused("bad_siret"):
        register(siret="12345678901234")
    with refused("bad_siret"):
        register(siret="")
    with refused("bad_postal_code"):
        register(postal_code="7502")
    with refused("bad_email"):
        register(email="noor")
    with refused("bad_activity_number"):
        register(activity_number="11 75 123")
    with refused("bad_electronic_address"):
        register(electronic_address="123456789")
    with refused("bad_vat_number"):
        register(vat_number="FR00123456789")
    with refused("vat_number_of_another"):
        register(vat_number=vat_number(siret(2)))
    with refused("not_abroad", "missing"):
        register(kind=SupplierKind.ABROAD)
    assert not Supplier.objects.exists()


def test_la_poste_has_a_siret_that_fails_the_usual_check(cast: Cast) -> None:
    assert (
        registered(cast, siret="35600000049837", kind=SupplierKind.COMPANY, legal_form="SA").siren
        == "356000000"
    )


def test_abroad_a_number_of_the_country_is_enough_and_invoices_are_their_own(cast: Cast) -> None:
    supplier = registered(
        cast,
        kind=SupplierKind.ABROAD,
        country="BE",
        foreign_number="0403.170.701",
        vat_number="BE 0403.170.701",
        postal_code="1000",
        city="Bruxelles",
        siret="",
    )
    assert (supplier.siren, supplier.sends_invoices, supplier.vat_number) == ("", True, "BE0403170701")


def test_a_known_siren_gives_nothing_away(cast: Cast) -> None:
    supplier = registered(cast)
    with refused("siren_known", turn=Turn.FINANCE):
        registered(cast, cast.elodie)
    with refused("not_finance", turn=Turn.FINANCE):
        actions.attach(
            supplier_id=supplier.pk, facilitator_id=cast.elodie.pk, since=BEGIN, by=cast.actor(cast.elodie)
        )
    actions.attach(
        supplier_id=supplier.pk, facilitator_id=cast.elodie.pk, since=BEGIN, by=cast.actor(cast.farid)
    )
    assert queries.facilitator_ids_of(supplier.pk) == {cast.noor.pk, cast.elodie.pk}


def test_others_cannot_change_a_supplier(cast: Cast) -> None:
    supplier = registered(cast)
    changes = SupplierChanges(city="Lille")
    for stranger in (cast.elodie, cast.olga, cast.quitterie):
        with refused("not_your_supplier", turn=Turn.FINANCE):
            actions.change(
                supplier_id=supplier.pk, changes=changes, expected_version=None, by=cast.actor(stranger)
            )
    for one in (cast.noor, cast.farid):
        actions.change(supplier_id=supplier.pk, changes=changes, expected_version=None, by=cast.actor(one))
    assert Entry.objects.filter(fact="SupplierChanged").count() == 1, "the second changed nothing"


def test_the_second_editor_is_told_and_another_siren_is_another_supplier(cast: Cast) -> None:
    supplier, by = registered(cast), cast.actor(cast.noor)
    actions.change(supplier_id=supplier.pk, changes=SupplierChanges(city="Lille"), expected_version=1, by=by)
    with refused("changed_meanwhile"):
        actions.change(
            supplier_id=supplier.pk, changes=SupplierChanges(city="Brest"), expected_version=1, by=by
        )
    with refused("another_siren"):
        actions.change(
            supplier_id=supplier.pk, changes=SupplierChanges(siret=siret(2)), expected_version=2, by=by
        )


def test_who_bills_through_another_structure_keeps_the_first_for_what_was_before(cast: Cast) -> None:
    first = registered(cast)
    second = registered(cast, number=2, since=date(2027, 2, 1))
    assert queries.supplier_of(cast.noor.pk, date(2027, 1, 31)) == first
    assert queries.supplier_of(cast.noor.pk, date(2027, 2, 1)) == second
    with refused("since_too_early"):
        registered(cast, number=3, since=date(2027, 1, 31))
    actions.return_to(
        supplier_id=first.pk, facilitator_id=cast.noor.pk, since=date(2027, 3, 1), by=cast.actor(cast.noor)
    )
    assert queries.supplier_of(cast.noor.pk, date(2027, 3, 1)) == first
    with refused("not_finance"):
        actions.return_to(
            supplier_id=first.pk, facilitator_id=cast.dan.pk, since=BEGIN, by=cast.actor(cast.dan)
        )


def test_a_supplier_that_is_closed_takes_nothing_more(cast: Cast) -> None:
    supplier = registered(cast)
    Supplier.objects.filter(pk=supplier.pk).update(is_active=False)
    with refused("supplier_closed"):
        actions.attach(
            supplier_id=supplier.pk, facilitator_id=cast.dan.pk, since=BEGIN, by=cast.actor(cast.farid)
        )


def test_on_a_day_the_latest_before_it_counts(cast: Cast) -> None:
    days = [0, 7, 8, 30]
    for number, day in enumerate(days, 1):
        registered(cast, number=number, since=BEGIN + timedelta(days=day), name=f"S {day}")
    for asked in range(-1, 33):
        expected = max((f"S {d}" for d in days if d <= asked), key=lambda n: int(n[2:]), default=None)
        found = queries.supplier_of(cast.noor.pk, BEGIN + timedelta(days=asked))
        assert (found.name if found else None) == expected


def test_many_cost_as_many_queries_as_one(
    cast: Cast, django_assert_num_queries: Callable[[int], object]
) -> None:
    people = (cast.noor, cast.elodie, cast.idris, cast.dan)
    made = [registered(cast, person, n) for n, person in enumerate(people, 1)]
    for some in (people[:1], people):
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            queries.suppliers_of([p.pk for p in some], BEGIN)
        with django_assert_num_queries(5):  # type: ignore[attr-defined]
            queries.readiness_of_facilitators([p.pk for p in some], BEGIN)
        with django_assert_num_queries(1):  # type: ignore[attr-defined]
            queries.parties(made[: len(some)])


def test_an_address_that_is_no_sentence_reaches_the_invoice_as_it_is(cast: Cast) -> None:
    supplier = registered(cast, trade_name="Fresques & Cie", activity_number="11 75 12345 75")
    party = queries.party(supplier)
    assert party.name == "Noor van den Berg"
    assert party.is_sole_trader
    assert (party.electronic_address, party.country) == (supplier.siren, "FR")
    assert supplier.activity_number == "11751234575"


def test_refusals_change_nothing(cast: Cast) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused):
        registered(cast, siret="1")
    assert Entry.objects.count() == before
