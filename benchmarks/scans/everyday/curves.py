"""Curves: Hobby's (those of Metafont), through places where the heading of the pen may be given."""

import numpy as np
from numpy.typing import NDArray

type Line = NDArray[np.float64]
"""Points, one after the other; one unit is the height of a small letter."""
type Nodes = NDArray[np.float64]
"""N×4: x, y (upwards), heading in radians or NaN, 1 where the pen turns on the spot."""


def hobby(nodes: Nodes, tension: float = 1.0, each: int = 10) -> Line:
    """Return the curve through nodes; the greater its tension, the more angular it is."""
    nodes = nodes[np.r_[True, np.hypot(*np.diff(nodes[:, :2], axis=0).T) > 1e-6]]
    if len(nodes) < 2:
        return np.vstack([nodes[:, :2], nodes[:, :2] + 0.02])
    z = nodes[:, 0] + 1j * nodes[:, 1]
    way = np.diff(z)
    theta, phi = _angles(nodes, way)
    first = z[:-1] + np.exp(1j * theta) * way * _speed(theta, phi) / tension
    second = z[1:] - np.exp(-1j * phi) * way * _speed(phi, theta) / tension
    t = np.linspace(0, 1, each, endpoint=False)[None, :]
    begin, first, second, end = (part[:, None] for part in (z[:-1], first, second, z[1:]))
    curve = begin * (1 - t) ** 3 + 3 * first * t * (1 - t) ** 2 + 3 * second * t**2 * (1 - t) + end * t**3
    all_of_it = np.r_[curve.ravel(), z[-1]]
    return np.c_[all_of_it.real, all_of_it.imag]


def _angles(nodes: Nodes, way: NDArray[np.complex128]) -> tuple[Line, Line]:
    """Return by how much each part leaves and arrives beside its chord."""
    heading, chord = nodes[:, 2].copy(), np.angle(way)
    between = np.r_[np.nan, np.angle(1 / np.conj(way[:-1]) + 1 / np.conj(way[1:])), np.nan]
    free = np.isnan(heading) & (nodes[:, 3] == 0)
    heading[free] = between[free]
    leaves = np.where(nodes[:, 3] == 1, np.nan, heading)
    theta, phi = _wrapped(leaves[:-1] - chord), _wrapped(chord - heading[1:])
    theta, phi = np.where(np.isnan(theta), phi, theta), np.where(np.isnan(phi), theta, phi)
    return np.nan_to_num(theta), np.nan_to_num(phi)


def _wrapped(angle: Line) -> Line:
    return np.clip((angle + np.pi) % (2 * np.pi) - np.pi, -2.5, 2.5)


def _speed(a: Line, b: Line) -> Line:
    above = 2 + 2**0.5 * (np.sin(a) - np.sin(b) / 16) * (np.sin(b) - np.sin(a) / 16) * (np.cos(a) - np.cos(b))
    return (above / (3 * (1 + 0.618 * np.cos(a) + 0.382 * np.cos(b))).clip(0.4)).clip(0.1, 1.2)


def nodes_of(text: str) -> tuple[Nodes, ...]:
    """Read strokes: `x,y>degrees!`, where `!` is a turn on the spot; `|` between strokes."""
    return tuple(np.array([_node(word) for word in part.split()]) for part in text.split("|"))


def _node(word: str) -> tuple[float, float, float, float]:
    cusp, word = word.endswith("!"), word.rstrip("!")
    place, _, heading = word.partition(">")
    x, y = map(float, place.split(","))
    return x, y, np.radians(float(heading)) if heading else np.nan, float(cusp)
