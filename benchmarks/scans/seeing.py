"""How `cordee/scans/seeing.py` learns to see: small nets, from pages and strips made up here, not the blind ones.

python -m benchmarks.scans.seeing pages FOLDER [PAGES]: what is in the boxes of pages of each set, a file for each;
python -m benchmarks.scans.seeing strips FOLDER FONTS FIRST LAST: many more boxes, quicker to make (see `strips.py`),
with the handwriting fonts of a folder;
python benchmarks/scans/nets.py FOLDER PART MINUTES: a net, by a Python that has torch and onnx (the reader has none).
Those kept learned from 9,300 strips (134,000 boxes) in 258 handwriting fonts under free licences (of Fontsource), then
went on for 41 minutes with 6,500 others (93,000 boxes; 373 fonts, more hands and words) and 40 pages of each set.
"""

import importlib
import os
import sys
from pathlib import Path
from typing import Final

import numpy as np

LOTS: Final = ("passers-by", "unseen", "new-blind", "judged", "joined", "varied", "blind", "seen")
_STRIPS: Final = 60
"""In a file."""


def keep_pages(folder: Path, pages: int) -> None:
    """Make pages of each set, and keep what the reader measures of their boxes, and their pictures."""
    from benchmarks.scans.lots import Lot
    from benchmarks.scans.sheets import signed_page
    from cordee.scans.files import pages_of
    from cordee.scans.judging import values
    from cordee.scans.reading import looks_of

    folder.mkdir(parents=True, exist_ok=True)
    for lot in LOTS:
        for number in range(pages):
            page = signed_page(number, Lot(lot))
            [picture] = pages_of(page.file)
            looks, pictures = looks_of(picture, page.page.code, page.page.layout)
            if looks:
                truth = [page.truth[key] for key in looks]
                path = folder / f"page-{lot}-{number:04}.npz"
                np.savez(path, values=values(list(looks.values())), crops=pictures, truth=truth)


def keep_strips(folder: Path, fonts: Path, files: range) -> None:
    """Make strips, and keep their boxes: pictures in files that can be read in parts, what is true beside them."""
    from benchmarks.scans.strips import is_held, strip

    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        numbers = range(file * _STRIPS, (file + 1) * _STRIPS)
        made = [strip(number, fonts) for number in numbers]
        np.save(folder / f"strips-{file:05}.npy", np.concatenate([one.pictures for one in made]))
        np.savez(
            folder / f"truth-{file:05}.npz",
            truth=np.array([what for one in made for what in one.truth]),
            values=np.concatenate([one.values for one in made]),
            held=np.concatenate(
                [np.full(len(one.truth), is_held(number)) for number, one in zip(numbers, made, strict=True)]
            ),
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.config.settings")
    importlib.import_module("django").setup()
    match sys.argv[1:]:
        case ["pages", folder, *count]:
            keep_pages(Path(folder), int(count[0]) if count else 24)
        case ["strips", folder, fonts, first, last]:
            keep_strips(Path(folder), Path(fonts), range(int(first), int(last)))
