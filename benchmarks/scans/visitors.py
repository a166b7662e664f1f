"""How the people of the set `visitors` sign and write: written before anything was read of it, never tuned on."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from benchmarks.scans.guided import Hand, course, eased, guided
from benchmarks.scans.hands import Hands
from benchmarks.scans.pens import Line, Pen

_FIRST: Final = (
    "Nathalie", "Mehdi", "Stéphane", "Aïcha", "Loïc", "Aurélie", "Moussa", "Thierry", "Zohra", "Julien", "Linh",
    "Maëlle", "Paulo", "Céline", "Ousmane", "Brigitte", "Ivan", "Samira",
)  # fmt: skip
_LAST: Final = (
    "Lefèvre", "Benali", "Diallo", "Nguyen", "Roussel", "Da Silva", "Traoré", "Marchand", "Petit", "Kowalski", "Haddad",
    "Faure", "Yildiz", "Garnier", "Mendy", "Tran", "Bouvier", "Abiven", "Absi", "Exposito",
)  # fmt: skip


def _signed(chance: np.random.Generator) -> list[Line]:
    """A name that is read: the first, the last, or an initial and the last; some draw a stroke beneath."""
    first, last = str(chance.choice(_FIRST)), str(chance.choice(_LAST))
    text = (first, last, f"{first[0]}. {last}", f"{first[0]}.{last}")[
        int(chance.choice(4, p=[0.3, 0.4, 0.2, 0.1]))
    ]
    lines = Hand(chance, chance.uniform(0, 0.5)).strokes(text)
    return [*lines, _beneath(lines, chance)] if chance.random() < 0.3 else lines


def _hurried(chance: np.random.Generator) -> list[Line]:
    """A name of which haste leaves the beginning, and a way out of its last letter."""
    text = str(chance.choice(_FIRST + _LAST))
    lines = Hand(chance, chance.uniform(0.8, 2.4)).strokes(text)
    what = chance.random()
    if what < 0.35:
        lines.append(_beneath(lines, chance))
    elif what < 0.75:
        lines[-1] = np.vstack([lines[-1], _way_out(lines, chance)])
    return lines


def _scrawled(chance: np.random.Generator) -> list[Line]:
    """A capital that can be read, a few strokes up and down that cannot, and a stroke that comes back."""
    hand = Hand(chance, 0.3)
    begin = hand.strokes(str(chance.choice(list("BCDFGHKLMNPRSTY"))))
    x, points = float(np.vstack(begin)[:, 0].max()) + 0.1, []
    sharp, pace = chance.uniform(48, 82), chance.uniform(0.2, 0.6)
    for number in range(int(chance.integers(4, 12))):
        high = chance.uniform(0.3, 1.2) * (2 if chance.random() < 0.2 else 1)
        if number % 2:
            points.append((x, -high, -sharp, sharp))
        else:
            points.append((x, max(-0.2, chance.normal(0, 0.3)), sharp, -sharp))
        x += pace * chance.uniform(0.4, 1.1)
    points.append((x + chance.uniform(0.3, 2), chance.normal(-0.2, 0.3), chance.uniform(-20, 20), 0))
    wave = eased(course(np.array(points), chance.uniform(0.8, 1.6)), chance.uniform(0.03, 0.15))
    lines = [*begin, wave]
    return [*lines, _beneath(lines, chance)] if chance.random() < 0.4 else lines


def _entwined(chance: np.random.Generator) -> list[Line]:
    """Two initials over each other, and a bow around or through them."""
    hand = Hand(chance, 0.2)
    hand.cursive = True
    one, other = chance.choice(list("ABCDEFGHJKLMNRSTVY"), 2)
    shift = np.array((chance.uniform(0.5, 1), chance.uniform(-0.3, 0.4)))
    lines = [
        *hand.strokes(str(one)),
        *(line * chance.uniform(0.8, 1.3) + shift for line in hand.strokes(str(other))),
    ]
    (left, top), (right, foot) = np.vstack(lines).min(axis=0), np.vstack(lines).max(axis=0)
    middle, wide, high = (top + foot) / 2, right - left, foot - top
    if chance.random() < 0.5:
        out = right + chance.uniform(0.3, 2.5) * wide
        around = [
            (left - 0.1 * wide, middle + 0.2 * high, 90, 90),
            (left + 0.5 * wide, top - 0.2 * high, 0, 0),
            (right + 0.2 * wide, middle, -95, -95),
            (left + 0.3 * wide, foot + 0.15 * high, 180, 180),
            (left - 0.2 * wide, foot - 0.1 * high, 90, 60),
            (out, middle + chance.uniform(-0.3, 0.4) * high, chance.uniform(-30, 20), 0),
        ]
    else:
        around = [
            (right + 0.1, middle, -40, -40),
            (right + 0.3 * wide, foot + 0.1 * high, 200, 200),
            (left - 0.3 * wide, foot + 0.2 * high, 150, 40),
            (right + chance.uniform(0.2, 1.5) * wide, foot - chance.uniform(0, 0.4) * high, 10, 10),
        ]
    return [*lines, _drawn(around, chance)]


def _looped(chance: np.random.Generator) -> list[Line]:
    """Loops as of l and f, each of another height, some hanging; then a bar across."""
    points: list[tuple[float, ...]] = [(0, 0, 40, 40)]
    x = 0.3
    for _ in range(int(chance.integers(3, 8))):
        high, wide = chance.choice([0.6, 1, 2]) * chance.uniform(0.7, 1.2), chance.uniform(0.15, 0.4)
        if chance.random() < 0.2:
            points += [
                (x + wide, 0.9 * high, -90, -90),
                (x + wide / 2, high, 180, 180),
                (x, 0.8 * high, 90, 90),
            ]
        else:
            points += [
                (x + wide, -0.8 * high, 90, 90),
                (x + wide / 2, -high, 180, 180),
                (x, -0.75 * high, 270, 270),
            ]
        x += chance.uniform(0.25, 0.7)
        points.append((x, chance.normal(0, 0.1), 20, 20))
    points.append((x + chance.uniform(0.2, 2), chance.normal(-0.3, 0.4), chance.uniform(-10, 40), 0))
    lean = chance.uniform(0, 0.6)
    line = eased(_drawn(points, chance), chance.uniform(0.02, 0.1))
    lines = [np.c_[line[:, 0] - lean * line[:, 1], line[:, 1]]]
    if chance.random() < 0.45:
        level = chance.uniform(-0.9, -0.2)
        lines.append(_drawn([(0.1 * x, level, 5, 5), (1.2 * x, level + chance.normal(0, 0.2), 8, 8)], chance))
    return lines


def _with_care(chance: np.random.Generator) -> list[Line]:
    """A name letter by letter, some in capitals, by somebody who signs seldom."""
    hand = Hand(chance, chance.uniform(0, 0.3))
    if chance.random() < 0.45:
        return hand.strokes(str(chance.choice(_LAST)).upper().replace("È", "E"))
    hand.lifts, hand.prints = chance.uniform(0.6, 1), 0.7
    return hand.strokes(str(chance.choice(_FIRST + _LAST)))


def _peaks(chance: np.random.Generator) -> list[Line]:
    """Sharp strokes up and down that lean, a long way out at the foot or the head, often with dots."""
    points: list[tuple[float, ...]] = []
    x, lean = 0.0, chance.uniform(0.1, 0.7)
    for number in range(int(chance.integers(4, 9))):
        high = -chance.uniform(0.5, 1.6) if number % 2 else chance.uniform(-0.15, 0.5)
        steep = chance.uniform(65, 85)
        points.append((x - lean * high, high, *((steep, -steep - 10) if number % 2 else (-steep, steep))))
        x += chance.uniform(0.05, 0.55)
    back = chance.random() < 0.4
    end = (x - chance.uniform(1, 3), 0.6) if back else (x + chance.uniform(0.8, 3.5), chance.normal(0, 0.4))
    points.append((*end, *((190, 190) if back else (5, 5))))
    lines = [eased(_drawn(points, chance), chance.uniform(0.01, 0.06))]
    for number in range(int(chance.integers(0, 3))):
        spot = np.array((x * 0.6 + 0.35 * number, 0.75 if not back else -1.4)) + chance.normal(0, 0.1, 2)
        lines.append(np.array([spot, spot + np.array((0.05, 0.03))]))
    return lines


def _wrapped(chance: np.random.Generator) -> list[Line]:
    """What haste leaves of a first name, and a line that goes on from it: over it, round it, or back through it."""
    lines = Hand(chance, chance.uniform(0.9, 2.4)).strokes(str(chance.choice(_FIRST)))
    (left, top), (right, foot) = np.vstack(lines).min(axis=0), np.vstack(lines).max(axis=0)
    wide, high = right - left, foot - top
    grow, tilt = chance.uniform(-0.15, 0.35, 4), chance.normal(0, 9)
    ring = [
        (right, foot - 0.3 * high, 50, 50),
        (right - chance.uniform(0.2, 0.7) * wide, top - grow[0] * high, 180 + tilt, 180 + tilt),
        (left - grow[1] * wide * 0.6, top + chance.uniform(0.3, 0.7) * high, 270, 270),
        (left + chance.uniform(0.2, 0.7) * wide, foot + grow[2] * high, tilt, tilt),
        (right + grow[3] * wide, foot - 0.4 * high, 85, 85),
    ]
    through = [
        (right - 0.4 * wide, top + 0.1 * high, 185, 185),
        (left, foot - chance.uniform(0, 0.5) * high, 230, 10),
        (right + chance.uniform(0.1, 1) * wide, foot - chance.uniform(0, 0.6) * high, 15, 15),
    ]
    what = chance.random()
    if what < 0.3:
        way = [*ring, *through] if chance.random() < 0.5 else ring
    else:
        way = [ring[0], *through] if what < 0.7 else ring[: int(chance.integers(2, 5))]
    return [*lines, _drawn(way, chance)]


def _drawn(points: Sequence[tuple[float, ...]], chance: np.random.Generator) -> Line:
    """Return the way through knots (down is more), none of them quite where it was meant to be."""
    knots = np.array(points) * (1, -1, 1, 1)
    size = np.ptp(knots[:, :2], axis=0)
    knots[:, :2] += chance.normal(0, 0.03, (len(knots), 2)) * size
    knots[:, 2:] += chance.normal(0, 6, (len(knots), 1))
    return course(knots, chance.uniform(0.85, 1.2)) * (1, -1)


def _beneath(lines: list[Line], chance: np.random.Generator) -> Line:
    """Return a stroke below some lines: one way, or there and back."""
    (left, _), (right, foot) = np.vstack(lines).min(axis=0), np.vstack(lines).max(axis=0)
    wide, down = right - left, foot + chance.uniform(-0.1, 0.4)
    ends = [
        (left + chance.uniform(-0.1, 0.3) * wide, down, 3, 3),
        (right + chance.uniform(-0.2, 0.3) * wide, down - 0.15, 12, 12),
    ]
    if chance.random() < 0.45:
        begin = (right, down - 0.3, 200, 200)
        ends = [
            begin,
            (left + 0.1 * wide, down + 0.15, 175, -20),
            (right + chance.uniform(-0.4, 0.5) * wide, down + 0.4, 8, 8),
        ]
    return _drawn(ends, chance)


def _way_out(lines: list[Line], chance: np.random.Generator) -> Line:
    """Return a stroke that goes on from the last one."""
    x, y = lines[-1][-1]
    ends = [
        (x, y, 10, 10),
        (x + chance.uniform(0.5, 3), y + chance.normal(-0.2, 0.4), chance.uniform(-30, 40), 0),
    ]
    return _drawn(ends, chance)[1:]


def _quick_cross(chance: np.random.Generator) -> list[Line]:
    """Two bars that bend where the pen lands and leaves, the second at times gone over once more."""
    bend, off = chance.normal(0, 14, 4), chance.normal(0, 0.06, 8)
    one = [
        (off[0], off[1], -45 + bend[0], -45 + bend[0]),
        (1 + off[2], 1 + off[3], -45 + bend[1], -45 + bend[1]),
    ]
    two = [
        (1 + off[4], off[5], 225 + bend[2], 225 + bend[2]),
        (off[6], 1 + off[7], 225 + bend[3], 225 + bend[3]),
    ]
    if chance.random() < 0.25:
        two.append((0.9, 0.15, 40, 40))
    return [_drawn(one, chance), _drawn(two, chance)]


VISITORS: Final = Hands(
    signatures=(_signed, _hurried, _scrawled, _entwined, _looped, _with_care, _peaks, _wrapped),
    crosses=_quick_cross,
    initials=("ML", "F.D.", "NB", "K.T", "SL", "C.R.", "HV", "Jo", "YM", "P.A."),
    absent=(
        *("absent", "absente", "Absent", "Absente", "absent", "absente", "Abs.", "ABS", "abs", "abs."),
        *("excusé", "excusée", "Excusée", "ABSENT", "ABSENTE", "Exc.", "non venu", "maladie"),
    ),
    fonts=(None,),
    pens=(
        Pen("blue ballpoint", (150, 62, 38), 0.4, 0.87, 0.3),
        Pen("black ballpoint", (52, 46, 46), 0.4, 0.86, 0.32),
        Pen("blue gel", (145, 48, 22), 0.48, 0.95, 0.07),
        Pen("black gel", (34, 30, 30), 0.42, 0.95, 0.08),
        Pen("four-colour green", (82, 118, 34), 0.42, 0.85, 0.28),
        Pen("HB", (94, 93, 95), 0.48, 0.68, 0.36),
        Pen("felt tip", (40, 28, 26), 0.85, 0.9, 0.18),
        Pen("thin liner", (46, 40, 40), 0.26, 0.93, 0.1),
    ),
    shares=(0.27, 0.48, 0.07, 0.02, 0.11, 0.05),
    writes=guided,
    steady=True,
)  # fmt: skip
