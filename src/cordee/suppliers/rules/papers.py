"""Legal papers: which are due, how long they prove something, and what a file of one is."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from cordee.kernel import clock
from cordee.kernel.money import Money
from cordee.kernel.refusals import Blocker, Turn
from cordee.organisation.rules import LARGEST_PAPER, is_a_paper, is_near
from cordee.pdf import pictures
from cordee.suppliers.models import Paper, Supplier
from cordee.suppliers.states import ASKED_BY_LAW, PAPER_LASTS_MONTHS, PaperKind, SupplierKind

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")


def expected_of(kind: str) -> tuple[PaperKind, ...]:
    """Return the papers the law asks of a kind of supplier: of one abroad, the proof that it is registered
    (code du travail, art. D8222-5 and D8222-7).
    """
    return (PaperKind.REGISTRATION,) if kind == SupplierKind.ABROAD else ASKED_BY_LAW


def months_later(day: date, months: int) -> date:
    """Return the same day some months later; the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December
    last = date.fromordinal(first_of_next.toordinal() - 1)
    return last.replace(day=min(day.day, last.day))


def expiry(kind: PaperKind, dated: date, until: date | None) -> date:
    """Return the last day on which a paper proves something: six months, but of an insurance what it says."""
    if kind in ASKED_BY_LAW:
        return months_later(dated, PAPER_LASTS_MONTHS)
    return until or dated


def missing(
    supplier: Supplier, papers: Iterable[Paper], *, on: date, amount: Money, threshold: int
) -> list[PaperKind]:
    """Return the papers that the law asks for and that do not hold on a day. Below a yearly amount (euros excluding
    VAT) none is asked for.
    """
    if amount.amount < threshold:
        return []
    valid = {paper.kind for paper in papers if paper.dated <= on <= paper.expires_on}
    return [kind for kind in expected_of(supplier.kind) if kind not in valid]


def has_sensible_days(kind: PaperKind, dated: date, until: date | None) -> Iterator[Blocker]:
    """A paper is dated in the past, and still proves something."""
    yield from is_near(dated, field="dated")
    if until is not None:
        yield from is_near(until, field="expires_on")
    if dated > clock.today():
        yield _blocker(
            "not_yet", "dated", _("This day is still to come."), _("Look at the date of the paper.")
        )
    if kind == PaperKind.INSURANCE and until is None:
        yield _blocker(
            "no_end",
            "expires_on",
            _("An insurance holds until a day."),
            _("Write the last day that stands on it."),
        )
    elif expiry(kind, dated, until) < clock.today():
        yield _blocker(
            "paper_expired",
            "dated",
            _("This paper is too old: it proves nothing any more."),
            _("Ask for a new one, dated within the last six months."),
        )


def is_a_scan(content: bytes) -> Iterator[Blocker]:
    """A paper is a PDF that runs nothing, or a picture of it (PNG, JPEG), known by its content."""
    if not content.startswith(_PICTURES):
        yield from is_a_paper(content, field="file", turn=Turn.FACILITATOR)
        return
    if len(content) > LARGEST_PAPER:
        yield _blocker(
            "paper_too_large",
            "file",
            _("This file is larger than 10 MB."),
            _("Take the picture with fewer pixels, or give the paper as PDF."),
        )
    try:
        pictures.read(content)
    except pictures.TooManyPixelsError:
        return  # as phones take them: it is kept and shown as it is, never drawn here
    except pictures.NotAPictureError:
        yield _blocker(
            "not_a_picture",
            "file",
            _("This picture is damaged."),
            _("Take it again, or give the paper as PDF."),
        )


def kind_of_file(content: bytes) -> str:
    """Return the media type of what `is_a_scan` lets in."""
    if content.startswith(b"\x89PNG"):
        return "image/png"
    return "image/jpeg" if content.startswith(b"\xff\xd8\xff") else "application/pdf"


def _blocker(code: str, field: str, message: str, fix: str) -> Blocker:
    return Blocker(code, message, fix, Turn.FACILITATOR, field)
