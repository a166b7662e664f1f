"""From a file that somebody gives to the pictures in it. Judged by content, within bounds, one picture at a time."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MAX_BYTES: Final = 50 * 1024**2
MAX_PIXELS: Final = 120_000_000
"""Of a picture as it says of itself, before anything is decoded: A4 at 1,000 dpi."""
MAX_PAGES: Final = 200
LONGEST_SIDE: Final = 4_200
"""In pixels. Larger pictures are made smaller: A4 at 360 dpi."""
_PDF_DPI: Final = 220
_POINTS: Final = 72
_HEAD: Final = 1024
_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"II*\x00", b"MM\x00*")
"""How pictures begin."""


class Refusal(StrEnum):
    """Why a file is not read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    """In bytes."""
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    NOT_A_PICTURE = "not_a_picture"
    LOCKED_PDF = "locked_pdf"
    BROKEN = "broken"
    TOO_MUCH_WORK = "too_much_work"
    """It takes more time or memory to open than there is (see `apart`)."""


class Unreadable(Exception):
    """A file that is not read, or not further."""

    def __init__(self, code: Refusal) -> None:
        super().__init__(code.value)
        self.code = code


@dataclass(frozen=True, eq=False)
class Picture:
    """One page of a file, as it is to be looked at."""

    pixels: "NDArray[np.uint8]"
    """Rows of blue, green, red."""
    page: int = 1
    """Of its file, from 1."""


def pages_of(content: bytes, *, first: int = 1) -> Iterator[Picture]:
    """Yield the pictures of a JPEG (turned by its EXIF), PNG, WebP, HEIC, TIFF or PDF, one after the other.

    What a file is, is judged by its content alone, whatever its name.

    :param first: the page to begin with, from 1.
    :raises Unreadable: at once, or at the page that cannot be read.
    """
    if not content:
        raise Unreadable(Refusal.EMPTY)
    if len(content) > MAX_BYTES:
        raise Unreadable(Refusal.TOO_LARGE)
    # Some scanners put a few bytes before the head of a PDF, and viewers bear it; pictures may name it in a comment.
    if b"%PDF-" in content[:_HEAD] and not content.startswith(_PICTURES):
        yield from _pages_of_pdf(content, first)
    else:
        yield from _pages_of_picture(content, first)


# --- pictures

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "HEIF")
_DEEP: Final = 256
"""Sixteen bits of grey to eight."""


def _pages_of_picture(content: bytes, first: int) -> Iterator[Picture]:
    import pi_heif
    from PIL import Image, UnidentifiedImageError

    pi_heif.register_heif_opener()
    with _told_as_unreadable(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sizes and odd tags: sizes are bounded here
        try:
            image = Image.open(io.BytesIO(content), formats=_FORMATS)
        except UnidentifiedImageError as error:
            raise Unreadable(Refusal.NOT_A_PICTURE) from error
    with image:
        # Only in TIFF is a second picture a second page: in others it is a preview, a film, a gain map.
        with _told_as_unreadable():
            pages = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        if pages > MAX_PAGES:
            raise Unreadable(Refusal.TOO_MANY_PAGES)
        for page in range(first - 1, pages):
            with _told_as_unreadable(), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                image.seek(page)
                picture = Picture(_pixels(image), page + 1)
            yield picture


def _pixels(image: Any) -> "NDArray[np.uint8]":
    import numpy as np

    if image.width * image.height > MAX_PIXELS:
        raise Unreadable(Refusal.TOO_MANY_PIXELS)
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is not even decoded in full
    turn = image.getexif().get(_ORIENTATION, 1)
    image.load()
    colours = _in_colours(image)
    colours.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    colours = _square(colours, image.info.get("dpi"))
    if turn in _TURNS:
        colours = colours.transpose(_TURNS[turn])
    return np.ascontiguousarray(np.asarray(colours, dtype=np.uint8)[:, :, ::-1])


_ORIENTATION: Final = 0x0112
_TURNS: Final = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
"""Orientation as EXIF numbers it -> the move of Pillow that undoes it."""


def _in_colours(image: Any) -> Any:
    from PIL import Image

    if image.mode.startswith("I") or image.mode == "F":
        image = image.convert("I").point(lambda value: value / _DEEP).convert("L")
    if "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB")


def _square(image: Any, dpi: Any) -> Any:
    """A fax in its usual resolution has half as many lines as columns."""
    try:
        across, down = float(dpi[0]), float(dpi[1])
    except (TypeError, ValueError, LookupError):
        return image
    if across <= 0 or down <= 0 or not _LEAST_UNEVEN < max(across / down, down / across) < _MOST_UNEVEN:
        return image
    if across > down:
        return image.resize((image.width, round(image.height * across / down)))
    return image.resize((round(image.width * down / across), image.height))


_LEAST_UNEVEN, _MOST_UNEVEN = 1.2, 4.5


@contextmanager
def _told_as_unreadable() -> Iterator[None]:
    """Decoders say in more ways than anybody could list that something is broken."""
    from PIL import Image, UnidentifiedImageError

    try:
        yield
    except (Unreadable, UnidentifiedImageError, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Unreadable(Refusal.TOO_MANY_PIXELS) from error
    except Exception as error:
        raise Unreadable(Refusal.BROKEN) from error


# --- PDF


def _pages_of_pdf(content: bytes, first: int) -> Iterator[Picture]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_refusal_of(error)) from error
    with document:
        if len(document) > MAX_PAGES:
            raise Unreadable(Refusal.TOO_MANY_PAGES)
        for number in range(first - 1, len(document)):
            try:
                page = document[number]
                picture = Picture(_drawn(page), number + 1)
                page.close()
            except pypdfium2.PdfiumError as error:
                raise Unreadable(Refusal.BROKEN) from error
            yield picture


def _refusal_of(error: Exception) -> Refusal:
    import pypdfium2.raw as pdfium

    locked = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
    return Refusal.LOCKED_PDF if getattr(error, "err_code", None) in locked else Refusal.BROKEN


def _drawn(page: Any) -> "NDArray[np.uint8]":
    import numpy as np
    import pypdfium2.raw as pdfium

    for picture in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]):
        width, height = picture.get_px_size()
        if width * height > MAX_PIXELS:
            raise Unreadable(Refusal.TOO_MANY_PIXELS)
    longest = max(page.get_size())
    if longest <= 0:
        raise Unreadable(Refusal.BROKEN)
    scale = min(_PDF_DPI / _POINTS, LONGEST_SIDE / longest)
    drawn = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False).to_numpy()
    return np.ascontiguousarray(drawn[:, :, :3], dtype=np.uint8)
