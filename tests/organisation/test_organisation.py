"""The organisation's settings, and numbers without gaps."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cordee.kernel.refusals import Turn
from cordee.organisation import actions
from cordee.organisation.facts import OrganisationChanged
from cordee.organisation.models import Organisation
from cordee.organisation.queries import the_organisation
from cordee.organisation.rules import OrganisationChanges, siret_is_valid
from tests.cast import Cast
from tests.refusals import refused
from tests.steps import told


def test_before_anything_is_saved_there_are_defaults(db: None) -> None:
    organisation = the_organisation()
    assert organisation.once_a_month
    assert organisation.name
    assert not Organisation.objects.exists()


def test_an_administrator_changes_the_settings_and_the_journal_names_them(cast: Cast) -> None:
    before = the_organisation().version
    changes = OrganisationChanges(once_a_month=False, city="Lyon", name=the_organisation().name)
    actions.update(changes=changes, expected_version=before, by=cast.actor(cast.ada))
    organisation = the_organisation()
    assert (organisation.once_a_month, organisation.city, organisation.version) == (False, "Lyon", before + 1)
    assert sorted(told(OrganisationChanged)[-1]["fields"]) == ["city", "once_a_month"]  # type: ignore[call-overload]


def test_nobody_else_does(cast: Cast) -> None:
    for person in (cast.olga, cast.farid, cast.camille):
        with refused("not_administrator", turn=Turn.ADMINISTRATOR):
            actions.update(
                changes=OrganisationChanges(city="Lyon"), expected_version=None, by=cast.actor(person)
            )


def test_the_second_of_two_who_edit_is_told(cast: Cast) -> None:
    by, version = cast.actor(cast.ada), the_organisation().version
    actions.update(changes=OrganisationChanges(city="Lyon"), expected_version=version, by=by)
    with refused("changed_meanwhile"):
        actions.update(changes=OrganisationChanges(city="Nice"), expected_version=version, by=by)
    assert the_organisation().city == "Lyon"


@pytest.mark.parametrize(
    ("siret", "valid"),
    [
        ("", True),
        ("73282932000074", True),
        ("732 829 320 00074", True),
        ("73282932000075", False),
        ("7328293200007", False),
        ("35600000000048", True),
        ("abcdefghijklmn", False),
    ],
    ids=["none", "right", "with spaces", "wrong digit", "too short", "La Poste", "letters"],
)
def test_a_siret_is_checked(siret: str, *, valid: bool) -> None:
    assert (not list(siret_is_valid("".join(siret.split())))) is valid


def test_a_wrong_siret_is_refused_beside_its_field(cast: Cast) -> None:
    with refused("bad_siret") as blockers:
        actions.update(
            changes=OrganisationChanges(siret="123"), expected_version=None, by=cast.actor(cast.ada)
        )
    assert blockers[0].field == "siret"


@pytest.mark.parametrize(
    ("number", "valid"), [("FR40303265045", True), ("FR41303265045", False), ("40", False)]
)
def test_a_number_for_vat_is_checked(cast: Cast, number: str, *, valid: bool) -> None:
    changes = OrganisationChanges(vat_number=number)
    if valid:
        actions.update(changes=changes, expected_version=None, by=cast.actor(cast.ada))
        assert the_organisation().vat_number == number
        return
    with refused("bad_vat_number") as blockers:
        actions.update(changes=changes, expected_version=None, by=cast.actor(cast.ada))
    assert blockers[0].field == "vat_number"


def test_numbers_are_stored_without_what_they_are_copied_with(cast: Cast) -> None:
    """Checks overlook what stands between the digits; databases, the bank's file and invoices do not."""
    typed: dict[str, Any] = {
        "siret": "732.829.320-00074\ufeff",
        "vat_number": "fr 40\u00a0303-265-045",
        "bank_iban": "FR76 1010\u201170 01.0112 3456\u00ad7890 \uff11\uff12\uff19",
        "bank_bic": "psst\u200b frpp",
    }
    actions.update(changes=OrganisationChanges(**typed), expected_version=None, by=cast.actor(cast.ada))
    kept = the_organisation()
    assert (kept.siret, kept.vat_number) == ("73282932000074", "FR40303265045")
    assert (kept.bank_iban, kept.bank_bic) == ("FR7610107001011234567890129", "PSSTFRPP")


@pytest.mark.parametrize(
    ("number", "code"),
    [("FR7610107001011234567890128", "bad_iban"), ("TN5910006035183598478831", "outside_sepa")],
)
def test_suppliers_are_paid_from_an_account_that_can_pay_in_euros(cast: Cast, number: str, code: str) -> None:
    with refused(code) as blockers:
        actions.update(
            changes=OrganisationChanges(bank_iban=number), expected_version=None, by=cast.actor(cast.ada)
        )
    assert blockers[0].field == "bank_iban"


def test_spaces_in_a_siret_are_taken_away(cast: Cast) -> None:
    changes = OrganisationChanges(siret="356\u00a0000 000 00048")
    assert (
        actions.update(changes=changes, expected_version=None, by=cast.actor(cast.ada)).siret
        == "35600000000048"
    )


def test_numbers_follow_each_other_in_each_series_and_year(db: None) -> None:
    assert [actions.next_number("C", 2026) for _ in range(3)] == [1, 2, 3]
    assert actions.next_number("C", 2027) == 1
    assert actions.next_number("F", 2026) == 1


def test_a_number_given_in_a_transaction_that_fails_is_given_again(db: None) -> None:
    with transaction.atomic():
        assert actions.next_number("C", 2026) == 1
        transaction.set_rollback(True)
    assert actions.next_number("C", 2026) == 1


def test_there_is_one_organisation(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(pk=2)
