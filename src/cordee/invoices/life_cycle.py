"""Life-cycle messages of the reform (CDAR, AFNOR XP Z12-012): what a platform tells of an invoice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cordee.kernel import clock, zones
from cordee.kernel.bounds import YEARS_ON_RECORD
from cordee.kernel.periods import NoSuchLocalTime, instant

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class News:
    """What became of an invoice."""

    number: str
    code: str
    """Of the reform: 200 to 213, 220."""
    at: datetime
    message: str = ""


_CODE: Final = re.compile(r"[0-9]{3}")
_LONGEST_MESSAGE: Final = 2000


def as_news(*, number: str, code: str, at: datetime | None, message: str) -> News | None:
    """Return what a platform told, by whichever way it came, as it can be kept; nothing where it is no news. One that
    no row could hold would be read again and again, and nothing that was told after it.
    """
    number, code = number.strip(), code.strip()
    dated = at is not None and at.tzinfo is not None and abs(at.year - clock.today().year) <= YEARS_ON_RECORD
    if at is None or not dated or not number or "\0" in number or not _CODE.fullmatch(code):
        return None
    return News(number, code, at, message.replace("\0", "").strip()[:_LONGEST_MESSAGE])


def statuses_in(message: bytes) -> Iterator[News]:
    """Read what a message tells, of one invoice or several; nothing where it is none."""
    from lxml import etree  # heavy: the worker's

    try:
        root = etree.fromstring(message, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return
    for told in root.iterfind(".//{*}AcknowledgementDocument"):
        at = _moment(told.findtext("{*}IssueDateTime/{*}DateTimeString", ""))
        for about in told.iterfind("{*}ReferenceReferencedDocument"):
            number = about.findtext("{*}IssuerAssignedID", "")
            code = about.findtext("{*}ProcessConditionCode", "")
            if news := as_news(number=number, code=code, at=at, message=_words(about)):
                yield news


def _words(about: "_Element") -> str:
    """Return why, as it is said."""
    said = [
        *about.iterfind("{*}SpecifiedDocumentStatus/{*}Reason"),
        *about.iterfind("{*}SpecifiedDocumentStatus/{*}IncludedNote/{*}Content"),
    ]
    return " – ".join(part.text.strip() for part in said if part.text and part.text.strip())


def _moment(text: str) -> datetime | None:
    """Return the instant of a date in format 204, told without a zone: France's."""
    try:
        local = datetime.strptime(text.strip(), "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone is given below
        return instant(local, zones.home())
    except (ValueError, NoSuchLocalTime):
        return None
