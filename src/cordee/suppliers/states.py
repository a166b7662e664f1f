"""What a supplier is, and the lives of its bank accounts and of its mandate."""

from datetime import timedelta
from enum import StrEnum

from cordee.kernel.states import Machine, Move

ACCOUNT_LINK = "bank_account"
"""The purpose of the personal link by which a new bank account is confirmed."""
ACCOUNT_LINK_LASTS = timedelta(days=14)
CODE_LASTS = timedelta(minutes=30)
CODE_TRIES = 5
"""Wrong codes after which another one is needed: one guess in 200,000 is right."""
CODES_AN_HOUR = 5
"""Codes that are sent for one supplier within an hour."""
PAPER_LASTS_MONTHS = 6
"""After its date a certificate of vigilance proves nothing any more (code du travail, art. D8222-5)."""
REMINDED_BEFORE = timedelta(days=30)
"""How long before its end who gave a paper is reminded of it."""


class SupplierKind(StrEnum):
    SOLE_TRADER = "sole_trader"
    """Entrepreneur individuel (EI)."""
    MICRO = "micro"
    """A sole trader under the regime of micro-enterprises."""
    COMPANY = "company"
    ASSOCIATION = "association"
    UMBRELLA = "umbrella"
    """Portage salarial: the facilitator is its employee."""
    ABROAD = "abroad"
    """A structure that is not established in France."""


SOLE_TRADERS = frozenset({SupplierKind.SOLE_TRADER, SupplierKind.MICRO})
"""“EI” stands beside their name (code de commerce, art. R526-27)."""
INVOICE_THEMSELVES = frozenset({SupplierKind.UMBRELLA, SupplierKind.ABROAD})
"""Kinds that send invoices of their own unless they say otherwise; of a structure abroad, always."""


class AccountState(StrEnum):
    PROPOSED = "proposed"
    """Typed in; its confirmation was asked for by mail."""
    CONFIRMED = "confirmed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    """Given up, by who proposed it or by the mail: nothing is ever paid to it."""


_A = AccountState
ACCOUNT = Machine(
    initial=_A.PROPOSED,
    moves=(
        Move("confirm", frozenset({_A.PROPOSED}), _A.CONFIRMED),
        Move("withdraw", frozenset({_A.PROPOSED}), _A.WITHDRAWN),
        Move("replace", frozenset({_A.CONFIRMED}), _A.REPLACED),
    ),
    final=frozenset({_A.REPLACED, _A.WITHDRAWN}),
)


class MandateState(StrEnum):
    SIGNED = "signed"
    REPLACED = "replaced"
    """Another one was signed: new words, or another time to contest."""
    REVOKED = "revoked"


_M = MandateState
MANDATE = Machine(
    initial=_M.SIGNED,
    moves=(
        Move("replace", frozenset({_M.SIGNED}), _M.REPLACED),
        Move("revoke", frozenset({_M.SIGNED}), _M.REVOKED),
    ),
    final=frozenset({_M.REPLACED, _M.REVOKED}),
)


class PaperKind(StrEnum):
    VIGILANCE = "vigilance"
    """Attestation de vigilance (URSSAF)."""
    REGISTRATION = "registration"
    """Extract of the register: Kbis, RNE, the receipt of an association."""
    INSURANCE = "insurance"
    """Liability insurance; no law asks for it."""


ASKED_BY_LAW = (PaperKind.VIGILANCE, PaperKind.REGISTRATION)
"""Due from a yearly amount on, and anew every six months (code du travail, art. D8222-5)."""
