"""Who may change the organisation's settings, and what they may be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from stdnum import bic, iban
from stdnum.eu import vat
from stdnum.fr import siret as siret_number

from cordee.kernel import clock
from cordee.kernel.actor import Actor
from cordee.kernel.bounds import YEARS_ON_RECORD, Bounds, is_within
from cordee.kernel.changes import UNSET, Changes, Unset
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.kernel.sepa import is_within_sepa
from cordee.pdf import papers, pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationChanges(Changes):
    """What may be changed of the organisation; its logo and papers are files, given beside."""

    name: str | Unset = UNSET
    legal_form: str | Unset = UNSET
    siret: str | Unset = UNSET
    activity_declaration_number: str | Unset = UNSET
    prefect_region: str | Unset = UNSET
    representative: str | Unset = UNSET
    representative_role: str | Unset = UNSET
    address: str | Unset = UNSET
    postal_code: str | Unset = UNSET
    city: str | Unset = UNSET
    phone: str | Unset = UNSET
    reply_to: str | Unset = UNSET
    accent_colour: str | Unset = UNSET
    once_a_month: bool | Unset = UNSET
    enrol_before_days: int | Unset = UNSET
    answer_within_days: int | Unset = UNSET
    presence_within_days: int | Unset = UNSET
    complaint_within_days: int | Unset = UNSET
    confidential_within_days: int | Unset = UNSET
    list_closes_days_before: int | Unset = UNSET
    sheet_sectors: list[str] | Unset = UNSET
    hold_coordination: bool | Unset = UNSET
    vat_number: str | Unset = UNSET
    electronic_address: str | Unset = UNSET
    bank_iban: str | Unset = UNSET
    bank_bic: str | Unset = UNSET
    monthly_invoices: bool | Unset = UNSET
    payment_terms_days: int | Unset = UNSET
    contest_within_days: int | Unset = UNSET
    iban_cooling_days: int | Unset = UNSET
    papers_hold: bool | Unset = UNSET
    papers_from_amount: int | Unset = UNSET
    transmit_invoices: bool | Unset = UNSET
    privacy_notice_fr: str | Unset = UNSET
    privacy_notice_en: str | Unset = UNSET


def may_edit_settings(actor: Actor) -> Iterator[Blocker]:
    """Only administrators change the organisation's settings."""
    if not actor.may(Permission.EDIT_SETTINGS):
        yield Blocker(
            "not_administrator",
            _("Only an administrator can change the organisation's settings."),
            _("Ask an administrator."),
            Turn.ADMINISTRATOR,
        )


def siret_is_valid(siret: str, *, turn: Turn = Turn.OPERATIONS) -> Iterator[Blocker]:
    """A SIRET has 14 digits of which the last is a check digit (La Poste's own rule included)."""
    if siret and not siret_number.is_valid(siret):
        yield Blocker(
            "bad_siret",
            _("“%(siret)s” is not a valid SIRET number.") % {"siret": siret},
            _("A SIRET has 14 digits; check it against the client's letterhead or the public register."),
            turn,
            "siret",
        )


LARGEST_LOGO = 1_000_000
"""Bytes: it stands on every page, in every mail and on every sheet."""


def logo_is_a_picture(logo: bytes) -> Iterator[Blocker]:
    """A logo is a PNG, JPEG or SVG picture, read as what it is from end to end, that only draws, and light."""
    if len(logo) > LARGEST_LOGO:
        yield Blocker(
            "logo_too_large",
            _("This picture is larger than 1 MB."),
            _("Give a smaller one: it stands on every page and every document."),
            Turn.ADMINISTRATOR,
            "logo",
        )
        return
    try:
        pictures.read(logo)
    except pictures.NotAPictureError as error:
        yield _why_no_logo(error)


def _why_no_logo(error: pictures.NotAPictureError) -> Blocker:
    match error:
        case pictures.TooManyPixelsError(pixels=pixels):
            sizes = {"found": pixels // 1_000_000, "most": pictures.MOST_PIXELS // 1_000_000}
            return Blocker(
                "logo_has_too_many_pixels",
                _("This picture has %(found)d million pixels: more than the %(most)d that can be drawn.")
                % sizes,
                _("Export the logo again, smaller, or as SVG."),
                Turn.ADMINISTRATOR,
                "logo",
            )
        case pictures.DoesMoreThanDrawError(what=what):
            return Blocker(
                "logo_does_more_than_draw",
                _("This SVG does more than draw: it holds “%(what)s”.") % {"what": what},
                _(
                    "Export the logo again as PNG, or as a plain SVG without scripts, animations, effects and "
                    "links to other files."
                ),
                Turn.ADMINISTRATOR,
                "logo",
            )
        case pictures.TooComplexError():
            return Blocker(
                "logo_too_complex",
                _("This SVG is too complicated to be drawn on every page."),
                _("Export the logo again as PNG."),
                Turn.ADMINISTRATOR,
                "logo",
            )
    return Blocker(
        "logo_not_a_picture",
        _("This file is not a PNG, JPEG or SVG picture, or it is damaged."),
        _("Export the logo again as PNG, or as SVG without scripts."),
        Turn.ADMINISTRATOR,
        "logo",
    )


LARGEST_PAPER = 10_000_000
"""Bytes: it is opened on phones, on the way to a session."""


def is_a_paper(content: bytes, *, field: str, turn: Turn = Turn.ADMINISTRATOR) -> Iterator[Blocker]:
    """What participants are given to read is a PDF, known by its content, that opens anywhere and runs nothing."""
    if len(content) > LARGEST_PAPER:
        yield Blocker(
            "paper_too_large",
            _("This file is larger than 10 MB."),
            _("Export it again for the screen: people open it on their phone."),
            turn,
            field,
        )
    elif not papers.is_whole(content):
        yield Blocker(
            "not_a_pdf",
            _("This file is not a PDF, or it is damaged."),
            _("Export the document again as PDF."),
            turn,
            field,
        )
    elif papers.is_locked(content):
        yield Blocker(
            "pdf_locked",
            _("This PDF asks for a password."),
            _("Save it without one, and give that one."),
            turn,
            field,
        )
    elif papers.acts(content):
        yield Blocker(
            "pdf_with_scripts",
            _("This PDF holds scripts, or opens other programs."),
            _("Print it into a new PDF, and give that one."),
            turn,
            field,
        )


def fits(value: object, bounds: Bounds, *, field: str) -> Iterator[Blocker]:
    """A number beyond what means something is a slip of the hand; none given is no slip."""
    if value is not None and value not in bounds:
        yield Blocker(
            "out_of_bounds",
            _("%(value)s cannot be meant.") % {"value": str(value)[:20]},
            _("Give a number from %(least)d to %(most)d.") % {"least": bounds.least, "most": bounds.most},
            field=field,
        )


def is_near(day: date, *, field: str) -> Iterator[Blocker]:
    """A day far from today is a slip of the hand."""
    if not is_within(day, clock.today(), YEARS_ON_RECORD):
        yield Blocker(
            "too_far_away",
            _("This day is more than %(most)d years away.") % {"most": YEARS_ON_RECORD},
            _("Look at the year."),
            field=field,
        )


POLICY_DAYS: Final = {
    "enrol_before_days": Bounds(0, 90),
    "list_closes_days_before": Bounds(0, 30),
    "answer_within_days": Bounds(1, 60),
    "presence_within_days": Bounds(0, 60),
    "complaint_within_days": Bounds(1, 180),
    "confidential_within_days": Bounds(1, 60),
    "payment_terms_days": Bounds(0, 60),
    "contest_within_days": Bounds(1, 60),
    "iban_cooling_days": Bounds(0, 30),
}
"""The policies that are numbers of days."""
PAPERS_FROM: Final = Bounds(0, 1_000_000)
"""Euros excluding VAT, of a year."""


def policies_make_sense(changes: Mapping[str, Any]) -> Iterator[Blocker]:
    """Days of policies are days, not years; a number for VAT has its check digits."""
    for name, bounds in POLICY_DAYS.items():
        yield from fits(changes.get(name), bounds, field=name)
    yield from fits(changes.get("papers_from_amount"), PAPERS_FROM, field="papers_from_amount")
    yield from _bank_account(changes.get("bank_iban"), changes.get("bank_bic"))
    number = changes.get("vat_number")
    if number and not vat.is_valid(number):
        yield Blocker(
            "bad_vat_number",
            _("“%(number)s” is not a valid VAT number.") % {"number": number},
            _("It begins with the country, such as FR, and holds a check digit: copy it from an invoice."),
            Turn.ADMINISTRATOR,
            "vat_number",
        )


def _bank_account(number: str | None, bank: str | None) -> Iterator[Blocker]:
    if number and not iban.is_valid(number):
        yield Blocker(
            "bad_iban",
            _("“%(iban)s” is not a valid IBAN.") % {"iban": number},
            _("Copy it from a bank statement: a French one has 27 letters and digits."),
            Turn.ADMINISTRATOR,
            "bank_iban",
        )
    elif number and not is_within_sepa(number):
        yield Blocker(
            "outside_sepa",
            _("This account is outside the area of payments in euros (SEPA)."),
            _("Give the account from which suppliers are paid by transfers in euros."),
            Turn.ADMINISTRATOR,
            "bank_iban",
        )
    if bank and not bic.is_valid(bank):
        yield Blocker(
            "bad_bic",
            _("“%(bic)s” is not a valid BIC.") % {"bic": bank},
            _("It has 8 or 11 letters and digits; it may stay empty."),
            Turn.ADMINISTRATOR,
            "bank_bic",
        )


def is_current(version: int, expected: int | None) -> Iterator[Blocker]:
    """Two people editing the same thing: the second is told, not overwritten."""
    if expected is not None and version != expected:
        yield Blocker(
            "changed_meanwhile",
            _("Somebody else changed this while you were editing."),
            _("Your entries are still below: compare them with the current page, then save again."),
        )
