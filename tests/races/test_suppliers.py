"""Suppliers at the same moment: one for a SIREN, one account to pay, one mandate, and no more tries than allowed."""

import pytest

from cordee.journal.models import Entry
from cordee.suppliers import actions
from cordee.suppliers.models import BankAccount, Mandate, Signing, Supplier
from cordee.suppliers.rules.mandates import code_of
from cordee.suppliers.states import CODE_TRIES, AccountState
from tests.cast import Cast
from tests.races.conftest import Together
from tests.suppliers.stories import BY_LINK, IBAN, OTHER_IBAN, SEEN, registered, told_address

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def asked(cast: Cast, supplier: Supplier) -> Signing:
    told_address()
    return actions.ask_code(
        supplier_id=supplier.pk, signer="Noor", capacity="", language="fr", by=cast.actor(cast.noor)
    )


def test_two_who_register_one_siren_make_one_supplier(cast: Cast, together: Together) -> None:
    outcomes = together(lambda: registered(cast, cast.noor).pk, lambda: registered(cast, cast.elodie).pk)
    assert Supplier.objects.count() == 1
    assert ["siren_known"] in outcomes


def test_a_code_typed_twice_at_once_signs_once(cast: Cast, together: Together) -> None:
    supplier = registered(cast)
    code, by = code_of(asked(cast, supplier)), cast.actor(cast.noor)

    def sign() -> int:
        return actions.sign(supplier_id=supplier.pk, code=code, seen=SEEN, by=by).pk

    first, *others = together(sign, sign, sign)
    assert others == [first, first]
    assert Mandate.objects.count() == Entry.objects.filter(fact="MandateSigned").count() == 1


def test_guessing_in_parallel_gives_no_more_tries(cast: Cast, together: Together) -> None:
    supplier = registered(cast)
    signing, by = asked(cast, supplier), cast.actor(cast.noor)
    wrong = [f"{(int(code_of(signing)) + n) % 1_000_000:06}" for n in range(1, 9)]
    for some in (wrong[:4], wrong[4:]):
        together(
            *(
                lambda guess=guess: actions.sign(supplier_id=supplier.pk, code=guess, seen=SEEN, by=by)
                for guess in some
            )
        )
    signing.refresh_from_db()
    assert signing.tries == CODE_TRIES


def test_two_accounts_given_at_once_leave_one_to_confirm_and_one_is_paid(
    cast: Cast, together: Together
) -> None:
    supplier, by = registered(cast), cast.actor(cast.noor)

    def propose(iban: str) -> int:
        return actions.propose_account(supplier_id=supplier.pk, iban=iban, bic="", holder="Noor", by=by).pk

    together(lambda: propose(IBAN), lambda: propose(OTHER_IBAN))
    waiting = BankAccount.objects.get(state=AccountState.PROPOSED)

    def confirm() -> int:
        return actions.confirm_account(account_id=waiting.pk, by=BY_LINK).pk

    assert together(confirm, confirm) == [waiting.pk, waiting.pk]
    assert Entry.objects.filter(fact="AccountConfirmed").count() == 1
