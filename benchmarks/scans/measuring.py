"""`scans`: how many boxes of signed pages are read right, how many are a question, and how long a page takes."""

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks import figures
from benchmarks.scans.lots import Lot
from benchmarks.scans.sheets import SIGNED, Signed, signed_page
from cordee.scans.answers import BoxRead
from cordee.scans.files import pages_of
from cordee.scans.pages import read_page


@dataclass
class Tally:
    """What became of the boxes of a set."""

    pages: int = 0
    unread: int = 0
    """Pages of which no box was read."""
    boxes: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    """Wrong without a question: by what there was."""
    wrongly_signed: int = 0
    """Said to be signed and not in doubt, while it was not."""
    ticks_wrong: int = 0
    seconds: list[float] = field(default_factory=list)
    """Of the processor, for each page: others use the machine, too."""
    wrong: list[str] = field(default_factory=list)

    def count(self, page: Signed, number: int, found: list[BoxRead]) -> None:
        """Count the boxes of a page."""
        read = {box.key: box for box in found}
        self.pages += 1
        self.unread += not read
        for key, what in page.truth.items():
            self.boxes[what] += 1
            box = read.get(key)
            if box is None:
                self.asked[what] += 1
                continue
            right = box.signed == (what in SIGNED)
            self.right[what] += right
            self.asked[what] += box.unsure
            if what != "line" and box.absent_ticked != (key in page.ticked):
                self.wrong.append(
                    f"{number} {key} tick said {box.absent_ticked} {'asked' if box.unsure else 'SILENT'}"
                )
                self.ticks_wrong += not box.unsure
            if not right:
                self.wrong.append(
                    f"{number} {key} {what} {box.confidence} {'asked' if box.unsure else 'SILENT'}"
                )
            if not right and not box.unsure:
                self.silent[what] += 1
                self.wrongly_signed += box.signed

    def figures(self) -> dict[str, Any]:
        """Return shares in percent, and times in seconds."""
        total = self.boxes.total()
        return {
            "pages": self.pages,
            "pages_unread": self.unread,
            "boxes": total,
            "right_percent": round(100 * self.right.total() / total, 3),
            "wrong_and_not_asked_percent": round(100 * self.silent.total() / total, 3),
            "wrongly_signed_percent": round(100 * self.wrongly_signed / total, 3),
            "asked_percent": round(100 * self.asked.total() / total, 2),
            "ticks_wrong": self.ticks_wrong,
            "seconds_median": figures.median(self.seconds),
            "seconds_p90": figures.p90(self.seconds),
            "by_kind": {
                what: {
                    "boxes": self.boxes[what],
                    "right": self.right[what],
                    "asked": self.asked[what],
                    "wrong_and_not_asked": self.silent[what],
                }
                for what in sorted(self.boxes)
            },
        }


def measure(pages: int, *, lot: Lot = Lot.BLIND, first: int = 0, verbose: bool = False) -> dict[str, Any]:
    """Make pages, read them, print and return the figures."""
    tally = Tally()
    for number in range(first, first + pages):
        page = signed_page(number, lot)
        begin = time.process_time()
        [picture] = pages_of(page.file)
        found = read_page(picture, {page.page.code: page.page.layout}.get)
        tally.seconds.append(time.process_time() - begin)
        before = len(tally.wrong)
        tally.count(page, number, [box for one in found for box in one.boxes])
        if verbose and (tally.wrong[before:] or not found[0].boxes):
            print(number, page.shot, page.mishaps, found[0].problems, found[0].quality)
            print("".join(f"    {line}\n" for line in tally.wrong[before:]), end="")
    told = tally.figures()
    for name, value in told.items():
        if isinstance(value, dict):
            for what, counts in value.items():
                print(f"  {what:<10} {counts}")
        else:
            print(f"{name:<28} {value}")
    return told
