"""Reading deposited sheets: what is printed on a page, what was deposited, who signed."""

from cordee.deposits.queries.deposited import (
    WaitingPage,
    boxes_of,
    confirmed_boxes,
    deposit,
    deposits_of,
    file,
    files_given,
    files_of,
    last_confirmation,
    next_to_settle,
    page,
    pages_of_file,
    pages_of_mission,
    pages_of_session,
    same_pages,
    waiting_files,
    waiting_pages,
)
from cordee.deposits.queries.originals import Original, originals
from cordee.deposits.queries.printed import BoxOf, Owners, PrintedPage, page_named
from cordee.deposits.queries.signed import SessionSheets, SheetPage, of_sessions

__all__ = [
    "BoxOf",
    "Original",
    "Owners",
    "PrintedPage",
    "SessionSheets",
    "SheetPage",
    "WaitingPage",
    "boxes_of",
    "confirmed_boxes",
    "deposit",
    "deposits_of",
    "file",
    "files_given",
    "files_of",
    "last_confirmation",
    "next_to_settle",
    "of_sessions",
    "originals",
    "page",
    "page_named",
    "pages_of_file",
    "pages_of_mission",
    "pages_of_session",
    "same_pages",
    "waiting_files",
    "waiting_pages",
]
