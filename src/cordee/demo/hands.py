"""How the people of the demo sign: everybody has loops of their own."""

import math
from random import Random

type Strokes = tuple[tuple[tuple[int, int, int], ...], ...]
"""As `attendance` keeps them: x, y, milliseconds."""


def hand(who: str, rng: Random) -> Strokes:
    """Return somebody's signature: always the same loops, never quite at the same place."""
    own = Random(who)
    loops, height, slant = own.uniform(3, 7), own.uniform(60, 130), own.uniform(-0.4, 0.4)
    points = []
    for i in range(70):
        turn = loops * 2 * math.pi * i / 70
        x = 140 + 9 * i + 40 * math.sin(turn) + slant * height * math.cos(turn)
        y = 200 + height * math.cos(turn) * (1 - i / 110)
        points.append((round(x + rng.uniform(-3, 3)), round(y + rng.uniform(-3, 3)), 18 * i))
    return (tuple(points),)
