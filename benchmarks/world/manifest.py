"""How large a world is, and where in it the known things are."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How many of each thing a world holds, the known missions (`probes`) not counted."""

    missions: int
    facilitators: int
    clients: int


def sizes_of(scale: float) -> Sizes:
    """Return the sizes at a scale in percent: 100 is a large organisation after years."""
    return Sizes(
        missions=max(8, round(200 * scale)),
        facilitators=max(6, round(20 * scale)),
        clients=max(4, round(20 * scale)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was built: the same known things in a small world and in a large one."""

    scale: float
    anchor: datetime
    """The moment the world is built around; pages are asked for as if it were now."""
    mission_ref: str
    """20 sessions, 300 participants, 15 on each."""
    session_ref: str
    """30 participants × 2 half-days, presence recorded."""
    sheet_refs: tuple[str, ...]
    """Sessions of 15 people and 2 half-days."""
    search_few: str
    """Words that find the known missions alone."""
    search_many: str
    """A word that finds a quarter of all missions."""
    coordinator_email: str
    """Coordinates the known missions and forty more, and runs sessions of them."""
    operations_email: str
    finance_email: str
    quality_email: str
    supplier_id: int
    """Through whom the coordinator bills."""
    invoice_id: int
    """The last that was issued in their name, and what it is for."""
    payable_id: int
    batch_ref: str
    """The last batch: it waits for the second person."""
    counts: dict[str, int]
    seconds: float

    def write(self, path: Path) -> None:
        path.write_text(json.dumps({**asdict(self), "anchor": self.anchor.isoformat()}, indent=2) + "\n")

    @classmethod
    def read(cls, path: Path) -> "Manifest":
        values = json.loads(path.read_text())
        return cls(
            **{
                **values,
                "anchor": datetime.fromisoformat(values["anchor"]),
                "sheet_refs": tuple(values["sheet_refs"]),
            }
        )
