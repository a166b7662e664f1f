"""How `cordee/scans/words.py` learns what "absent" looks like: from writing made up here.

python -m benchmarks.scans.learning FOLDER: with the handwriting fonts of a folder (.ttf, .woff) beside those of OpenCV.
"""

import sys
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.scans.hands import SEEN, TUNING
from benchmarks.scans.pens import Line, unsteady
from benchmarks.scans.varied import scrawl, waves
from benchmarks.scans.writers import Writer
from cordee.demo.names import seeds
from cordee.scans.words import features

WEIGHTS: Final = Path(__file__).parents[2] / "src/cordee/scans/absent.npz"
_WORDS: Final = (
    *(
        "absent",
        "Absent",
        "ABSENT",
        "absente",
        "Absente",
        "ABSENTE",
        "abs",
        "Abs",
        "ABS",
        "abs.",
        "Abs.",
        "ABS.",
    ),
    *(
        "absent(e)",
        "Absent(e)",
        "absence",
        "excusé",
        "excusée",
        "Excusé",
        "EXCUSE",
        "excuse",
        "Exc.",
        "malade",
        "non venu",
        "Non venue",
        "pas venu",
        "pas venue",
    ),
)
_OWN_FONTS: Final = (
    cv2.FONT_HERSHEY_SIMPLEX,
    cv2.FONT_HERSHEY_DUPLEX,
    cv2.FONT_HERSHEY_PLAIN,
    cv2.FONT_HERSHEY_COMPLEX,
)
_HIDDEN: Final = 128
_HELD_BACK: Final = 4
"""Fonts that nothing is learned from, to know what was."""

type Fonts = list[Any]


def learn(folder: Path, each: int = 40_000) -> None:
    """Learn, say how well, and write the weights."""
    chance = np.random.default_rng(7)
    found = sorted(p for p in folder.rglob("*") if p.suffix in {".ttf", ".otf", ".woff"})
    fonts: Fonts = [*_OWN_FONTS, *(ImageFont.truetype(str(path), 60) for path in found)]
    known, held_back = (fonts[:-_HELD_BACK], fonts[-_HELD_BACK:]) if found else (fonts, fonts[-1:])
    inputs, truth = _examples(each, known, chance)
    weights = _fitted(inputs, truth, chance)
    for name, those in (("known fonts", known), ("others", held_back)):
        tried, right = _examples(1_500, those, chance)
        said = _said(weights, tried)
        for level in (0.2, 0.5, 0.8):
            words, others = ((said[right == truth] > level).mean() for truth in (1, 0))
            print(f"{name}, over {level}: {words:.3f} of words, {others:.4f} of signatures")
    np.savez_compressed(WEIGHTS, **{name: value.astype(np.float16) for name, value in weights.items()})
    print(f"{WEIGHTS.name}: {WEIGHTS.stat().st_size} bytes")


def _examples(each: int, fonts: Fonts, chance: np.random.Generator) -> tuple[Any, Any]:
    inputs, truth = [], []
    for number in range(2 * each):
        make = _absent if number % 2 else _other
        inputs.append(features(_worn(make(fonts, chance), chance)))
        truth.append(number % 2)
    return np.array(inputs, np.float32), np.array(truth, np.float32)


def _absent(fonts: Fonts, chance: np.random.Generator) -> Any:
    text = str(chance.choice(_WORDS))
    if chance.random() < 0.55:
        return _drawn(Writer(chance).word(text, chance), chance, like=True)
    return written(text, fonts[int(chance.integers(len(fonts)))], chance)


def _other(fonts: Fonts, chance: np.random.Generator) -> Any:
    """Names and initials in letters, and signatures that are none."""
    font, kind = fonts[int(chance.integers(len(fonts)))], chance.random()
    if kind < 0.22:
        return _drawn(Writer(chance).name(chance), chance, like=True)
    if kind < 0.3:
        return _drawn(Writer(chance).word(_initials(chance), chance), chance, like=True)
    if kind < 0.5:
        name = str(chance.choice(seeds("first_names" if chance.random() < 0.4 else "last_names")))
        before = f"{chance.choice(list('ABCDELMNPRST'))}. " if chance.random() < 0.3 else ""
        return written(before + name, font, chance)
    if kind < 0.6:
        return written(_initials(chance), font, chance)
    return _signature(chance)


def written(text: str, font: Any, chance: np.random.Generator) -> Any:
    """Return a word as a mask, as somebody writes it."""
    if isinstance(font, int):
        (width, height), base = cv2.getTextSize(text, font, 60 / 22, 1)
        mask = np.zeros((height + base + 80, width + 80), np.uint8)
        cv2.putText(
            mask, text, (40, height + 40), font, 60 / 22, 255, int(chance.integers(3, 24)), cv2.LINE_AA
        )
    else:
        left, top, right, bottom = font.getbbox(text)
        image = Image.new("L", (int(right - left) + 80, int(bottom - top) + 80))
        ImageDraw.Draw(image).text((40 - left, 40 - top), text, 255, font=font)
        mask = np.asarray(image).copy()
        thick = int(chance.integers(1, 18 if chance.random() < 0.4 else 10))
        mask = cv2.dilate(mask, np.ones((thick, thick), np.uint8))
    return unsteady(mask, chance)


def _initials(chance: np.random.Generator) -> str:
    letters = chance.choice(list("ABCDEFGHIJKLMNOPRSTVYZ"), int(chance.integers(2, 4)))
    if chance.random() < 0.3:
        return f"{letters[0]}{letters[1].lower()}"
    return ("." if chance.random() < 0.3 else "").join(letters)


def _signature(chance: np.random.Generator) -> Any:
    kind = chance.random()
    lines: list[Line]
    if kind < 0.4:
        known = (*TUNING.signatures, *SEEN.signatures)
        lines = known[int(chance.integers(len(known)))](chance)
    elif kind < 0.45:
        lines = TUNING.crosses(chance)
    elif kind < 0.65:
        lines = waves(chance)
    else:
        lines = [scrawl(chance) for _ in range(int(chance.integers(1, 4)))]
    return _drawn(lines, chance)


def _drawn(lines: list[Line], chance: np.random.Generator, *, like: bool = False) -> Any:
    """Return lines as a mask; `like`: with about the form they have."""
    points = np.vstack(lines)
    low, size = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    high = int(chance.integers(40, 90))
    wide = high * size[0] / size[1] * chance.uniform(0.8, 1.25) if like else high * chance.uniform(0.8, 5)
    wide = int(min(max(wide, 10), 900))
    mask = np.zeros((high + 40, wide + 40), np.uint8)
    thick = int(chance.integers(2, 16))
    for line in lines:
        placed = ((line - low) / size * (wide, high) + 20).astype(np.int32)
        cv2.polylines(mask, [placed], isClosed=False, color=255, thickness=thick)
    return mask


def _worn(mask: Any, chance: np.random.Generator) -> Any:
    """As it is found on a page: as large as a box lets it be, broken or run together here and there."""
    scale = chance.uniform(25, 75) / mask.shape[0]
    small = cv2.resize(mask, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grain = chance.normal(0, chance.uniform(0, 45), small.shape)
    bright = cv2.GaussianBlur((small + grain).astype(np.float32), (0, 0), chance.uniform(0.3, 1.3))
    found = (bright > chance.uniform(50, 120)).astype(np.uint8)
    if chance.random() < 0.25:  # a blunt pen, a fax: letters fill up
        size = int(chance.integers(2, 7))
        found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    if not found.any():
        return np.ones((8, 8), np.uint8)
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    return found[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _said(weights: dict[str, Any], inputs: Any) -> Any:
    hidden = np.maximum(inputs @ weights["first"] + weights["first_bias"], 0)
    return 1 / (1 + np.exp(-(hidden @ weights["second"] + weights["second_bias"])[:, 0]))


def _fitted(inputs: Any, truth: Any, chance: np.random.Generator, rounds: int = 25) -> dict[str, Any]:
    """Two layers by gradient descent (Adam), with decay."""
    size = inputs.shape[1]
    weights = {
        "first": chance.normal(0, np.sqrt(2 / size), (size, _HIDDEN)).astype(np.float32),
        "first_bias": np.zeros(_HIDDEN, np.float32),
        "second": chance.normal(0, np.sqrt(2 / _HIDDEN), (_HIDDEN, 1)).astype(np.float32),
        "second_bias": np.zeros(1, np.float32),
    }
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in weights.items()}
    step = 0
    for turn in range(rounds):
        rate = 2e-3 * (1 - turn / rounds) + 1e-5
        for batch in np.array_split(chance.permutation(len(inputs)), len(inputs) // 128):
            step += 1
            seen = inputs[batch]
            hidden = np.maximum(seen @ weights["first"] + weights["first_bias"], 0)
            said = 1 / (1 + np.exp(-(hidden @ weights["second"] + weights["second_bias"])))
            off = (said - truth[batch, None]) / len(batch)
            back = (off @ weights["second"].T) * (hidden > 0)
            slopes = {
                "first": seen.T @ back + 1e-4 * weights["first"],
                "first_bias": back.sum(axis=0),
                "second": hidden.T @ off + 1e-4 * weights["second"],
                "second_bias": off.sum(axis=0),
            }
            for name, slope in slopes.items():
                mean, spread = moments[name]
                mean += 0.1 * (slope - mean)
                spread += 0.001 * (slope**2 - spread)
                weights[name] -= (
                    rate * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
                )
    return weights


if __name__ == "__main__":
    learn(Path(sys.argv[1]))
