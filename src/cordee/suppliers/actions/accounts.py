"""Bank accounts: proposed by those who bill, confirmed from a mail to the old address, usable after a delay."""

from datetime import timedelta

from django.db import transaction

from cordee.journal import actions as journal
from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.names import compact, tidy
from cordee.kernel.refusals import refuse_if
from cordee.links import actions as links
from cordee.organisation.queries import the_organisation
from cordee.suppliers import queries
from cordee.suppliers.actions.holding import held
from cordee.suppliers.facts import AccountConfirmed, AccountProposed, AccountShown, AccountWithdrawn
from cordee.suppliers.models import BankAccount, Supplier
from cordee.suppliers.rules import accounts as rules
from cordee.suppliers.rules import identity, who
from cordee.suppliers.states import ACCOUNT, ACCOUNT_LINK, AccountState


@transaction.atomic
def propose_account(*, supplier_id: int, iban: str, bic: str, holder: str, by: Actor) -> BankAccount:
    """Give a bank account; the mail that confirms it goes to the address the supplier had before the change. Another
    one that waited for that is given up. Raises Refused.
    """
    supplier = held(supplier_id)
    iban, bic, holder = compact(iban), compact(bic), tidy(holder)
    refuse_if(who.may_speak_for(queries.facilitator_ids_of(supplier_id), by))
    known = {a.state: a for a in queries.accounts_of(supplier_id)[::-1]}
    waiting = known.get(AccountState.PROPOSED)
    if waiting and (waiting.iban, waiting.bic, waiting.holder) == (iban, bic, holder):
        return waiting
    refuse_if(
        [
            *identity.is_active(supplier),
            *rules.is_an_account(iban, bic, holder),
            *rules.is_another(iban, known.get(AccountState.CONFIRMED)),
        ]
    )
    if waiting:
        _withdraw(waiting, by=by, by_mail=False)
    account = BankAccount.objects.create(
        supplier=supplier,
        iban=iban,
        bic=bic,
        holder=holder,
        proposed_at=clock.now(),
        user_id=by.user_id,
        asked_of=queries.asked_address(supplier, supplier.email),
    )
    journal.record(AccountProposed(supplier_id=supplier.pk, account_id=account.pk), by=by)
    return account


@transaction.atomic
def confirm_account(*, account_id: int, by: Actor) -> BankAccount:
    """Confirm a bank account, through the link that was mailed. It takes the place of the one before, and is paid to
    once the organisation's delay is over; the first of a supplier at once. Confirmed twice it is confirmed once.

    That the link is for this account, and was sent to `asked_of`, is for its page to know. Raises Refused.
    """
    account, supplier = _held_account(account_id)
    if account.state == AccountState.CONFIRMED:
        return account
    refuse_if([*identity.is_active(supplier), *rules.can("confirm", account)])
    before = BankAccount.objects.filter(supplier=supplier, state=AccountState.CONFIRMED).first()
    paid_before = BankAccount.objects.filter(supplier=supplier, state=AccountState.REPLACED).exists()
    now = clock.now()
    if before:
        ACCOUNT.move(before, "replace")
        before.settled_at = now
        before.save(update_fields=["state", "settled_at"])
    first = before is None and not paid_before
    delay = 0 if first else the_organisation().iban_cooling_days
    ACCOUNT.move(account, "confirm")
    account.settled_at, account.usable_from = now, now + timedelta(days=delay)
    account.save(update_fields=["state", "settled_at", "usable_from"])
    fact = AccountConfirmed(
        supplier_id=supplier.pk,
        account_id=account.pk,
        usable_from=account.usable_from.isoformat(),
        first=first,
    )
    journal.record(fact, by=by)
    return account


@transaction.atomic
def withdraw_account(*, account_id: int, by: Actor) -> None:
    """Give up a bank account that is not confirmed. Given up twice it is given up once. Raises Refused."""
    account, supplier = _held_account(account_id)
    refuse_if(who.may_keep(queries.facilitator_ids_of(supplier.pk), by))
    if account.state != AccountState.WITHDRAWN:
        refuse_if(rules.can("withdraw", account))
        _withdraw(account, by=by, by_mail=False)


@transaction.atomic
def refuse_account(*, account_id: int, by: Actor) -> None:
    """Say, through the link that was mailed, that this account is not one's own; finance is told. Raises Refused."""
    account, _supplier = _held_account(account_id)
    if account.state != AccountState.WITHDRAWN:
        refuse_if(rules.can("withdraw", account))
        _withdraw(account, by=by, by_mail=True)


@transaction.atomic
def show_account(*, account_id: int, by: Actor) -> str:
    """Return a whole bank account number, and remember who looked. Raises Refused."""
    account, supplier = _held_account(account_id)
    refuse_if(who.may_see_accounts(queries.facilitator_ids_of(supplier.pk), by))
    journal.record(AccountShown(supplier_id=supplier.pk, account_id=account.pk), by=by)
    return rules.spaced(account.iban)


def _held_account(account_id: int) -> tuple[BankAccount, Supplier]:
    """Return an account as it is once its supplier is held."""
    supplier = held(BankAccount.objects.values_list("supplier_id", flat=True).get(pk=account_id))
    return BankAccount.objects.get(pk=account_id), supplier


def _withdraw(account: BankAccount, *, by: Actor, by_mail: bool) -> None:
    ACCOUNT.move(account, "withdraw")
    account.settled_at = clock.now()
    account.save(update_fields=["state", "settled_at"])
    links.revoke(purpose=ACCOUNT_LINK, subject_id=account.pk)
    fact = AccountWithdrawn(supplier_id=account.supplier_id, account_id=account.pk, by_mail=by_mail)
    journal.record(fact, by=by)
