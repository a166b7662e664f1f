"""Life-cycle messages of the reform (CDAR, AFNOR XP Z12-012): what a platform tells of an invoice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cordee.kernel import zones
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
            number = about.findtext("{*}IssuerAssignedID", "").strip()
            code = about.findtext("{*}ProcessConditionCode", "").strip()
            if number and code and at:
                yield News(number, code, at, _words(about))


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
