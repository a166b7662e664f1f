"""What every fact of the journal has in common."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any, ClassVar, NewType

# What a fact may hold in letters: each says what its letters are, and none is somebody's own words.
Ref = Annotated[str, "reference"]
"""A reference that people read aloud, as `kernel.identifiers` makes it."""
Code = Annotated[str, "code"]
"""A word from a list in the code: a state, a role, a purpose, a language."""
FieldName = Annotated[str, "field"]
"""The name of a column: which one was changed, never to what."""
IsoTime = Annotated[str, "time"]
"""A day or an instant, as ISO 8601 writes it."""
IdKey = Annotated[str, "id"]
"""A number that is the key of a mapping."""

ReasonId = NewType("ReasonId", int)
"""A reason in somebody's own words, kept in a row that can be erased (`journal.keep_reason`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened, in the past tense. Holds ids, numbers and codes; never personal data."""

    subject: ClassVar[str] = ""
    """The field that names the thing the fact is about, e.g. `session_id`."""

    moves_mission: ClassVar[bool]
    """Whether it may change what is missing on its mission or what its board shows; every fact says so."""

    def __init_subclass__(cls) -> None:
        if "moves_mission" not in vars(cls):
            raise TypeError(
                f"{cls.__name__} does not say whether it moves a mission: moves_mission = True or False"
            )

    def payload(self) -> dict[str, Any]:
        """Return the fact's own values as plain JSON."""
        return asdict(self)
