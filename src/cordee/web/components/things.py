"""What the to-do component and the timeline take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something to do. `when` it is due, in words; `url` leads to what does it, or with `post` is what does it."""

    when: str
    kind: str
    title: str
    detail: str
    action_label: str = ""
    url: str = ""
    post: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline; `when` in UTC, or in words. `each`: what it tells together, with its times."""

    when: datetime | str
    text: str
    who: str
    url: str = ""
    kind: str = ""
    each: Sequence[tuple[datetime, str]] = ()
