"""`cordee sheets read`: what is on photos and scans of signed attendance sheets."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.cli.printing import Stop, say
from cordee.documents.reading import PrintedPage, page_named, who_is_in
from cordee.scans.apart import pages_of
from cordee.scans.files import MAX_BYTES, Refusal, Unreadable
from cordee.scans.pages import BoxRead, PageRead, Problem, read_page

SOME_UNSURE, REFUSED = 1, 2


def read(files: list[str], *, as_json: bool) -> int:
    """Read files page by page and print what is on them; nothing is kept.

    Return 0 when everything was read, 1 when a person has to look at some boxes or pages, 2 when a file was refused
    (the others are read).
    """
    find = cache(page_named)
    told: list[dict[str, Any]] = []
    refused = unsure = False
    for file in files:
        try:
            for number, page in _pages(file, find):
                unsure |= page.unsure
                told.append({"file": file, "page_of_file": number, **_told(page, find)})
                if not as_json:
                    _print(told[-1])
        except Unreadable as error:
            refused = True
            say(_sentence(error.code) % {"file": _shown(file)})
        except IsADirectoryError:
            refused = True
            say(_("%(file)s is a folder: give the files in it.") % {"file": _shown(file)})
        except OSError as error:
            refused = True
            reason = error.strerror or error
            say(_("%(file)s cannot be read: %(reason)s.") % {"file": _shown(file), "reason": reason})
    if as_json:
        print(json.dumps(told, indent=2))  # in ASCII: a name may be no text in any encoding
    return REFUSED if refused else SOME_UNSURE if unsure else 0


def _shown(file: str) -> str:
    """Return a name as it can be printed: on one line, whatever is in it."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in file)


def _pages(file: str, find: Any) -> Iterator[tuple[int, PageRead]]:
    with Path(file).open("rb") as opened:
        content = opened.read(MAX_BYTES + 1)
    try:
        for picture in pages_of(content):
            for page in read_page(picture, lambda code: found.layout if (found := find(code)) else None):
                yield picture.page, page
    except ImportError as error:
        raise Stop(
            _(
                "Reading sheets needs packages that are not installed: `pip install cordee[eyes]` brings them."
            ),
            code=REFUSED,
        ) from error


def _told(page: PageRead, find: Any) -> dict[str, Any]:
    printed: PrintedPage | None = find(page.code) if page.code else None
    return {
        "session": printed.session_ref if printed else None,
        "page": printed.page if printed else None,
        "version": printed.sheet.version if printed else None,
        "rotation": page.rotation,
        "quality": page.quality,
        "boxes": [_box(box, printed) for box in page.boxes] if printed else [],
        "problems": [str(problem) for problem in page.problems],
    }


def _box(box: BoxRead, printed: PrintedPage) -> dict[str, Any]:
    who = who_is_in(printed.sheet, box.key)
    return {
        "kind": who.kind,
        "name": who.name,
        "row": who.row,
        "half_day": who.half_day,
        "starts_at": f"{who.day:%Y-%m-%d}T{who.starts:%H:%M}",
        "signed": box.signed,
        "absent_ticked": box.absent_ticked,
        "confidence": box.confidence,
        "unsure": box.unsure,
    }


def _print(page: dict[str, Any]) -> None:
    where = _("%(file)s, page %(page)d") % {"file": _shown(page["file"]), "page": page["page_of_file"]}
    if page["session"]:
        named = _("%(session)s v%(version)d, page %(page)d") % page
        signed = sum(box["signed"] for box in page["boxes"])
        print(f"{where}: {named}")
        print("  " + ngettext("%(n)d box signed", "%(n)d boxes signed", signed) % {"n": signed}, end="")
        unsure = [box for box in page["boxes"] if box["unsure"]]
        print(", " + ngettext("%(n)d to look at", "%(n)d to look at", len(unsure)) % {"n": len(unsure)})
        for box in unsure:
            print(f"  ? {box['row']}. {box['name'] or '—'}, {box['starts_at'].replace('T', ' ')}")
    else:
        print(where)
    for problem in page["problems"]:
        print(f"  ! {_said(Problem(problem))}")


def _said(problem: Problem) -> str:
    return {
        Problem.NO_CODE: _("No QR code was found: photograph the whole page, its corners included."),
        Problem.UNKNOWN_SHEET: _("This page was not printed here."),
        Problem.NO_MARKS: _("The corner marks were not found: photograph the whole page, lying flat."),
        Problem.CUT: _("A corner of the page is missing."),
        Problem.TOO_DARK: _("The picture is too dark."),
        Problem.BLURRED: _("The picture is blurred."),
        Problem.BLANK: _("The page is blank."),
    }[problem]


def _sentence(code: Refusal) -> str:
    return {
        Refusal.EMPTY: _("%(file)s is empty."),
        Refusal.TOO_LARGE: _("%(file)s is larger than 50 MB: give its pages in several files."),
        Refusal.TOO_MANY_PIXELS: _("%(file)s holds a picture that is too large: scan at 300 dpi."),
        Refusal.TOO_MANY_PAGES: _("%(file)s has more than 200 pages: give them in several files."),
        Refusal.NOT_A_PICTURE: _("%(file)s is neither a picture (JPEG, PNG, WebP, HEIC, TIFF) nor a PDF."),
        Refusal.LOCKED_PDF: _("%(file)s is locked by a password: give it without."),
        Refusal.BROKEN: _("%(file)s is damaged, and cannot be read to its end: scan or send it again."),
        Refusal.TOO_MUCH_WORK: _("%(file)s takes too much work to open: scan it again, or take a photo."),
    }[code]
