"""A list before anybody is found in it: numbered lines of cells."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number as people see it, its text as it came, its cells tidied."""

    number: int
    text: str
    cells: tuple[str, ...]
    typed: str = ""
    """The text as it came, where `text` is it as it was meant (`plain`)."""
    spelled: tuple[tuple[str, str], ...] = ()
    """Addresses that were written in words: as meant, and as typed."""

    @property
    def shown(self) -> str:
        """The text as it came."""
        return self.typed or self.text

    @property
    def blank(self) -> bool:
        return not any(self.cells)

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(cell for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet, or a whole text."""

    name: str
    lines: tuple[Line, ...]
    hidden: bool = False
    free: bool = False
    """Free text: a line may be shaped unlike the others, and hold several people."""


def without_blank_end(lines: list[Line]) -> tuple[Line, ...]:
    """Return the lines up to the last one with something on it."""
    end = len(lines)
    while end and lines[end - 1].blank:
        end -= 1
    return tuple(lines[:end])
