"""People who write their names, and "absent", in joined letters: a hand of its own on each page, to learn from."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.scans.hands import SEEN, TUNING, Hand, Hands
from benchmarks.scans.pens import Line, smooth
from benchmarks.scans.varied import anybody, scrawl, waves
from cordee.demo.names import seeds
from cordee.kernel.names import search_key

type Points = tuple[tuple[float, float], ...]

# Several forms of a letter, of which a hand has one: looped or not, as printed or as at school.
_BOWL: Final = ((0.72, 0.8), (0.4, 1.0), (0.08, 0.6), (0.15, 0.05), (0.5, 0.1), (0.72, 0.75))
_FORMS: Final[dict[str, tuple[Points, ...]]] = {
    "a": ((*_BOWL, (0.78, 0.1), (1, 0.15)),
        ((0.1, 0.8), (0.5, 1), (0.7, 0.7), (0.7, 0), (0.1, 0.2), (0.7, 0.5), (1, 0))),
    "b": (
        ((0.1, 0.3), (0.55, 1.7), (0.4, 2.1), (0.2, 1.6), (0.2, 0.2), (0.5, 0), (0.8, 0.5), (0.6, 0.9), (1, 0.8)),
        ((0.2, 2), (0.2, 0.1), (0.3, 0.8), (0.7, 0.9), (0.75, 0.2), (0.3, 0)),
    ),
    "c": (((0.7, 0.8), (0.4, 1), (0.1, 0.5), (0.4, 0), (0.85, 0.2)),),
    "d": ((*_BOWL, (0.8, 2), (0.78, 0.1), (1, 0.1)),
        ((0.7, 0.7), (0.2, 0.9), (0.1, 0.1), (0.7, 0.3), (0.8, 1.6), (0.3, 2))),
    "e": (((0.1, 0.4), (0.6, 0.7), (0.45, 1), (0.15, 0.5), (0.4, 0), (0.85, 0.2)),
        ((0.6, 0.9), (0.2, 0.8), (0.5, 0.5), (0.1, 0.3), (0.5, 0), (0.8, 0.2))),
    "f": (((0.1, 0.3), (0.6, 1.8), (0.4, 2), (0.25, -0.8), (0.5, -0.6), (0.4, 0.2), (0.8, 0.3)),),
    "g": ((*_BOWL, (0.65, -0.8), (0.3, -0.9), (0.3, -0.5), (1, 0.3)),),
    "h": (((0.1, 0.3), (0.5, 1.8), (0.3, 2), (0.15, 0), (0.4, 0.9), (0.65, 0.7), (0.7, 0.1), (1, 0.2)),),
    "i": (((0.15, 0.9), (0.2, 0.1), (0.5, 0.2)),),
    "j": (((0.3, 0.9), (0.25, -0.8), (0, -0.7), (0.5, 0.2)),),
    "k": (((0.1, 0.3), (0.4, 1.9), (0.15, 1.8), (0.15, 0), (0.6, 0.9), (0.3, 0.5), (0.8, 0), (1, 0.1)),),
    "l": (((0.1, 0.3), (0.5, 1.7), (0.35, 2), (0.2, 0.5), (0.4, 0), (0.7, 0.2)), ((0.2, 2), (0.2, 0.1), (0.5, 0.1))),
    "m": (((0.1, 0.9), (0.12, 0), (0.35, 0.9), (0.5, 0.7), (0.5, 0), (0.75, 0.9), (0.9, 0.7), (0.95, 0), (1.2, 0.2)),
        ((0, 0.2), (0.2, 0.9), (0.4, 0.1), (0.6, 0.9), (0.8, 0.1), (1, 0.8), (1.2, 0.1))),
    "n": (((0.1, 0.9), (0.12, 0), (0.4, 0.9), (0.6, 0.7), (0.65, 0), (0.9, 0.2)),
        ((0.1, 0.8), (0.25, 0.1), (0.5, 0.2), (0.7, 0.9), (0.8, 0.2), (1, 0.2))),
    "o": (((0.45, 1), (0.1, 0.6), (0.25, 0), (0.7, 0.3), (0.5, 1), (0.9, 0.85)),),
    "p": (((0.1, 0.9), (0.12, -0.9), (0.2, 0.7), (0.6, 0.9), (0.7, 0.3), (0.25, 0.05), (0.9, 0.1)),),
    "q": ((*_BOWL, (0.7, -0.9), (1, 0)),),
    "r": (((0.1, 0.3), (0.25, 1.1), (0.4, 0.8), (0.6, 0.8), (0.55, 0.1), (0.8, 0.15)),
        ((0.1, 0.9), (0.15, 0), (0.2, 0.6), (0.6, 0.9))),
    "s": (((0.1, 0.2), (0.45, 1.1), (0.6, 0.4), (0.35, 0), (0.1, 0.15), (0.8, 0.15)),
        ((0.65, 0.85), (0.25, 0.9), (0.3, 0.6), (0.65, 0.35), (0.4, 0), (0.05, 0.15))),
    "t": (((0.2, 0.4), (0.35, 1.6), (0.3, 0.2), (0.5, 0), (0.75, 0.2)), ((0.3, 1.5), (0.3, 0.1), (0.65, 0.1))),
    "u": (((0.1, 0.9), (0.15, 0.2), (0.4, 0), (0.65, 0.9), (0.7, 0.1), (0.95, 0.2)),),
    "v": (((0.1, 0.9), (0.4, 0), (0.7, 0.9), (1, 0.8)),),
    "w": (((0.1, 0.9), (0.3, 0), (0.5, 0.8), (0.7, 0), (0.95, 0.9), (1.2, 0.8)),),
    "x": (((0.1, 0.85), (0.35, 0.8), (0.5, 0.1), (0.85, 0.15)),),
    "y": (((0.1, 0.9), (0.2, 0.1), (0.6, 0.3), (0.65, 0.9), (0.5, -0.8), (0.2, -0.8), (0.95, 0.2)),),
    "z": (((0.1, 0.9), (0.7, 0.9), (0.1, 0), (0.8, 0.1)),),
    "A": (((0, 0), (0.55, 2), (0.65, 1.9), (1.1, 0), (1.2, 0.1)),
        ((1, 1.7), (0.3, 1.8), (0, 0.5), (0.5, 0), (1, 1.9), (1.1, 0), (1.3, 0.2))),
    "B": (((0.15, 1.9), (0.1, 0), (0.1, 1.9), (0.8, 1.9), (0.7, 1.1), (0.3, 1), (1, 0.7), (0.7, 0), (0.1, 0.1)),),
    "C": (((1, 1.7), (0.6, 2), (0.1, 1.2), (0.4, 0), (1.1, 0.3)),),
    "D": (((0.2, 1.9), (0.15, 0), (0.9, 0.4), (0.9, 1.6), (0.1, 1.9)),),
    "E": (((0.9, 1.8), (0.4, 2), (0.3, 1.2), (0.6, 1.1), (0.1, 0.5), (0.5, 0), (1, 0.2)),
        ((0.9, 2), (0.1, 2), (0.1, 1), (0.7, 1.05), (0.1, 1), (0.1, 0), (0.9, 0))),
    "F": (((1, 2), (0.2, 1.9), (0.4, 1.9), (0.2, 0), (0.2, 1), (0.7, 1.05)),),
    "G": (((1, 1.7), (0.5, 2), (0.1, 1), (0.5, 0), (1, 0.8), (0.6, 0.8), (1, 0.7), (0.9, -0.2)),),
    "H": (((0.1, 2), (0.1, 0), (0.1, 1), (0.9, 1.1), (0.95, 2), (0.9, 0), (1.2, 0.1)),),
    "I": (((0.1, 1.9), (0.3, 2), (0.2, 0), (0.4, 0.1)),),
    "K": (((0.1, 2), (0.1, 0), (0.1, 0.9), (0.9, 1.9), (0.3, 1), (1, 0), (1.2, 0.1)),),
    "O": (((0.5, 2), (0, 1.2), (0.4, 0), (1, 0.8), (0.6, 2), (0.9, 1.9)),),
    "Q": (((0.5, 2), (0, 1.2), (0.4, 0), (1, 0.8), (0.5, 2), (0.6, 0.4), (1.2, -0.2)),),
    "W": (((0, 2), (0.3, 0), (0.6, 1.6), (0.9, 0), (1.3, 2)),),
    "Y": (((0, 2), (0.5, 1), (1, 2), (0.5, 0.9), (0.3, -0.3)),),
    "Z": (((0, 1.9), (0.9, 2), (0.1, 0), (1, 0.1)),),
    "J": (((0.2, 1.8), (0.9, 2), (0.7, 0), (0.3, -0.5), (0.1, 0), (1, 0.4)),),
    "L": (((0.2, 1.6), (0.6, 2), (0.4, 0.4), (0.1, 0), (0.5, 0.15), (1.1, 0)), ((0.2, 2), (0.1, 0), (0.9, 0.05))),
    "M": (((0, 0), (0.2, 2), (0.6, 0.4), (1, 2), (1.2, 0), (1.4, 0.1)),),
    "N": (((0, 0), (0.1, 2), (0.9, 0), (1, 2)),),
    "P": (((0.1, 0), (0.2, 2), (0.9, 1.8), (0.8, 1.1), (0.2, 1)),),
    "R": (((0.1, 0), (0.2, 2), (0.9, 1.8), (0.8, 1.1), (0.2, 1), (1, 0), (1.2, 0.1)),),
    "S": (((0.9, 1.7), (0.4, 2), (0.2, 1.4), (0.8, 0.7), (0.5, 0), (0, 0.3)),
        ((0, 0.1), (0.7, 1.8), (0.5, 2), (0.4, 1.4), (0.9, 0.5), (0.4, 0), (0.1, 0.3))),
    "T": (((0, 1.9), (1.1, 2), (0.6, 1.9), (0.5, 0), (0.8, 0.1)),),
    "V": (((0, 2), (0.5, 0), (1.1, 2)),),
    "X": (((0, 2), (1, 0), (0.5, 1), (0, 0), (1, 2)),),
    "U": (((0.1, 2), (0.1, 0.3), (0.5, 0), (0.9, 0.4), (0.9, 2), (1, 0), (1.2, 0.1)),),
}  # fmt: skip
_MARKS: Final[dict[str, Points]] = {
    "t": ((-0.1, 1.05), (0.8, 1.2)),
    "i": ((0.2, 1.35), (0.24, 1.4)),
    "j": ((0.3, 1.35), (0.34, 1.4)),
    "x": ((0, 0), (0.8, 0.95)),
    "A": ((0.15, 0.7), (1, 0.75)),
    "é": ((0.35, 1.25), (0.7, 1.65)),
}
_ABSENT: Final = (
    *(
        "absent",
        "Absent",
        "absente",
        "Absente",
        "ABSENT",
        "ABSENTE",
        "abs",
        "Abs",
        "ABS",
        "abs.",
        "Abs.",
        "absent(e)",
    ),
    *(
        "excusé",
        "excusée",
        "Excusé",
        "Excusée",
        "Exc.",
        "excuse",
        "malade",
        "non venu",
        "pas venu",
        "Non venue",
    ),
)


@dataclass(eq=False)
class Writer:
    """One hand: its forms of letters, its slant, its haste."""

    chance: np.random.Generator
    forms: dict[str, Line] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose what stays the same from word to word."""
        chance = self.chance
        self.own = float(chance.uniform(0.02, 0.14))
        self.shake = float(chance.uniform(0.01, 0.1))
        self.slant = float(chance.uniform(-0.3, 0.8))
        self.wide = float(np.exp(chance.uniform(np.log(0.55), np.log(1.7))))
        self.tall = float(chance.uniform(0.65, 1.35))
        self.lifts = float(chance.choice([0.0, 0.1, 0.3, 0.7, 1.0]))
        self.apart = float(chance.uniform(-0.12, 0.3))
        self.haste = float(max(0, chance.uniform(-0.5, 0.6)))

    def word(self, text: str, chance: np.random.Generator) -> list[Line]:
        """Return a word as lines; one unit is the height of a small letter."""
        rise, slant = chance.normal(0, 0.03), self.slant + chance.normal(0, 0.08)
        lines: list[Line] = []
        run: list[Line] = []
        x = 0.0
        for number, sign in enumerate(text):
            plain = search_key(sign) if sign in "éèêëîïôâàçù" else sign
            if plain not in _FORMS or (run and chance.random() < self.lifts):
                lines += [smooth(np.vstack(run), 8)] if run else []
                run = []
            if plain not in _FORMS:
                lines += [np.array([(x, 0.0), (x + 0.06, 0.05)])] if sign in ".'" else []
                x += 0.5
                continue
            flat = 1 - self.haste * min(1, number / 6)
            form = self._form(plain) * (self.wide, flat) + (x, rise * x)
            run.append(form + chance.normal(0, self.shake, form.shape))
            mark = _MARKS.get("é" if sign != plain else sign)
            if mark and chance.random() < 0.85:
                lines.append(
                    np.array(mark) * (self.wide, self.tall) + (x, rise * x) + chance.normal(0, 0.08, (2, 2))
                )
            x = float(run[-1][:, 0].max()) + (self.apart if self.lifts else min(self.apart, 0.05)) * self.wide
        lines += [smooth(np.vstack(run), 8)] if run else []
        return [np.c_[line[:, 0] + slant * line[:, 1], -line[:, 1]] for line in lines]

    def _form(self, letter: str) -> Line:
        if letter not in self.forms:
            forms = _FORMS[letter]
            points = np.array(forms[int(self.chance.integers(len(forms)))])
            points[:, 1] = np.where(points[:, 1] > 1.1, 1 + (points[:, 1] - 1) * self.tall, points[:, 1])
            self.forms[letter] = points + self.chance.normal(0, self.own, points.shape)
        return self.forms[letter]

    def name(self, chance: np.random.Generator) -> list[Line]:
        """A name, an initial and a name, or what a hurried hand leaves of one; often with a stroke of its own."""
        text = str(chance.choice(_NAMES))
        kind = chance.random()
        if kind < 0.2:
            text = f"{chance.choice(list('ABCDELMNPRST'))}. {text}"
        elif kind < 0.35:
            text = text[: int(chance.integers(2, 5))]
        lines = self.word(text, chance)
        points = np.vstack(lines)
        low, high = points.min(axis=0), points.max(axis=0)
        t = np.linspace(0, 1, 24)[:, None]
        what = chance.random()
        if what < 0.25:
            ends = np.array([(high[0], high[1] + 0.2), (low[0], high[1] + chance.uniform(0, 0.8))])
            lines.append(
                ends[0] + (ends[1] - ends[0]) * t + np.c_[t * 0, chance.normal(0, 0.3) * np.sin(3 * t)]
            )
        elif what < 0.4:
            out = np.array([chance.uniform(0.5, 4), chance.uniform(-1, 1)])
            lines.append(lines[-1][-1] + out * t + np.c_[t * 0, chance.normal(0, 0.4) * np.sin(4 * t)])
        elif what < 0.48:
            turn = np.linspace(0, chance.uniform(3, 7), 50) + chance.uniform(0, 6)
            middle, size = (low + high) / 2, (high - low) * chance.uniform(0.5, 0.7)
            lines.append(middle + np.c_[np.cos(turn), np.sin(turn)] * size)
        return lines


def _plain(name: str) -> str:
    return "".join(sign for sign in name if sign in _FORMS or sign in "éèêëîïôâàçù")


_NAMES: Final = [
    plain for name in seeds("first_names") + seeds("last_names") if len(plain := _plain(name)) > 2
]


def in_joined_letters(chance: np.random.Generator) -> Hands:
    """Return the people of one page: most write their names."""
    own = Writer(chance)
    absent = Writer(chance)
    others: list[Hand] = [*TUNING.signatures, *SEEN.signatures, waves, lambda c: [scrawl(c)]]
    hands = anybody(chance)
    return Hands(
        signatures=(
            own.name,
            Writer(chance).name,
            Writer(chance).name,
            others[int(chance.integers(len(others)))],
        ),
        crosses=hands.crosses,
        initials=hands.initials,
        absent=tuple(chance.choice(_ABSENT, 6).tolist()),
        fonts=(None,),
        pens=hands.pens,
        shares=(0.18, 0.42, 0.07, 0.01, 0.12, 0.2),
        writes=absent.word,
    )
