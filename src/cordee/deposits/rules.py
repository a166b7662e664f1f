"""Who deposits signed sheets and sees them, what files are taken, and when a page may be confirmed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.attendance.rules import may_record
from cordee.clients.states import ENROLMENT_OPTIONAL
from cordee.deposits.models import Deposit, DepositedBox, DepositedFile, DepositedPage
from cordee.deposits.states import LARGEST_FILE, MOST_FILES, PAGE, TO_SEE_TO, BoxKind, Kind
from cordee.enrolment.rules import Person
from cordee.kernel.actor import Actor
from cordee.kernel.permissions import Permission
from cordee.kernel.refusals import Blocker, Turn
from cordee.missions.rules import can_run
from cordee.planning.models import Session

_MEGABYTE: Final = 1_000_000
_SIGNS: Final = ((b"\xff\xd8\xff", Kind.JPEG), (b"\x89PNG\r\n\x1a\n", Kind.PNG), (b"%PDF-", Kind.PDF))
_TIFF: Final = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_PDF_WITHIN: Final = 1_024
"""Readers of PDF take one that begins within the first kilobyte: printers put their own words before it."""


def kind_of(content: bytes) -> Kind | None:
    """Return what a file is by its first bytes, whatever its name says; nothing for what is not taken."""
    for begins, kind in _SIGNS:
        if content.startswith(begins):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content.startswith(_TIFF):
        return Kind.TIFF
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return Kind.HEIC
    return Kind.PDF if b"%PDF-" in content[:_PDF_WITHIN] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFile:
    """A file as somebody gives it: its content, and what it was called where it came from."""

    content: bytes
    name: str = ""


def something_is_given(files: Collection[GivenFile]) -> Iterator[Blocker]:
    """At least one file, and not more than can be looked through in one go."""
    if not files:
        yield Blocker(
            "no_file",
            _("No file was chosen."),
            _("Take a photo of the signed sheet, or choose its scan."),
            field="scans",
        )
    elif len(files) > MOST_FILES:
        yield Blocker(
            "too_many_files",
            _("These are too many files at once."),
            _("Give them in several goes, %(n)d at most in each.") % {"n": MOST_FILES},
            field="scans",
        )


def is_taken(given: GivenFile) -> Iterator[Blocker]:
    """A photo, a scan or a PDF, known by its content, of a size that a sheet has."""
    name = given.name or _("This file")
    if not given.content:
        yield Blocker(
            "empty_file", _("%(name)s is empty.") % {"name": name}, _("Send it again."), field="scans"
        )
    elif len(given.content) > LARGEST_FILE:
        yield Blocker(
            "file_too_large",
            _("%(name)s is larger than %(n)d MB.") % {"name": name, "n": LARGEST_FILE // _MEGABYTE},
            _("Scan it again at 200 or 300 dpi, or give its pages one by one."),
            field="scans",
        )
    elif kind_of(given.content) is None:
        yield Blocker(
            "not_a_picture",
            _("%(name)s is neither a picture nor a PDF.") % {"name": name},
            _("Give a photo (JPEG, PNG, WebP, HEIC), a TIFF or a PDF."),
            field="scans",
        )


def may_deposit_at(session: Session, actor: Actor) -> Iterator[Blocker]:
    """Those who record presence deposit the sheet that proves it."""
    if list(may_record(session, actor)):
        yield Blocker(
            "not_on_session",
            _("Only those who run this session deposit its sheet."),
            _("Give it to the facilitator or the coordinator."),
        )


def deposits_anywhere(actor: Actor) -> bool:
    """Tell whether somebody may deposit sheets without saying of which session: each page says it itself."""
    return actor.facilitator_id is not None or actor.may(Permission.RUN_ANY_MISSION)


def may_deposit(actor: Actor) -> Iterator[Blocker]:
    """Facilitators and operations deposit sheets of whatever session is theirs."""
    if not deposits_anywhere(actor):
        yield Blocker(
            "deposits_nothing",
            _("Signed sheets are deposited by those who run sessions."),
            _("Give it to the facilitator or the coordinator."),
        )


def sees_sheets_of(session: Session, actor: Actor) -> bool:
    """Tell who sees signatures on paper: those who run the session, and the office that checks them."""
    return actor.may(Permission.VIEW_SHEETS) or not list(may_record(session, actor))


def sees_deposit(deposit: Deposit, actor: Actor) -> bool:
    """Tell who sees what is on a deposit but belongs to no session yet."""
    if actor.may(Permission.VIEW_SHEETS):
        return True
    own = actor.user_id is not None and deposit.user_id == actor.user_id
    by_link = actor.link_id is not None and deposit.link_id == actor.link_id
    return own or by_link or _runs_place_of(deposit, actor)


def _runs_place_of(deposit: Deposit, actor: Actor) -> bool:
    """Tell whether it was given on the page of a session or mission that is the actor's to run."""
    if deposit.session is not None:
        return not list(may_record(deposit.session, actor))
    return deposit.mission is not None and can_run(deposit.mission, actor)


def sees_page(page: DepositedPage, actor: Actor) -> bool:
    if page.session is not None:
        return sees_sheets_of(page.session, actor)
    return sees_deposit(page.file.deposit, actor)


def sees_file(file: DepositedFile, pages: Collection[DepositedPage], actor: Actor) -> bool:
    """Tell who sees a file as it was given: who may see the deposit, or every page that is on it."""
    return sees_deposit(file.deposit, actor) or (bool(pages) and all(sees_page(p, actor) for p in pages))


def may_settle(page: DepositedPage, actor: Actor) -> Iterator[Blocker]:
    """Confirming, filing and setting aside are for who may record the presence that follows."""
    page_is_theirs = (
        not list(may_record(page.session, actor))
        if page.session is not None
        else sees_deposit(page.file.deposit, actor) and deposits_anywhere(actor)
    )
    if not page_is_theirs:
        yield Blocker(
            "not_their_sheet",
            _("Only those who run this session confirm its sheet."),
            _("Ask its facilitator or the coordinator."),
        )


def was_not_settled_since(page: DepositedPage, seen: str) -> Iterator[Blocker]:
    """Two people at one page: the second is told, not overwritten."""
    if page.seen != seen:
        yield Blocker(
            "settled_meanwhile",
            _("Somebody else was quicker on this page: it stands as they left it."),
            _("Look at what they confirmed; if it is wrong, open the page again."),
        )


def move_is_possible(page: DepositedPage, move: str) -> Iterator[Blocker]:
    if not PAGE.allows(move, page):
        yield Blocker(
            "page_stands_elsewhere",
            _("This page is not waiting for that any more."),
            _("Load the page again to see where it stands."),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxMark:
    """What stands in one box, as somebody says."""

    signed: bool = False
    absent_ticked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody says of a page: the mark of each box by its id, and who signed on free lines, by row."""

    marks: dict[int, BoxMark]
    names: dict[int, Person] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)
    """By row, who of the list signed on a free line (enrolment)."""


def every_box_is_said(boxes: Collection[DepositedBox], said: Said) -> Iterator[Blocker]:
    """Each box is signed or not; nobody signs and is absent at once."""
    missing = sum(box.pk not in said.marks for box in boxes)
    if missing or len(said.marks) > len(boxes):
        yield Blocker(
            "box_not_said",
            ngettext(
                "%(n)d box is neither signed nor empty yet.",
                "%(n)d boxes are neither signed nor empty yet.",
                missing,
            )
            % {"n": missing},
            _("Look at the picture, and say which."),
        )
    if any(mark.signed and mark.absent_ticked for mark in said.marks.values()):
        yield Blocker(
            "signed_and_absent",
            _("Somebody is marked as signed and absent at once."),
            _("Say which of the two the paper shows."),
        )


def names_are_optional(session: Session, *, enrolled: int) -> bool:
    """Tell whether a signed line counts without a name: in education, where no list is kept."""
    return not enrolled and session.mission.order.sector in ENROLMENT_OPTIONAL


def free_lines_have_names(
    boxes: Collection[DepositedBox], said: Said, *, optional: bool = False
) -> Iterator[Blocker]:
    """Who signed on a free line has a name; with `optional`, the number of people is enough."""
    if optional and not said.names and not said.known:
        return
    signed = {b.row for b in boxes if b.kind == BoxKind.FREE and said.marks.get(b.pk, BoxMark()).signed}
    for row in sorted(signed - set(said.known)):
        person = said.names.get(row)
        if person is None or not (person.first_name.strip() or person.last_name.strip()):
            yield Blocker(
                "name_missing",
                _("A free line is signed, and has no name."),
                _("Read it on the picture and type it; or say that the line is empty."),
                field=f"last_name-{row}",
            )


def signers_are_on_the_list(others: Collection[int]) -> Iterator[Blocker]:
    """Who signed and was taken off the list since comes back on it first: their presence counts there."""
    if others:
        yield Blocker(
            "signer_off_list",
            ngettext(
                "%(n)d person who signed was taken off the list since.",
                "%(n)d people who signed were taken off the list since.",
                len(others),
            )
            % {"n": len(others)},
            _("Add them as somebody who came without being on the list, then confirm."),
        )


def something_is_ticked(*, ticked: bool) -> Iterator[Blocker]:
    if not ticked:
        yield Blocker(
            "nothing_ticked",
            _("Nobody is ticked."),
            _("Tick who signed; or set the page aside when nobody did."),
        )


def is_to_see_to(page: DepositedPage) -> bool:
    return page.state in TO_SEE_TO


def no_sheet_deposited(session_id: int, facilitator_id: int | None = None) -> Iterator[Blocker]:
    """A session of which a signed sheet was deposited took place, at the hours that are printed on it."""
    boxes = DepositedBox.objects.filter(page__session_id=session_id)
    if facilitator_id is not None:
        boxes = boxes.filter(assignment__facilitator_id=facilitator_id, signed=True)
    if boxes.exists():
        yield Blocker(
            "sheet_deposited",
            _("A signed sheet of this session was deposited."),
            _("What was signed for stays as it is. If it is wrong, tell quality: they note it on the file."),
            Turn.QUALITY,
        )
