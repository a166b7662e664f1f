"""The drawing of attendance sheets: from their data to PDF."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, Final

from cordee.documents.rendering.sheet_data import (
    PageOfSheet,
    RenderedPdf,
    SheetData,
    UnprintableKind,
    UnprintableName,
)
from cordee.documents.rendering.view import view
from cordee.documents.rendering.wording import LABELS
from cordee.pdf.coverage import uncovered
from cordee.pdf.engine import RenderError, render, told
from cordee.pdf.pictures import NotAPictureError
from cordee.pdf.typefaces import typefaces

TEMPLATE: Final = Path(__file__).parent.parent / "templates" / "sheet.typ"
type Layout = list[PageOfSheet]
_NO_DAY: Final = date(2000, 1, 1)


def render_sheet(sheet: SheetData, *, extra_fonts: Sequence[Path] | None = None) -> RenderedPdf:
    """The attendance sheet of one session."""
    return render_sheets([sheet], extra_fonts=extra_fonts)


def render_sheets(
    sheets: Sequence[SheetData],
    *,
    layouts: Sequence[Layout | None] = (),
    extra_fonts: Sequence[Path] | None = None,
) -> RenderedPdf:
    """Several attendance sheets in one file, each with its own page numbers.

    :param layouts: of the sheets that were laid out before, which spares half of the work.
    :param extra_fonts: font folders used instead of those of ``CORDEE_FONTS``.
    """
    if not sheets:
        raise ValueError("no sheet to draw")
    problems = tuple(chain.from_iterable(_unprintable(sheet, extra_fonts) for sheet in sheets))
    # Nobody signs a final sheet, so nobody has to know where its boxes lie.
    known = layouts or [[] if sheet.final else None for sheet in sheets]
    try:
        drawn, laid_out = _draw(sheets, known, extra_fonts, with_logos=True)
    except (RenderError, NotAPictureError):
        logos = [sheet for sheet in sheets if sheet.organisation.logo]
        if not logos:
            raise
        # A sheet must be there on the day: a broken picture is left out and reported.
        drawn, laid_out = _draw(sheets, known, extra_fonts, with_logos=False)
        problems += tuple(
            UnprintableName(
                session_ref=s.session_ref, kind="logo", position=0, text=s.organisation.name, missing=()
            )
            for s in logos
        )
    return RenderedPdf(content=drawn, unprintable=problems, layouts=tuple(laid_out))


def fingerprint(sheet: SheetData) -> str:
    """Return what tells two sheets apart: all that is printed but the version and the day of printing.

    Two sheets with one fingerprint are the same to the byte once they bear the same version and day.
    """
    bare = replace(sheet, version=0, printed_on=_NO_DAY)
    files: dict[str, bytes] = {}
    try:
        seen = view(bare, files)
    except NotAPictureError:
        seen = view(bare, files, with_logo=False)
    drawn_with = [version("typst"), *typefaces().families, bare.page_address(0), json.dumps(seen)]
    parts = [*map(str.encode, drawn_with), TEMPLATE.read_bytes(), *files.values()]
    return sha256(b"\0".join(parts)).hexdigest()


def _draw(
    sheets: Sequence[SheetData],
    known: Sequence[Layout | None],
    extra_fonts: Sequence[Path] | None,
    *,
    with_logos: bool,
) -> tuple[bytes, list[Layout]]:
    new = [sheet for sheet, layout in zip(sheets, known, strict=True) if layout is None]
    found = iter(_lay_out(new, extra_fonts, with_logos=with_logos) if new else ())
    layouts = [next(found) if layout is None else layout for layout in known]
    files: dict[str, bytes] = {}
    views = [
        view(sheet, files, with_logo=with_logos, pages=len(layout))
        for sheet, layout in zip(sheets, layouts, strict=True)
    ]
    content = render(
        TEMPLATE,
        _document(sheets, views),
        dated=max(sheet.printed_on for sheet in sheets),
        files=files,
        extra_fonts=extra_fonts,
    )
    return content, layouts


def _lay_out(
    sheets: Sequence[SheetData], extra_fonts: Sequence[Path] | None, *, with_logos: bool
) -> list[Layout]:
    """Where everything lies on the pages of each sheet, as the template tells it."""
    files: dict[str, bytes] = {}
    views = [view(sheet, files, with_logo=with_logos) for sheet in sheets]
    layouts: list[Layout] = [[] for _ in sheets]
    document = _document(sheets, views)
    for page in told(TEMPLATE, document, "sheet-page", files=files, extra_fonts=extra_fonts):
        layouts[page.pop("sheet")].append(page)
    return layouts


def _document(sheets: Sequence[SheetData], views: list[dict[str, Any]]) -> dict[str, Any]:
    labels = LABELS[sheets[0].language]
    title = f"{labels['sheet']} {sheets[0].session_ref}" if len(sheets) == 1 else labels["sheets"]
    return {"title": title, "language": sheets[0].language, "sheets": views}


# --- characters


def _unprintable(sheet: SheetData, extra_fonts: Sequence[Path] | None) -> Iterator[UnprintableName]:
    organisation = sheet.organisation
    texts: list[tuple[UnprintableKind, int, str]] = [
        ("title", 0, sheet.title),
        ("client", 0, sheet.client_name),
        ("service", 0, sheet.service_name),
        ("place", 0, sheet.place),
        ("organisation", 0, f"{organisation.name} {organisation.legal_form} {organisation.prefect_region}"),
    ]
    texts += [
        ("facilitator", i, f"{f.first_name} {f.last_name} {f.role}")
        for i, f in enumerate(sheet.facilitators, 1)
    ]
    texts += [
        ("participant", i, " ".join(filter(None, (p.first_name, p.last_name, p.email or p.code))))
        for i, p in enumerate(sheet.participants, 1)
    ]
    for kind, position, text in texts:
        if missing := uncovered(text, extra_fonts):
            yield UnprintableName(
                session_ref=sheet.session_ref,
                kind=kind,
                position=position,
                text=text,
                missing=tuple(sorted(missing)),
            )
