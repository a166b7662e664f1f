"""What is told of an indicator: figures, and what is missing."""

from dataclasses import dataclass
from enum import StrEnum

from cordee.audits.rules.ground import Part
from cordee.kernel.refusals import Blocker


class Place(StrEnum):
    """Where people find what a figure counts: pages know its address."""

    ACCESS_NEEDS = "access_needs"
    CATALOGUE = "catalogue"
    COMPLAINTS = "complaints"
    IMPROVEMENTS = "improvements"
    MAILS = "mails"
    MISSIONS = "missions"
    ORGANISATION = "organisation"
    PEOPLE = "people"
    SHEETS = "sheets"
    SUPPLIERS = "suppliers"
    SURVEYS = "survey_results"


@dataclass(frozen=True, slots=True)
class Rows:
    """What a number of the ground counts; with `others`, what it leaves out: a list is made of them."""

    part: Part
    name: str
    others: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its name, perhaps out of another number, and what it counts: a list of its own (`rows`), or a place
    where it is kept.
    """

    label: str
    count: int
    of: int | None = None
    place: Place | None = None
    rows: Rows | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that an indicator lacks, where it is mended, and what is concerned."""

    blocker: Blocker
    place: Place | None = None
    rows: Rows | None = None
