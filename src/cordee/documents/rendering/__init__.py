"""Documents as PDF. Data first, drawing second: the same data gives the same bytes, for ever."""

from cordee.documents.rendering.sheet import render_sheet, render_sheets
from cordee.documents.rendering.sheet_data import (
    Language,
    Period,
    RenderedPdf,
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
    "Period",
    "RenderedPdf",
    "SheetData",
    "SheetFacilitator",
    "SheetHalfDay",
    "SheetOrganisation",
    "SheetParticipant",
    "UnprintableKind",
    "UnprintableName",
    "render_sheet",
    "render_sheets",
]
