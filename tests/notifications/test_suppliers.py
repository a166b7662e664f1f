"""What is written about how facilitators are paid: codes, bank accounts, papers that expire."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from cordee.fees.models import Payable
from cordee.kernel import clock
from cordee.mail import queries as mail
from cordee.mail.models import Message
from cordee.mail.states import MessageState
from cordee.notifications import suppliers as messages
from cordee.notifications.tasks import ask_for_papers, write_reminders
from cordee.suppliers import actions
from cordee.suppliers.models import BankAccount, Mandate, Supplier
from cordee.suppliers.rules.identity import SupplierChanges
from cordee.suppliers.rules.mandates import code_of
from cordee.suppliers.states import AccountState, PaperKind
from tests.cast import Cast
from tests.conftest import MovableClock
from tests.papers import PDF
from tests.suppliers.stories import BY_LINK, IBAN, OTHER_IBAN, SEEN, registered, told_address, with_account

pytestmark = pytest.mark.django_db
type Settle = Callable[[], None]


@pytest.fixture
def supplier(cast: Cast) -> Supplier:
    told_address()
    return registered(cast)


def ask(cast: Cast, supplier: Supplier) -> str:
    """Ask for a code; return it."""
    return code_of(
        actions.ask_code(
            supplier_id=supplier.pk, signer="Noor", capacity="", language="en", by=cast.actor(cast.noor)
        )
    )


def propose(cast: Cast, supplier: Supplier, iban: str = IBAN) -> BankAccount:
    return actions.propose_account(
        supplier_id=supplier.pk, iban=iban, bic="", holder="Noor", by=cast.actor(cast.noor)
    )


def sent(purpose: str) -> list[Message]:
    return list(Message.objects.filter(purpose=purpose).exclude(state=MessageState.CANCELLED).order_by("pk"))


def link_in(message: Message) -> str:
    found = re.search(r"https?://[^/]+(/b/\S+)", message.text)
    assert found, message.text
    return found[1]


def test_the_code_goes_to_the_suppliers_address_and_the_office_cannot_read_it(
    cast: Cast, supplier: Supplier, settle: Settle
) -> None:
    code = ask(cast, supplier)
    settle()
    (message,) = sent("mandate_code")
    assert message.to_email == supplier.email
    assert f"{code[:3]} {code[3:]}" in message.text
    assert not mail.messages().filter(pk=message.pk).exists()
    actions.sign(supplier_id=supplier.pk, code=code, seen=SEEN, by=cast.actor(cast.noor))
    settle()
    assert Mandate.objects.get().file is not None


def test_of_two_codes_only_the_last_leaves(
    cast: Cast, supplier: Supplier, settle: Settle, now: MovableClock
) -> None:
    ask(cast, supplier)
    last = ask(cast, supplier)
    settle()
    (message,) = sent("mandate_code")
    assert f"{last[:3]} {last[3:]}" in message.text
    ask(cast, supplier)
    now.at += timedelta(minutes=31)
    settle()
    assert len(sent("mandate_code")) == 1, "it would work no more"
    messages.mandate_code(0)


def test_a_new_account_is_confirmed_from_the_mail(cast: Cast, supplier: Supplier, settle: Settle) -> None:
    account = propose(cast, supplier)
    settle()
    (message,) = sent("account_confirm")
    assert message.to_email == supplier.email
    assert IBAN not in message.text
    assert "FR76 •••• •••• 189" in message.text
    assert not mail.messages().filter(pk=message.pk).exists()
    browser = Client()
    page = browser.get(link_in(message))
    assert page.status_code == 200
    assert IBAN not in page.text
    account.refresh_from_db()
    assert account.state == AccountState.PROPOSED, "a visit changes nothing"
    for _twice in range(2):
        browser.post(link_in(message), {"do": "confirm"})
    account.refresh_from_db()
    assert account.state == AccountState.CONFIRMED
    settle()
    assert sent("account_changed") == [], "the first one is no change"


def test_finance_is_told_of_another_account_and_the_old_address_is_asked(
    cast: Cast, supplier: Supplier, settle: Settle
) -> None:
    with_account(cast, supplier)
    actions.change(
        supplier_id=supplier.pk,
        changes=SupplierChanges(email="thief@elsewhere.example"),
        expected_version=None,
        by=cast.actor(cast.noor),
    )
    propose(cast, supplier, OTHER_IBAN)
    settle()
    message = sent("account_confirm")[-1]
    assert message.to_email == "noor@reseau.example"
    Client().post(link_in(message), {"do": "confirm"})
    settle()
    (told,) = sent("account_changed")
    assert told.to_email == cast.farid.email
    assert "jeudi 7 janvier 2027" in told.text
    messages.account_changed(0)


def test_who_gets_the_mail_disowns_the_account_and_finance_is_warned(
    cast: Cast, supplier: Supplier, settle: Settle
) -> None:
    account = propose(cast, supplier)
    settle()
    link = link_in(sent("account_confirm")[0])
    Client().post(link, {"do": "refuse"})
    settle()
    account.refresh_from_db()
    assert account.state == AccountState.WITHDRAWN
    (told,) = sent("account_disowned")
    assert told.to_email == cast.farid.email
    assert Client().get(link).status_code == 410
    messages.account_disowned(0)
    messages.account_to_confirm(0)


def test_a_wrong_address_opens_nothing_any_more(cast: Cast, supplier: Supplier, settle: Settle) -> None:
    cache.clear()
    account = propose(cast, supplier)
    settle()
    link = link_in(sent("account_confirm")[0])
    BankAccount.objects.filter(pk=account.pk).update(asked_of="right@reseau.example")
    for answer in (Client().get(link), Client().post(link, {"do": "confirm"})):
        assert answer.status_code == 410
    account.refresh_from_db()
    assert account.state == AccountState.PROPOSED


def test_what_is_given_up_before_the_mail_left_is_asked_of_nobody(
    cast: Cast, supplier: Supplier, settle: Settle
) -> None:
    account = propose(cast, supplier)
    actions.withdraw_account(account_id=account.pk, by=cast.actor(cast.noor))
    settle()
    assert sent("account_confirm") == []


def test_who_gave_a_paper_is_reminded_once_a_month_before_it_expires(
    cast: Cast, supplier: Supplier, settle: Settle, now: MovableClock
) -> None:
    def give(dated: date) -> None:
        actions.give_paper(
            supplier_id=supplier.pk,
            kind=PaperKind.VIGILANCE,
            content=PDF,
            dated=dated,
            by=cast.actor(cast.noor),
        )

    give(date(2027, 1, 4))
    now.move_to("2027-06-03 12:00")
    messages.write_due()
    assert not Message.objects.filter(purpose="paper_ends").exists()
    now.move_to("2027-06-04 12:00")
    for _twice in range(2):
        write_reminders.func()
        settle()
    (reminder,) = sent("paper_ends")
    assert reminder.to_email == cast.noor.user.email
    assert "dimanche 4 juillet 2027" in reminder.text
    give(date(2027, 6, 4))
    now.move_to("2027-06-05 12:00")
    messages.write_due()
    assert Message.objects.filter(purpose="paper_ends").count() == 1


def test_a_reminder_that_waits_is_taken_back_by_the_next_paper(
    cast: Cast, supplier: Supplier, settle: Settle, now: MovableClock
) -> None:
    by = cast.actor(cast.noor)
    for kind in (PaperKind.VIGILANCE, PaperKind.REGISTRATION):
        actions.give_paper(supplier_id=supplier.pk, kind=kind, content=PDF, dated=date(2027, 1, 4), by=by)
    now.move_to("2027-06-10 12:00")
    messages.write_due()
    actions.give_paper(
        supplier_id=supplier.pk, kind=PaperKind.VIGILANCE, content=PDF, dated=date(2027, 6, 10), by=by
    )
    settle()
    told = Message.objects.filter(purpose="paper_ends").order_by("pk").values_list("state", flat=True)
    assert sorted(told) == [MessageState.CANCELLED, MessageState.QUEUED]


def test_the_confirmation_says_until_when_nothing_is_paid(cast: Cast, supplier: Supplier) -> None:
    account = with_account(cast, supplier)
    assert account.usable_from
    second = propose(cast, supplier, OTHER_IBAN)
    actions.confirm_account(account_id=second.pk, by=BY_LINK)
    second.refresh_from_db()
    assert second.usable_from == account.usable_from + timedelta(days=3)


def test_missing_papers_are_asked_for_once_a_month_from_the_amount_on(
    cast: Cast, supplier: Supplier, settle: Settle, now: MovableClock
) -> None:
    def asked() -> int:
        for _twice in range(2):
            ask_for_papers.func()
            settle()
        return Message.objects.filter(purpose="papers_due").count()

    def give(kind: PaperKind) -> None:
        actions.give_paper(
            supplier_id=supplier.pk, kind=kind, content=PDF, dated=clock.today(), by=cast.actor(cast.noor)
        )

    billed = Payable.objects.create(
        supplier=supplier, month=date(2027, 1, 1), total_excl=4999, opened_at=clock.now()
    )
    assert asked() == 0
    Payable.objects.filter(pk=billed.pk).update(total_excl=5000)
    assert asked() == 1
    (first,) = sent("papers_due")
    assert first.to_email == cast.noor.user.email
    assert "vigilance (URSSAF)\n– Justificatif" in first.text
    give(PaperKind.VIGILANCE)
    now.move_to("2027-02-20 12:00")
    assert asked() == 2
    assert "vigilance" not in sent("papers_due")[1].text
    give(PaperKind.REGISTRATION)
    now.move_to("2027-03-20 12:00")
    assert asked() == 2
    now.move_to("2027-09-20 12:00")
    assert asked() == 3, "six months later they have expired"


def test_what_was_asked_for_and_is_given_meanwhile_is_not_asked_for(
    cast: Cast, supplier: Supplier, settle: Settle
) -> None:
    Payable.objects.create(supplier=supplier, month=date(2027, 1, 1), total_excl=5000, opened_at=clock.now())
    ask_for_papers.func()
    for kind in (PaperKind.VIGILANCE, PaperKind.REGISTRATION):
        actions.give_paper(
            supplier_id=supplier.pk, kind=kind, content=PDF, dated=clock.today(), by=cast.actor(cast.noor)
        )
    settle()
    assert sent("papers_due") == []
