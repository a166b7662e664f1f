"""What an attendance sheet holds. Whoever builds it has read and decided everything."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, TypedDict

from cordee.kernel import zones

type Language = Literal["fr", "en"]
type RowKind = Literal["enrolment", "facilitator", "free"]
type Period = Literal["morning", "afternoon", "evening", "night"]

DEFAULT_ACCENT: Final = "#c4541c"


@dataclass(frozen=True, kw_only=True)
class SheetHalfDay:
    """A half-day, in the local time of the session."""

    date: date
    starts: time
    ends: time
    period: Period

    @property
    def duration(self) -> timedelta:
        start, end = datetime.combine(self.date, self.starts), datetime.combine(self.date, self.ends)
        return end - start if end > start else end + timedelta(days=1) - start


type Strokes = tuple[tuple[tuple[int, int], ...], ...]
"""What was drawn on a screen: strokes of points, in units of the box that was drawn in."""


@dataclass(frozen=True, kw_only=True)
class SheetMark:
    """What stands in a box of the final sheet: a signature as it was drawn, or words; and when and how it came."""

    strokes: Strokes = ()
    words: str = ""
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetFacilitator:
    first_name: str
    last_name: str
    assignment_id: int | None = None
    marks: tuple[SheetMark, ...] = ()
    """By half-day, on the final sheet."""
    role: str = "facilitator"
    """A key of the labels (facilitator, trainer, coordinator, assistant, observer), or the words to print."""


@dataclass(frozen=True, kw_only=True)
class SheetParticipant:
    first_name: str
    last_name: str
    email: str | None = None
    enrolment_id: int | None = None
    code: str | None = None
    """What stands for the address of a person who has none."""
    marks: tuple[SheetMark, ...] = ()
    """By half-day, on the final sheet."""


@dataclass(frozen=True, kw_only=True)
class SheetSchool:
    """Where no list is kept: what the contact of the school writes and signs; filled in on the final sheet."""

    class_name: str = ""
    present: str = ""
    name: str = ""
    """And function."""
    mark: SheetMark = SheetMark()


@dataclass(frozen=True, kw_only=True)
class SheetOrganisation:
    """The training organisation. An empty legal mention is left out."""

    name: str
    legal_form: str = ""
    siret: str = ""
    activity_declaration_number: str = ""
    prefect_region: str = ""
    """With its article, as after "région": "d’Île-de-France"."""
    logo: bytes | None = None
    """PNG, JPEG or SVG."""
    accent_colour: str = DEFAULT_ACCENT
    """As #rrggbb; one too pale to be read on paper is not used."""


@dataclass(frozen=True, kw_only=True)
class SheetData:
    """All that is printed on the sheet of one session."""

    session_ref: str
    mission_ref: str
    version: int
    title: str
    client_name: str
    service_name: str
    half_days: tuple[SheetHalfDay, ...]
    place: str
    """An address, on one or more lines, or a video link."""
    facilitators: tuple[SheetFacilitator, ...]
    participants: tuple[SheetParticipant, ...]
    """Printed in this order."""
    organisation: SheetOrganisation
    codes_at: str
    """Where the addresses in the codes begin; see `page_address`."""
    printed_on: date
    language: Language = "fr"
    time_zone: str = field(default_factory=zones.home)
    blank_rows: int = 0
    """Lines left free for people who were not enrolled."""
    school: SheetSchool | None = None
    """Where the contact of a school confirms instead of a list."""
    final: bool = False
    """All that was signed, on paper and on screens, instead of boxes to sign."""

    def __post_init__(self) -> None:
        if not self.half_days:
            raise ValueError("an attendance sheet needs at least one half-day")

    def page_address(self, page: int) -> str:
        """Return what the code of a page holds: a phone opens it, a reader knows the page by it. From 1."""
        return f"{self.codes_at}{self.session_ref}/{self.version}/{page}"


type UnprintableKind = Literal[
    "participant", "facilitator", "title", "client", "service", "place", "organisation", "logo"
]


@dataclass(frozen=True, kw_only=True)
class UnprintableName:
    """A text of which characters are shown as a replacement sign, because no font has them.

    For the kind ``logo``, a picture which could not be read and was left out.
    """

    session_ref: str
    kind: UnprintableKind
    position: int
    """Among the participants or the facilitators, from 1; 0 for the others."""
    text: str
    missing: tuple[str, ...]


class PageOfSheet(TypedDict):
    """Where everything lies on a printed page, in mm from its top left corner: the template tells it."""

    width: float
    height: float
    marks: list[tuple[float, float, float]]
    """The squares in the corners: left, top, size; row by row from the top left."""
    code: tuple[float, float, float]
    """The QR code: left, top, size."""
    tick: tuple[float, float]
    """The places to tick beside the names: left, size; each in the middle of its row."""
    columns: list[tuple[float, float]]
    """The half-days: left, width."""
    rows: list[tuple[RowKind, int, float, float]]
    """Who signs there, as which of the participants, free lines after them, or facilitators; top, height."""


@dataclass(frozen=True, kw_only=True)
class RenderedPdf:
    content: bytes
    unprintable: tuple[UnprintableName, ...] = ()
    layouts: tuple[list[PageOfSheet], ...] = ()
    """The pages of each sheet."""
