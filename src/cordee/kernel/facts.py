"""What every fact of the journal has in common."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened, in the past tense. Holds ids, numbers and codes; never personal data."""

    subject: ClassVar[str] = ""
    """The field that names the thing the fact is about, e.g. `session_id`."""

    def payload(self) -> dict[str, Any]:
        """Return the fact's own values as plain JSON."""
        return asdict(self)
