"""What happens to paper: stamps, coffee, folds, holes. All in place, in mm."""

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.scans.guided import guided
from benchmarks.scans.paper import PER_MM, Picture
from benchmarks.scans.pens import put
from cordee.scans.layouts import PageLayout


def stamp(page: Picture, layout: PageLayout, chance: np.random.Generator, form: str) -> None:
    """A stamp of the organisation, across some boxes: of many forms, or without a frame."""
    box = layout.boxes[int(chance.integers(len(layout.boxes)))]
    x, y = box.left + chance.uniform(0, box.width), box.top + chance.uniform(0, box.height)
    size = 300
    mask = np.zeros((2 * size, 2 * size), np.uint8)
    words: tuple[str, ...] = ("CORDEE", "FORMATION", "VALMONT")
    if form == "round":
        cv2.circle(mask, (size, size), size - 20, 255, 14)
        cv2.circle(mask, (size, size), size - 90, 255, 8)
        width, height = 34.0, 34.0
    elif form == "oval":
        cv2.ellipse(mask, (size, size), (size - 15, 190), 0, 0, 360, 255, 10)
        cv2.ellipse(mask, (size, size), (size - 40, 165), 0, 0, 360, 255, 5)
        words, width, height = ("RECU LE", "4 DEC 2026", "ACCUEIL"), 42.0, 42.0
    elif form == "lozenge":
        points = np.array([(20, size), (size, 100), (2 * size - 20, size), (size, 2 * size - 100)])
        cv2.polylines(mask, [points], isClosed=True, color=255, thickness=12)
        words, width, height = ("", "VU", "DOUBLE"), 40.0, 40.0
    elif form == "hexagon":
        _draw_hexagon(mask)
        words, width, height = ("BON", "POUR", "ACCORD"), 38.0, 38.0
    elif form == "stadium":
        _draw_stadium(mask)
        words, width, height = ("CONTROLE", "LE 15.12", "BUREAU 2"), 44.0, 44.0
    elif form == "address":
        _put_address(mask)
        words, width, height = (), 52.0, 52.0
    elif form == "dates":
        for top in (170, 270, 370):
            cv2.rectangle(mask, (40, top), (2 * size - 40, top + 100), 255, 7)
        words, width, height = ("ARRIVE LE", "7 JAN 2027", "SERVICE 4"), 46.0, 46.0
    else:
        cv2.rectangle(mask, (20, 150), (2 * size - 20, 2 * size - 150), 255, 12)
        width, height = 48.0, 48.0
    for line, text in enumerate(words):
        cv2.putText(mask, text, (150, 250 + 60 * line), cv2.FONT_HERSHEY_DUPLEX, 1.6, 255, 5, cv2.LINE_AA)
    worn = cv2.resize(chance.uniform(0.45, 1, (20, 20)).astype(np.float32), mask.shape[::-1])
    turn = cv2.getRotationMatrix2D((size, size), chance.uniform(-25, 25), 1)
    turned = cv2.warpAffine((mask * worn).astype(np.uint8), turn, mask.shape[::-1])
    small = cv2.resize(turned, (round(width * PER_MM), round(height * PER_MM)), interpolation=cv2.INTER_AREA)
    colour = [(140, 50, 40), (60, 40, 170), (120, 40, 90)][int(chance.integers(3))]
    put(page, _placed(page, small, x - width / 2, y - height / 2), colour)


def _draw_hexagon(mask: NDArray[np.uint8]) -> None:
    size, way = mask.shape[0] // 2, np.arange(6) * np.pi / 3
    points = (size + (size - 25) * np.c_[np.cos(way), 0.7 * np.sin(way)]).astype(np.int32)
    cv2.polylines(mask, [points], isClosed=True, color=255, thickness=11)


def _draw_stadium(mask: NDArray[np.uint8]) -> None:
    """Two lines around a field whose ends are half circles, a thick one and a thin one within; in place."""
    middle = mask.shape[0] // 2
    way = np.linspace(-np.pi / 2, np.pi / 2, 30)
    for radius, thick in ((170, 10), (144, 4)):
        right = np.c_[middle + 100 + radius * np.cos(way), middle + radius * np.sin(way)]
        points = np.vstack([right, 2 * middle - right]).astype(np.int32)
        cv2.polylines(mask, [points], isClosed=True, color=255, thickness=thick)


def _put_address(mask: NDArray[np.uint8]) -> None:
    """Lines of a name and an address, without a frame; in place."""
    lines = ("CORDEE FORMATION", "8 rue des Halles", "99000 VALMONT", "SIRET 123 456 789 00012")
    for number, text in enumerate(lines):
        size = 1.5 if number == 0 else 1.2
        long = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, size, 4)[0][0]
        place = ((mask.shape[1] - long) // 2, 220 + 55 * number)
        cv2.putText(mask, text, place, cv2.FONT_HERSHEY_SIMPLEX, size, 255, 4, cv2.LINE_AA)


def unlike_white(page: Picture, chance: np.random.Generator) -> str:
    """Paper that is cream, blue or recycled, or thin enough for the back to be seen; in place."""
    kind = str(chance.choice(["white", "cream", "blue", "recycled", "thin"]))
    if kind in {"cream", "blue"}:
        tint = np.array((205, 232, 245) if kind == "cream" else (245, 230, 208))
        page[:] = (page * (tint / 255)).astype(np.uint8)
    elif kind == "recycled":
        high, wide = page.shape[0] // 6 + 1, page.shape[1] // 6 + 1
        grain = 1 - np.abs(chance.normal(0, 0.035, (high, wide))).astype(np.float32)
        whole = cv2.resize(grain, page.shape[1::-1], interpolation=cv2.INTER_CUBIC)
        page[:] = np.clip(page * (whole[:, :, None] * 0.88), 0, 255).astype(np.uint8)
    elif kind == "thin":
        back = cv2.GaussianBlur(page[:, ::-1], (0, 0), 0.3 * PER_MM)
        page[:] = np.clip(page * (1 - 0.1 * (1 - back / 255.0)), 0, 255).astype(np.uint8)
    return kind


def used(page: Picture, chance: np.random.Generator, *, grey: bool) -> str:
    """Paper of a cheap sort, grey or pink and yellow, that was crumpled or ruled in squares; in place."""
    kind = str(chance.choice(["white", "tinted", "crumpled", "squares"]))
    if kind == "tinted":
        tints = ((232, 232, 230), (222, 226, 228)) if grey else ((222, 214, 248), (190, 240, 250))
        page[:] = (page * (np.array(tints[int(chance.integers(2))]) / 255)).astype(np.uint8)
    elif kind == "crumpled":  # facets, each turned to the light by itself
        count = 7 if grey else 11
        facets = cv2.resize(
            chance.normal(0, 0.035, (count, count)).astype(np.float32),
            page.shape[1::-1],
            interpolation=cv2.INTER_LINEAR if grey else cv2.INTER_CUBIC,
        )
        page[:] = np.clip(page * (1 - np.abs(facets))[:, :, None], 0, 255).astype(np.uint8)
    elif kind == "squares":
        step = round((5 if grey else 8) * PER_MM)
        lines = np.ones(page.shape[:2], np.float32)
        lines[::step] = lines[:, ::step] = 0.93
        page[:] = (page * cv2.GaussianBlur(lines, (0, 0), 1.5)[:, :, None]).astype(np.uint8)
    return kind


def handled(page: Picture, chance: np.random.Generator) -> str:
    """Paper of pads and of old stock: pale green, ribbed, yellowed at the edges, smudged; in place."""
    kind = str(chance.choice(["white", "green", "laid", "yellowed", "smudged"]))
    height, width = page.shape[:2]
    if kind == "green":
        page[:] = (page * (np.array((212, 238, 214)) / 255)).astype(np.uint8)
    elif kind == "laid":  # fine ribs, as of a sieve
        ribs = 1 - 0.045 * (0.5 + 0.5 * np.sin(np.arange(height) * 2 * np.pi / (1.3 * PER_MM)))
        page[:] = (page * ribs[:, None, None]).astype(np.uint8)
    elif kind == "yellowed":
        y, x = np.mgrid[-1:1:60j, -1:1:60j]
        edge = cv2.resize(np.maximum(np.abs(x), np.abs(y)).astype(np.float32) ** 4, (width, height))
        page[:] = (page * (1 - edge[:, :, None] * np.array((0.3, 0.14, 0.08)))).astype(np.uint8)
    elif kind == "smudged":  # graphite from a hand that wiped over it
        soft = cv2.GaussianBlur(chance.normal(0, 1, (60, 40)).astype(np.float32), (0, 0), 4)
        cloud = cv2.resize(np.clip(soft / soft.std(), 0, 2), (width, height), interpolation=cv2.INTER_CUBIC)
        page[:] = np.clip(page * (1 - 0.06 * cloud[:, :, None]), 0, 255).astype(np.uint8)
    return kind


def copied(page: Picture, chance: np.random.Generator) -> str:
    """Paper of a copier or of a damp cupboard: lilac, streaked with toner, with a mark in it, or stained; in place."""
    kind = str(chance.choice(["white", "lilac", "toner", "watermark", "damp"]))
    height, width = page.shape[:2]
    if kind == "lilac":
        page[:] = (page * (np.array((242, 218, 230)) / 255)).astype(np.uint8)
    elif kind == "toner":  # a drum that is not clean any more leaves streaks
        across = np.arange(width) / PER_MM
        streaks = np.zeros(width)
        for _ in range(int(chance.integers(2, 7))):
            where, wide = chance.uniform(5, width / PER_MM - 5), chance.uniform(0.15, 1.5)
            streaks += chance.uniform(0.03, 0.12) * np.exp(-(((across - where) / wide) ** 2))
        page[:] = (page * (1 - np.minimum(streaks, 0.3))[None, :, None]).astype(np.uint8)
    elif kind == "watermark":
        mark = np.zeros((height, width), np.uint8)
        middle, radius = (width // 2, round(chance.uniform(0.35, 0.65) * height)), round(55 * PER_MM)
        cv2.circle(mark, middle, radius, 255, round(6 * PER_MM), cv2.LINE_AA)
        cv2.circle(mark, middle, radius // 2, 255, round(12 * PER_MM), cv2.LINE_AA)
        page[:] = (page * (1 - chance.uniform(0.03, 0.07) * (mark / 255.0))[:, :, None]).astype(np.uint8)
    elif kind == "damp":  # water that dried, darkest where it ended
        field = cv2.GaussianBlur(chance.normal(0, 1, (70, 50)).astype(np.float32), (0, 0), 7)
        wet = cv2.resize(field / field.std(), (width, height), interpolation=cv2.INTER_CUBIC) - 0.6
        stain = 0.025 * (1 + np.tanh(12.5 * wet)) + 0.1 * np.exp(-((wet / 0.03) ** 2))
        page[:] = (page * (1 - stain[:, :, None] * np.array((1.2, 0.9, 0.7)))).astype(np.uint8)
    return kind


def carried(page: Picture, chance: np.random.Generator) -> str:
    """Paper from a bag or a tired printer: salmon, dog-eared, pale in bands, pressed through, creased; in place."""
    kind = str(chance.choice(["white", "salmon", "dog-eared", "pale", "pressed", "creased"]))
    height, width = page.shape[:2]
    if kind == "salmon":
        page[:] = (page * (np.array((205, 222, 248)) / 255)).astype(np.uint8)
    elif kind == "dog-eared":  # a corner that was folded over, and back
        y, x = np.mgrid[:height, :width].astype(np.float32) / PER_MM
        x = x if chance.random() < 0.5 else width / PER_MM - x
        y = y if chance.random() < 0.5 else height / PER_MM - y
        off = x * chance.uniform(0.7, 1.3) + y - chance.uniform(18, 40)
        shade = 0.12 * (off < 0) * np.exp(off / 20) + 0.25 * np.exp(-((off / 0.4) ** 2))
        page[:] = (page * (1 - shade[:, :, None])).astype(np.uint8)
    elif kind == "pale":  # toner that runs out
        bands = np.interp(np.arange(width), np.linspace(0, width, 9), chance.uniform(0, 0.5, 9))
        page[:] = (255 - (255 - page) * (1 - bands)[None, :, None]).astype(np.uint8)
    elif kind == "pressed":  # what was written on the sheet above
        ink = np.zeros((height, width), np.uint8)
        for _ in range(int(chance.integers(4, 12))):
            place = np.array(
                (chance.uniform(20, width / PER_MM - 60), chance.uniform(30, height / PER_MM - 30))
            )
            for line in guided(
                str(chance.choice(["Martin Paul", "Valmont", "mardi", "salle", "Dubois"])), chance
            ):
                points = ((line * 2.4 + place) * PER_MM).astype(np.int32)
                cv2.polylines(ink, [points], isClosed=False, color=255, thickness=5)
        soft = cv2.GaussianBlur(ink, (0, 0), 2).astype(np.float32) / 255
        edge = soft - np.roll(soft, 4, axis=(0, 1))
        page[:] = np.clip(page * (1 - 0.04 * soft + 0.05 * edge)[:, :, None], 0, 255).astype(np.uint8)
    elif kind == "creased":  # lines that cross, from the bottom of a bag
        y, x = np.mgrid[:height, :width].astype(np.float32) / PER_MM
        for _ in range(int(chance.integers(2, 6))):
            way = chance.uniform(0, np.pi)
            off = (x - chance.uniform(20, 190)) * np.cos(way) + (y - chance.uniform(20, 270)) * np.sin(way)
            page[:] = (
                page * (1 - chance.uniform(0.04, 0.14) * np.exp(-np.abs(off) / 0.5))[:, :, None]
            ).astype(np.uint8)
    return kind


def coffee(page: Picture, layout: PageLayout, chance: np.random.Generator) -> None:
    """The ring of a cup, and a drop beside it."""
    ink = np.zeros(page.shape[:2], np.uint8)
    middle = (
        round(chance.uniform(0.2, 0.9) * layout.width * PER_MM),
        round(chance.uniform(0.3, 0.9) * layout.height * PER_MM),
    )
    radius = round(chance.uniform(28, 42) * PER_MM)
    cv2.circle(ink, middle, radius, int(chance.uniform(40, 110)), round(chance.uniform(1.5, 5) * PER_MM))
    cv2.circle(ink, middle, radius, int(chance.uniform(10, 30)), -1) if chance.random() < 0.4 else None
    beside = (middle[0] + round(1.2 * radius), middle[1])
    cv2.circle(ink, beside, round(chance.uniform(1, 4) * PER_MM), 70, -1)
    put(page, cv2.GaussianBlur(ink, (0, 0), 0.35 * PER_MM).astype(np.uint8), (60, 100, 140))


def fold(page: Picture, chance: np.random.Generator, *, down: bool) -> None:
    """A line that is darker on one side and lighter on the other."""
    height, width = page.shape[:2]
    across = width if down else height
    where = chance.uniform(0.3, 0.7) * across + np.linspace(
        -1, 1, height if down else width
    ) * chance.uniform(0, 8)
    distance = (np.arange(across)[None, :] - where[:, None]) / PER_MM
    depth = chance.uniform(0.1, 0.3)
    shade = (
        1 - depth * np.exp(-((distance / 0.25) ** 2)) - 0.07 * np.exp(-np.abs(distance) / 6) * (distance > 0)
    )
    shade = shade if down else shade.T
    page[:] = np.clip(page * shade[:, :, None], 0, 255).astype(np.uint8)


def holes(page: Picture, chance: np.random.Generator, *, dark: bool) -> None:
    """Two holes of a binder at one side, or four."""
    height = page.shape[0]
    left = round(12 * PER_MM) if chance.random() < 0.8 else page.shape[1] - round(12 * PER_MM)
    apart = (-120, -40, 40, 120) if chance.random() < 0.5 else (-40, 40)
    for offset in apart:
        middle = (left, height // 2 + round(offset * PER_MM))
        cv2.circle(
            page, middle, round(2.9 * PER_MM), (25, 30, 30) if dark else (240, 240, 240), -1, cv2.LINE_AA
        )


def _placed(page: Picture, mask: NDArray[np.uint8], left: float, top: float) -> NDArray[np.uint8]:
    ink = np.zeros(page.shape[:2], np.uint8)
    x, y = round(left * PER_MM), round(top * PER_MM)
    from_x, from_y = max(0, -x), max(0, -y)
    part = ink[max(0, y) : max(0, y + mask.shape[0]), max(0, x) : max(0, x + mask.shape[1])]
    part[:] = mask[from_y : from_y + part.shape[0], from_x : from_x + part.shape[1]]
    return ink
