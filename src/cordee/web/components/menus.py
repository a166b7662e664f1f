"""What a menu on a name offers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """One button, in plain text: `value` is what it posts; one with a `why` cannot be pressed, and says so."""

    value: str
    label: str
    hint: str = ""
    kind: str = ""
    current: bool = False
    why: str = ""
