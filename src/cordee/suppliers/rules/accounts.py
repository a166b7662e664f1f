"""Bank accounts: what cannot be a number, and what of a number is shown."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from stdnum import bic as bic_number
from stdnum import iban as iban_number

from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Turn
from cordee.kernel.sepa import is_within_sepa
from cordee.suppliers.models import ACCOUNT_LABELS, BankAccount
from cordee.suppliers.states import ACCOUNT

LONGEST_HOLDER = 70
"""Letters that a bank takes (pain.001, Cdtr/Nm)."""


def is_an_account(iban: str, bic: str, holder: str) -> Iterator[Blocker]:
    """An IBAN has its check digits and the length of its country, a BIC its form; a bank compares the holder's name."""
    if not iban_number.is_valid(iban):
        yield _blocker(
            "bad_iban",
            "iban",
            _("This is not a valid IBAN."),
            _("Copy it from your bank's document (RIB): one digit is enough to make it wrong."),
        )
    elif not is_within_sepa(iban):
        yield _blocker(
            "outside_sepa",
            "iban",
            _("This account is outside the area of payments in euros (SEPA)."),
            _("Give an account within it, or ask finance how else you can be paid."),
        )
    if bic and not bic_number.is_valid(bic):
        yield _blocker(
            "bad_bic",
            "bic",
            _("This is not a valid BIC."),
            _("It has 8 or 11 letters and digits; within the euro area you may leave it out."),
        )
    if not any(letter.isalnum() for letter in holder) or len(holder) > LONGEST_HOLDER:
        yield _blocker(
            "bad_holder",
            "holder",
            _("The bank compares the name of the account's holder, of at most %(most)d letters.")
            % {"most": LONGEST_HOLDER},
            _("Write it as it stands on the bank's document (RIB)."),
        )


def is_another(iban: str, known: BankAccount | None) -> Iterator[Blocker]:
    if known and known.iban == iban:
        yield _blocker(
            "same_iban", "iban", _("This is already your bank account."), _("Nothing is to be done.")
        )


def can(move: str, account: BankAccount) -> Iterator[Blocker]:
    """What was confirmed, or given up, is so for good."""
    if not ACCOUNT.allows(move, account):
        state = ACCOUNT_LABELS[ACCOUNT.state_of(account)]
        yield Blocker(
            "account_settled",
            _("This bank account is “%(state)s” already.") % {"state": state},
            _("Another one can be given on the page “How I am paid”."),
            Turn.FACILITATOR,
        )


def masked(iban: str) -> str:
    """Return what is shown of a number: `FR76 •••• •••• 123`."""
    return f"{iban[:4]} •••• •••• {iban[-3:]}"


def spaced(iban: str) -> str:
    """Return a number in groups of four, as it is read aloud."""
    return " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))


def is_cooling(account: BankAccount) -> bool:
    """Tell whether the account is confirmed and not paid to yet."""
    return account.usable_from is not None and account.usable_from > clock.now()


def _blocker(code: str, field: str, message: str, fix: str) -> Blocker:
    return Blocker(code, message, fix, Turn.FACILITATOR, field)
