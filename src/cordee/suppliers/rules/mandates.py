"""The mandate to self-bill: its words, version by version, who can sign it, and what a code must be."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.kernel import clock
from cordee.kernel.refusals import Blocker, Turn
from cordee.organisation.models import Organisation
from cordee.suppliers.models import Mandate, Signing, Supplier
from cordee.suppliers.states import CODE_TRIES, CODES_AN_HOUR, MANDATE, SOLE_TRADERS

VERSION: Final = 1
"""Of the words that are signed now. Others get another number: what was signed is never changed."""
LANGUAGES: Final = ("fr", "en")
_TEXTS = Path(__file__).parent
_DIGITS = 6
_FOLDED = re.compile(r"(?<!\n)\n(?!\n|- ) *")
"""A line that goes on in the next one."""


@cache
def wording(version: int, language: str) -> str:
    """Return the words of a version, with places for both parties: a paragraph or an item a line, a blank line between
    paragraphs. In their file they are folded.
    """
    folded = (_TEXTS / f"mandate-{version}.{language}.txt").read_text("utf-8").strip()
    return _FOLDED.sub(" ", folded)


def text_for(supplier: Supplier, organisation: Organisation, language: str) -> str:
    """Return word for word what is signed: the version of now, for these parties, in French or English. A blank line
    separates paragraphs, # begins a heading.
    """
    language = language if language in LANGUAGES else "en"
    siren = organisation.siret[:9]
    name = f"{supplier.name} (EI)" if supplier.kind in SOLE_TRADERS else supplier.name
    return wording(VERSION, language).format(
        supplier=_listed(name, supplier.legal_form),
        supplier_numbers=_listed(
            f"SIREN {supplier.siren}", supplier.vat_number and f"TVA {supplier.vat_number}"
        ),
        supplier_address=_listed(supplier.address, f"{supplier.postal_code} {supplier.city}"),
        organisation=_listed(organisation.name, organisation.legal_form),
        organisation_numbers=f"SIREN {siren}",
        organisation_address=_listed(
            organisation.address, f"{organisation.postal_code} {organisation.city}".strip()
        ),
        prefix=supplier.invoice_prefix,
        days=organisation.contest_within_days,
    )


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def code_of(signing: Signing) -> str:
    """Return the code of six digits by which this is signed: computed each time: it stands in the mail
    alone.
    """
    digest = salted_hmac("cordee.suppliers.signing", f"{signing.pk}:{signing.seed}", algorithm="sha256")
    return str(int.from_bytes(digest.digest()[:8]) % 10**_DIGITS).zfill(_DIGITS)


def is_its_code(signing: Signing, typed: str) -> bool:
    return constant_time_compare(code_of(signing), "".join(typed.split()))


def can_be_signed(supplier: Supplier, organisation: Organisation) -> Iterator[Blocker]:
    """A mandate is given by a supplier established in France that leaves its invoices to the organisation; both
    parties are named in it.
    """
    if supplier.sends_invoices:
        yield Blocker(
            "own_invoices",
            _("%(name)s sends invoices of its own: no mandate is needed.") % {"name": supplier.name},
            _("Choose otherwise with the identity first."),
            Turn.FACILITATOR,
        )
    if not (organisation.siret and organisation.address):
        yield Blocker(
            "organisation_unknown",
            _(
                "The organisation's SIRET or address is not known: the mandate would not name who is mandated."
            ),
            _("An administrator completes the settings of the organisation."),
            Turn.ADMINISTRATOR,
        )


def is_new(mandate: Mandate | None, organisation: Organisation) -> Iterator[Blocker]:
    """What is signed with the words and the time of now is not signed again."""
    if mandate and is_of_now(mandate, organisation):
        yield Blocker(
            "already_signed",
            _("This mandate is signed already."),
            _("Nothing is to be done."),
            Turn.FACILITATOR,
        )


def is_of_now(mandate: Mandate, organisation: Organisation) -> bool:
    """Tell whether a mandate has the words, and the time to contest, that would be signed today."""
    signed = mandate.signing
    return signed.text_version == VERSION and signed.contest_days == organisation.contest_within_days


def may_ask_again(codes: int) -> Iterator[Blocker]:
    """:param codes: that were sent for this supplier within the last hour."""
    if codes >= CODES_AN_HOUR:
        yield Blocker(
            "too_many_codes",
            _("Too many codes were sent within an hour."),
            _("Look in the mailbox, also among unwanted mail; ask for another one in an hour."),
            Turn.TIME,
        )


def names_its_signer(supplier: Supplier, capacity: str) -> Iterator[Blocker]:
    """Who signs for a company or an association says in which quality."""
    if supplier.kind not in SOLE_TRADERS and not capacity:
        yield Blocker(
            "no_capacity",
            _("Whoever signs for %(name)s must be allowed to.") % {"name": supplier.name},
            _("Write in which quality you sign: director, president…"),
            Turn.FACILITATOR,
            "capacity",
        )


def is_open(signing: Signing | None) -> Iterator[Blocker]:
    """A code works for half an hour, and for some tries."""
    if signing is None or signing.expires_at <= clock.now():
        yield _code("code_ended", _("This code does not work any more."), _("Ask for another one."))
    elif signing.tries >= CODE_TRIES:
        yield _code(
            "too_many_tries",
            _("That was tried too often."),
            _("Ask for another code."),
        )


def still_says_the_same(signing: Signing, text: str) -> Iterator[Blocker]:
    """What is signed is what was read: nothing changed since the code was sent."""
    if signing.text != text:
        yield _code(
            "text_changed",
            _("What the mandate says has changed since the code was sent."),
            _("Read it again, then ask for another code."),
        )


def code_is_right(signing: Signing, typed: str) -> Iterator[Blocker]:
    if not is_its_code(signing, typed):
        left = max(0, CODE_TRIES - signing.tries)
        yield _code(
            "wrong_code",
            _("This is not the code that was sent."),
            ngettext(
                "Look at the last mail: %(left)d try is left.",
                "Look at the last mail: %(left)d tries are left.",
                left,
            )
            % {"left": left},
        )


def can_be_revoked(mandate: Mandate) -> Iterator[Blocker]:
    if not MANDATE.allows("revoke", mandate):
        yield Blocker("mandate_ended", _("This mandate has ended already."), "", Turn.FACILITATOR)


def has_a_reason(reason: str) -> Iterator[Blocker]:
    if not reason:
        yield Blocker("no_reason", _("Say why."), _("A few words are enough."), Turn.FACILITATOR, "reason")


def _code(code: str, message: str, fix: str) -> Blocker:
    return Blocker(code, message, fix, Turn.FACILITATOR, "code")
