"""What an attendance sheet holds. Whoever builds it has read and decided everything."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

type Language = Literal["fr", "en"]
type Period = Literal["morning", "afternoon", "evening"]

HOME_TIME_ZONE: Final = "Europe/Paris"
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


@dataclass(frozen=True, kw_only=True)
class SheetFacilitator:
    first_name: str
    last_name: str
    role: str = "facilitator"
    """A key of the labels (facilitator, trainer, coordinator, assistant, observer), or the words to print."""


@dataclass(frozen=True, kw_only=True)
class SheetParticipant:
    first_name: str
    last_name: str
    email: str | None = None
    code: str | None = None
    """What stands for the address of a person who has none."""


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
    qr_url: str
    printed_on: date
    language: Language = "fr"
    time_zone: str = HOME_TIME_ZONE
    blank_rows: int = 0
    """Lines left free for people who were not enrolled."""

    def __post_init__(self) -> None:
        if not self.half_days:
            raise ValueError("an attendance sheet needs at least one half-day")


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


@dataclass(frozen=True, kw_only=True)
class RenderedPdf:
    content: bytes
    unprintable: tuple[UnprintableName, ...] = ()
