"""What every fact of the journal has in common."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


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
