"""What is said of pages and files that could not be read, or not well."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordee.deposits.states import Problem
from cordee.scans.answers import Problem as Seen
from cordee.scans.files import Refusal

_PROBLEMS = {
    Seen.NO_CODE: gettext_lazy("No code was found on it: say which session it is."),
    Seen.UNKNOWN_SHEET: gettext_lazy("Its code names no sheet that was printed here."),
    Seen.NO_MARKS: gettext_lazy(
        "The marks in its corners were not found: the boxes could not be read. A photo from above, with all four"
        " corners, can be."
    ),
    Seen.CUT: gettext_lazy("A corner of the page is not on the picture: look whether a box is missing."),
    Seen.TOO_DARK: gettext_lazy("The picture is too dark: a photo by daylight is read better."),
    Seen.BLURRED: gettext_lazy("The picture is blurred: look closely."),
    Seen.BLANK: gettext_lazy("Nothing is printed on it: the back of a sheet."),
    Problem.NO_READER: gettext_lazy(
        "This machine has no reader of pictures: say yourself what stands on it."
    ),
    Problem.READER_FAILED: gettext_lazy("The reader stopped at it: say yourself what stands on it."),
    Problem.ELSEWHERE: gettext_lazy(
        "It is the sheet of a session that is not yours: give it to who runs that one."
    ),
    Problem.HOURS_CHANGED: gettext_lazy(
        "The hours of the session changed since it was printed: what was signed for other hours is not counted."
    ),
}
_REFUSALS = {
    Refusal.EMPTY: gettext_lazy("It is empty: send it again."),
    Refusal.TOO_LARGE: gettext_lazy("It is too large: give its pages in several files."),
    Refusal.TOO_MANY_PIXELS: gettext_lazy(
        "It holds a picture that is too large: scan at 200 or 300 dpi, or take a photo."
    ),
    Refusal.TOO_MANY_PAGES: gettext_lazy("It has more than 200 pages: give them in several files."),
    Refusal.NOT_A_PICTURE: gettext_lazy("It is neither a picture nor a PDF that can be opened."),
    Refusal.LOCKED_PDF: gettext_lazy("It is locked by a password: save it without, and deposit that."),
    Refusal.BROKEN: gettext_lazy("It is damaged, and ends too early: scan or send it again."),
    Refusal.TOO_MUCH_WORK: gettext_lazy("It takes too much work to open: scan it again, or take a photo."),
}


def problems(codes: Iterable[str]) -> list[str]:
    """Return what is said of each problem of a page."""
    known = {str(code): sentence for code, sentence in _PROBLEMS.items()}
    return [str(known.get(code, code)) for code in codes]


def refusal(code: str) -> str:
    """Return why a file was refused, and what to do."""
    known = {str(each): sentence for each, sentence in _REFUSALS.items()}
    return str(known.get(code) or _("It cannot be read: scan or send it again."))
