"""What is told of an indicator: figures, and what is missing."""

from dataclasses import dataclass
from enum import StrEnum

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
class Figure:
    """A number with its name, perhaps out of another number, and where the list of it is."""

    label: str
    count: int
    of: int | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that an indicator lacks, and where it is mended."""

    blocker: Blocker
    place: Place | None = None
