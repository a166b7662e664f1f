"""A hand that is guided from heading to heading, another one for each word: that of the set `visitors`."""

from itertools import pairwise
from typing import Final

import cv2
import numpy as np

from benchmarks.scans.headings import ABOVE, CAPITALS, PLAIN, PRINTED, SIGNS, SMALL, Knots
from benchmarks.scans.pens import Line

_FEW: Final = 4
"""Numbers of a knot: across, up, heading of arrival, heading of leaving."""


def course(knots: Line, tension: float = 1) -> Line:
    """Return the way through knots, as smooth as it can be while it keeps their headings (Hobby)."""
    parts = [knots[:1, :2]]
    for before, after in pairwise(knots):
        begin, end = complex(*before[:2]), complex(*after[:2])
        long, chord = abs(end - begin), np.angle(end - begin)
        if long < 1e-6:
            continue
        a, b = _within(np.radians(before[3]) - chord), _within(chord - np.radians(after[2]))
        first = begin + np.exp(1j * a) * (end - begin) * _reach(a, b) / tension
        second = end - np.exp(-1j * b) * (end - begin) * _reach(b, a) / tension
        t = np.linspace(0, 1, max(5, int(14 * long)))[1:]
        way = (1 - t) ** 3 * begin + 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t**2 * second + t**3 * end
        parts.append(np.c_[way.real, way.imag])
    return np.vstack(parts)


def _within(angle: float) -> float:
    return float((angle + np.pi) % (2 * np.pi) - np.pi)


def _reach(a: float, b: float) -> float:
    bend = np.sqrt(2) * (np.sin(a) - np.sin(b) / 16) * (np.sin(b) - np.sin(a) / 16) * (np.cos(a) - np.cos(b))
    even = 1 + (np.sqrt(5) - 1) / 2 * np.cos(a) + (3 - np.sqrt(5)) / 2 * np.cos(b)
    return float(np.clip((2 + bend) / (3 * even), 0.1, 1.6))


def knots(points: Knots) -> Line:
    """Return knots with a heading of arrival and one of leaving each."""
    return np.array([point if len(point) == _FEW else (*point, point[-1]) for point in points], float)


def eased(line: Line, by: float) -> Line:
    """Return a line whose turns are cut, as haste does, within a length `by`."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    if by <= 0 or steps.sum() < 1e-6:
        return line
    along = np.r_[0, np.cumsum(steps)]
    even = np.linspace(0, along[-1], max(8, int(along[-1] / 0.05)))
    dense = np.c_[np.interp(even, along, line[:, 0]), np.interp(even, along, line[:, 1])]
    width = by / (even[1] - even[0])
    room = min(len(dense) - 1, int(3 * width) + 1)
    # Turned about its ends, so that they stay where they are.
    head, tail = 2 * dense[0] - dense[room:0:-1], 2 * dense[-1] - dense[-2 : -room - 2 : -1]
    long = np.vstack([head, dense, tail])
    soft = cv2.GaussianBlur(long, (1, 0), sigmaX=1e-6, sigmaY=width, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(soft[room : room + len(dense)])


class Hand:
    """How one person writes, today."""

    def __init__(self, chance: np.random.Generator, haste: float = 0) -> None:
        """Choose what all letters have in common; in haste they lose their form towards the end."""
        self.chance, self.haste = chance, haste
        how = int(chance.choice(3, p=[0.4, 0.4, 0.2]))
        self.lifts = (chance.uniform(0, 0.1), chance.uniform(0.2, 0.5), 1.0)[how]
        self.prints = (0.08, 0.3, 0.75)[how]
        if haste > 0.5:
            self.lifts, self.prints = self.lifts * 0.4, 0.1
        self.wide, self.slant = (
            float(np.exp(chance.normal(0, 0.17))),
            float(np.clip(chance.normal(0.18, 0.2), -0.15, 0.6)),
        )
        self.tall, self.deep = chance.uniform(0.65, 1.15), chance.uniform(0.6, 1.1)
        self.apart = chance.uniform(-0.06, 0.16) + (0.12 if how == 2 else 0)
        self.own, self.shake = chance.uniform(0.01, 0.05), chance.uniform(0.008, 0.03)
        self.turned, self.tension = chance.uniform(2, 9), chance.uniform(0.85, 1.3)
        self.ease = chance.uniform(0.02, 0.08) + 0.2 * haste
        self.rise, self.wave = chance.normal(0, 0.03), chance.uniform(0, 0.07)
        self.sinks = chance.uniform(0, 0.03) + 0.12 * haste
        self.late = chance.uniform(-0.05, 0.3)
        self.cursive = bool(chance.random() < (0.6, 0.35, 0.1)[how])
        self.forms: dict[str, list[Line]] = {}

    def strokes(self, text: str) -> list[Line]:
        """Return a word; one unit is the height of a small letter, and up is less."""
        chance, x = self.chance, 0.0
        done: list[Line] = []
        run: list[Line] = []
        for number, sign in enumerate(text):
            letter = PLAIN.get(sign, sign)
            if letter not in SMALL:
                done += [np.vstack(run)] if run else []
                run = []
            forms = self._forms(letter, alone=text.isupper())
            flat = max(0.35, 1 - self.sinks * number)
            shapes = [self._placed(form, x, flat) for form in forms]
            width = max((float(shape[:, 0].max()) for shape in shapes), default=x + 0.5) - x
            if letter in SMALL:
                printed = letter in PRINTED and forms is self.forms.get("p" + letter)
                if printed or (run and chance.random() < self.lifts):
                    done += [np.vstack(run)] if run else []
                    run = []
                if printed:
                    done += shapes
                else:
                    run += [*([] if run else self._entry(shapes[0], number)), *shapes]
            elif shapes:
                *before, last = shapes
                done += before
                joins = letter in CAPITALS and 25 < last[-1, 3] < 60 and self.lifts < 0.3
                run = [last] if joins else []
                done += [] if joins else [last]
            if chance.random() < 0.9:
                done += [self._mark(mark, x) for mark in ABOVE.get(sign, ())]
            x += width + self.apart * self.wide + (0.08 if letter in CAPITALS else 0)
        done += [np.vstack(run)] if run else []
        lines = [self._trimmed(course(one, self.tension)) for one in done]
        return [np.c_[line[:, 0] + self.slant * line[:, 1], -line[:, 1]] for line in lines]

    def _trimmed(self, line: Line) -> Line:
        line = eased(line, self.ease)
        return np.c_[line[:, 0], line[:, 1] + self.rise * line[:, 0] + self.wave * np.sin(1.3 * line[:, 0])]

    def _entry(self, shape: Line, number: int) -> list[Line]:
        """Some lead into a word with a stroke."""
        if number or self.prints > 0.2 or self.chance.random() < 0.4:
            return []
        x, y = shape[0, 0] - self.chance.uniform(0.3, 0.6), self.chance.uniform(0, 0.25)
        return [np.array([(x, y, 10, 25)])]

    def _forms(self, letter: str, *, alone: bool) -> list[Line]:
        """Return the strokes of a letter: this hand makes it the same way again, or, rarely, its printed way."""
        chance = self.chance
        if letter in SIGNS:
            return [knots(SIGNS[letter])]
        key = letter
        if letter in PRINTED and chance.random() < self.prints:
            key = "p" + letter
        if key in self.forms:
            return self.forms[key]
        if letter in CAPITALS:
            ways = CAPITALS[letter]
            plain = 0 if letter != "E" or not alone else int(chance.integers(1, 3))
            which = int(chance.integers(len(ways))) if self.cursive and not alone else plain
            strokes = ways[which]
        elif key != letter:
            strokes = PRINTED[letter]
        elif letter in SMALL:
            strokes = (SMALL[letter][int(chance.integers(len(SMALL[letter])))],)
        else:
            return []
        self.forms[key] = [self._owned(knots(stroke)) for stroke in strokes]
        return self.forms[key]

    def _owned(self, shape: Line) -> Line:
        shape[:, :2] += self.chance.normal(0, self.own, (len(shape), 2))
        high = shape[:, 1]
        shape[:, 1] = np.where(
            high > 1, 1 + (high - 1) * self.tall, np.where(high < 0, high * self.deep, high)
        )
        shape[:, 2:] += self.chance.normal(0, self.turned, (len(shape), 1))
        way = np.radians(shape[:, 2:])
        shape[:, 2:] = np.degrees(np.arctan2(np.sin(way), np.cos(way) * self.wide))
        return shape

    def _placed(self, form: Line, x: float, flat: float) -> Line:
        shape = form.copy()
        shape[:, :2] += self.chance.normal(0, self.shake * (1 + 2 * self.haste), (len(shape), 2))
        shape[:, 0] = shape[:, 0] * self.wide * (1 + 0.3 * self.haste * (1 - flat)) + x
        shape[:, 1] *= flat
        return shape

    def _mark(self, mark: Knots, x: float) -> Line:
        shape = knots(mark)
        long = self.chance.uniform(0.8, 1.5) if len(shape) == 2 and np.ptp(shape[:, 0]) > 0.6 else 1
        shape[:, 0] = (shape[:, 0] * long + self.late) * self.wide + x
        shape[:, 1] += self.chance.normal(0, 0.06)
        shape[:, :2] += self.chance.normal(0, 0.03, (len(shape), 2))
        return shape


def guided(text: str, chance: np.random.Generator) -> list[Line]:
    """Return a word as somebody writes it who wants it to be read, in more or less haste."""
    return Hand(chance, max(0, chance.uniform(-0.3, 0.4))).strokes(text)
