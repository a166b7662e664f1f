"""Changes of a thing: which of its fields may be changed is a type, and what is not given stays as it is."""

from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Final

from cordee.kernel.names import tidy


class Unset(Enum):
    """The absence of a value, where `None` is one."""

    UNSET = "unset"

    def __bool__(self) -> bool:
        return False


UNSET: Final = Unset.UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What somebody wants changed. Each kind names the fields that may be, `UNSET` when nothing is said of them."""

    def given(self) -> dict[str, object]:
        """Return the values that were given, by field."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not UNSET}

    def made_to(self, row: object) -> list[str]:
        """Set on `row`, unsaved, what was given and differs; return the names of these fields."""
        changed = {name: value for name, value in self.given().items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        return list(changed)


def given_or[T](value: T | Unset, otherwise: T) -> T:
    """Return a value that was given, else what stands."""
    return otherwise if isinstance(value, Unset) else value


def tidied[C: Changes](changes: C) -> C:
    """Return changes with their words as they are stored: without spaces around, or two in a row."""
    words = {name: tidy(value) for name, value in changes.given().items() if type(value) is str}
    return replace(changes, **words)
