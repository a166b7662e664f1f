"""Documents as PDF. Data first, drawing second: the same data gives the same bytes, for ever."""

from cordee.documents.rendering.certificate import learned_words, render_certificates
from cordee.documents.rendering.certificate_data import (
    CertificateContent,
    CertificateIssuer,
    Certified,
    CertifiedHalfDay,
    CertifiedLevel,
)
from cordee.documents.rendering.marks import drawing, frame_of, lines_of
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
    SheetMark,
    SheetOrganisation,
    SheetParticipant,
    SheetSchool,
    UnprintableKind,
    UnprintableName,
)

__all__ = [
    "CertificateContent",
    "CertificateIssuer",
    "Certified",
    "CertifiedHalfDay",
    "CertifiedLevel",
    "Language",
    "PageOfSheet",
    "Period",
    "RenderedPdf",
    "RowKind",
    "SheetData",
    "SheetFacilitator",
    "SheetHalfDay",
    "SheetMark",
    "SheetOrganisation",
    "SheetParticipant",
    "SheetSchool",
    "UnprintableKind",
    "UnprintableName",
    "drawing",
    "fingerprint",
    "frame_of",
    "learned_words",
    "lines_of",
    "render_certificates",
    "render_sheet",
    "render_sheets",
]
