"""Bank accounts: confirmed from the old address, usable after a delay, shown in part."""

from datetime import date, timedelta

import pytest

from cordee.journal.models import Entry
from cordee.kernel import clock
from cordee.kernel.actor import COMMAND
from cordee.kernel.refusals import Turn
from cordee.organisation import actions as organisation
from cordee.organisation.rules import OrganisationChanges
from cordee.suppliers import actions, queries
from cordee.suppliers.facts import AccountProposed
from cordee.suppliers.models import BankAccount
from cordee.suppliers.rules.accounts import masked, spaced
from cordee.suppliers.rules.identity import SupplierChanges
from cordee.suppliers.states import AccountState
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.refusals import refused
from tests.steps import told
from tests.suppliers.stories import BY_LINK, IBAN, OTHER_IBAN, registered, with_account

pytestmark = pytest.mark.django_db


def test_the_first_account_is_usable_as_soon_as_it_is_confirmed(cast: Cast) -> None:
    supplier = registered(cast)
    proposed = actions.propose_account(
        supplier_id=supplier.pk,
        iban="fr76 3000 6000 0112 3456 7890 189",
        bic="",
        holder=" Noor  van den Berg",
        by=cast.actor(cast.noor),
    )
    assert (proposed.iban, proposed.holder, proposed.asked_of) == (IBAN, "Noor van den Berg", supplier.email)
    assert told(AccountProposed) == [{"supplier_id": supplier.pk, "account_id": proposed.pk}]
    assert queries.account_to_pay([supplier.pk], clock.now()) == {}
    actions.confirm_account(account_id=proposed.pk, by=BY_LINK)
    to_pay = queries.account_to_pay([supplier.pk], clock.now())[supplier.pk]
    assert (to_pay.iban, to_pay.cooling) == (IBAN, False)
    assert queries.party(supplier).iban == IBAN


def test_the_next_one_is_asked_of_the_old_address_and_waits(cast: Cast, now: MovableClock) -> None:
    supplier, by = registered(cast), cast.actor(cast.noor)
    first = with_account(cast, supplier)
    changes = SupplierChanges(email="thief@elsewhere.example")
    actions.change(supplier_id=supplier.pk, changes=changes, expected_version=None, by=by)
    second = actions.propose_account(
        supplier_id=supplier.pk, iban=OTHER_IBAN, bic="PSSTFRPPPAR", holder="N. van den Berg", by=by
    )
    assert second.asked_of == "noor@reseau.example"
    assert queries.account_to_pay([supplier.pk], clock.now())[supplier.pk].iban == IBAN
    actions.confirm_account(account_id=second.pk, by=BY_LINK)
    first.refresh_from_db()
    assert first.state == AccountState.REPLACED
    to_pay = queries.account_to_pay([supplier.pk], clock.now())[supplier.pk]
    assert (to_pay.iban, to_pay.cooling) == (OTHER_IBAN, True)
    assert [b.code for b in queries.payees([supplier], clock.now())[supplier.pk].blockers] == [
        "account_cooling"
    ]
    now.at += timedelta(days=3)
    assert not queries.account_to_pay([supplier.pk], clock.now())[supplier.pk].cooling
    assert queries.payees([supplier], clock.now())[supplier.pk].blockers == []


def test_changed_twice_the_address_of_before_both_is_asked(cast: Cast, now: MovableClock) -> None:
    supplier, by = registered(cast), cast.actor(cast.noor)
    for email in ("thief@elsewhere.example", "thief@further.example"):
        now.at += timedelta(days=1)
        actions.change(
            supplier_id=supplier.pk, changes=SupplierChanges(email=email), expected_version=None, by=by
        )
    account = actions.propose_account(supplier_id=supplier.pk, iban=IBAN, bic="", holder="Noor", by=by)
    assert account.asked_of == "noor@reseau.example"


def test_once_the_delay_is_over_the_new_address_is_the_old_one(cast: Cast, now: MovableClock) -> None:
    supplier, by = registered(cast), cast.actor(cast.noor)
    changes = SupplierChanges(email="noor@new.example")
    actions.change(supplier_id=supplier.pk, changes=changes, expected_version=None, by=by)
    now.at += timedelta(days=3)
    account = actions.propose_account(
        supplier_id=supplier.pk, iban=IBAN, bic="", holder="Noor van den Berg", by=by
    )
    assert account.asked_of == "noor@new.example"


def test_a_delay_of_no_day_is_none(cast: Cast) -> None:
    organisation.update(changes=OrganisationChanges(iban_cooling_days=0), expected_version=None, by=COMMAND)
    supplier = registered(cast)
    with_account(cast, supplier)
    with_account(cast, supplier, OTHER_IBAN)
    assert not queries.account_to_pay([supplier.pk], clock.now())[supplier.pk].cooling


def test_what_is_no_account_is_refused(cast: Cast) -> None:
    supplier, by = registered(cast), cast.actor(cast.noor)

    def propose(iban: str = IBAN, bic: str = "", holder: str = "Noor") -> BankAccount:
        return actions.propose_account(supplier_id=supplier.pk, iban=iban, bic=bic, holder=holder, by=by)

    with refused("bad_iban", turn=Turn.FACILITATOR):
        propose(iban=IBAN[:-1] + "0")
    with refused("bad_iban", "bad_bic", "bad_holder"):
        propose(iban="", bic="PSST", holder="")
    for holder in ("N" * 71, "🦊"):
        with refused("bad_holder"):
            propose(holder=holder)
    for iban in ("TN5910006035183598478831", "BR1800360305000010009795493C1"):
        with refused("outside_sepa"):
            propose(iban=iban)
    with_account(cast, supplier)
    with refused("same_iban"):
        propose()


def test_the_office_never_gives_an_account(cast: Cast) -> None:
    supplier = registered(cast)
    for one in (cast.farid, cast.olga, cast.ada, cast.dan):
        with refused("only_the_supplier", turn=Turn.FACILITATOR):
            actions.propose_account(
                supplier_id=supplier.pk, iban=IBAN, bic="", holder="Farid", by=cast.actor(one)
            )


def test_given_twice_is_given_once_and_another_one_takes_its_place(cast: Cast) -> None:
    supplier, by = registered(cast), cast.actor(cast.noor)
    wanted = {"supplier_id": supplier.pk, "bic": "", "holder": "Noor", "by": by}
    first = actions.propose_account(iban=IBAN, **wanted)  # type: ignore[arg-type]
    assert actions.propose_account(iban=IBAN, **wanted) == first  # type: ignore[arg-type]
    second = actions.propose_account(iban=OTHER_IBAN, **wanted)  # type: ignore[arg-type]
    first.refresh_from_db()
    assert first.state == AccountState.WITHDRAWN
    with refused("account_settled"):
        actions.confirm_account(account_id=first.pk, by=BY_LINK)
    actions.confirm_account(account_id=second.pk, by=BY_LINK)
    actions.confirm_account(account_id=second.pk, by=BY_LINK)
    assert Entry.objects.filter(fact="AccountConfirmed").count() == 1
    with refused("account_settled"):
        actions.refuse_account(account_id=second.pk, by=BY_LINK)
    with refused("account_settled"):
        actions.withdraw_account(account_id=second.pk, by=by)


def test_who_gets_the_mail_may_say_that_it_is_not_theirs(cast: Cast) -> None:
    supplier = registered(cast)
    account = actions.propose_account(
        supplier_id=supplier.pk, iban=IBAN, bic="", holder="Noor", by=cast.actor(cast.noor)
    )
    actions.refuse_account(account_id=account.pk, by=BY_LINK)
    actions.refuse_account(account_id=account.pk, by=BY_LINK)
    entry = Entry.objects.get(fact="AccountWithdrawn")
    assert entry.payload["by_mail"]
    assert "FR76" not in str(entry.payload)


def test_a_number_is_shown_in_part_and_whole_to_those_who_pay(cast: Cast) -> None:
    supplier = registered(cast)
    account = with_account(cast, supplier)
    assert masked(IBAN) == "FR76 •••• •••• 189"
    for one in (cast.olga, cast.ada, cast.dan):
        with refused("not_for_you", turn=Turn.FINANCE):
            actions.show_account(account_id=account.pk, by=cast.actor(one))
    assert actions.show_account(account_id=account.pk, by=cast.actor(cast.farid)) == spaced(IBAN)
    looked = Entry.objects.get(fact="AccountShown")
    assert (looked.user_id, looked.payload["account_id"]) == (cast.farid.pk, account.pk)


def test_what_keeps_from_being_paid_says_whose_turn_it_is(cast: Cast) -> None:
    supplier = registered(cast)
    (none,) = queries.payees([supplier], clock.now())[supplier.pk].blockers
    assert (none.code, none.turn) == ("no_account", Turn.FACILITATOR)
    actions.propose_account(
        supplier_id=supplier.pk, iban=IBAN, bic="", holder="Noor", by=cast.actor(cast.noor)
    )
    (waits,) = queries.payees([supplier], clock.now())[supplier.pk].blockers
    assert waits.code == "account_to_confirm"
    assert supplier.email in waits.fix
    assert queries.readiness([supplier.pk], date(2027, 1, 4))[supplier.pk]
