"""Documents as PDF. Data first, drawing second: the same data gives the same bytes, for ever."""

from cordee.documents.rendering.sheet import fingerprint, render_sheet, render_sheets
from cordee.documents.rendering.sheet_data import (
    Language,
    PageOfSheet,
    Period,
    RenderedPdf,
    RowKind,
    SheetData,
    SheetFacilitator,
    SheetHalfDay,
    SheetOrganisation,
    SheetParticipant,
    UnprintableKind,
    UnprintableName,
)

__all__ = [
    "Language",
    "PageOfSheet",
    "Period",
    "RenderedPdf",
    "RowKind",
    "SheetData",
    "SheetFacilitator",
    "SheetHalfDay",
    "SheetOrganisation",
    "SheetParticipant",
    "UnprintableKind",
    "UnprintableName",
    "fingerprint",
    "render_sheet",
    "render_sheets",
]
