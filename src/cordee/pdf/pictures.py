"""Pictures that people give, read as what they are: a PNG, a JPEG, or an SVG of which only what draws is kept."""

from base64 import b64encode
from dataclasses import dataclass

from cordee.pdf import drawings, rasters
from cordee.pdf.drawing_work import TooComplexError
from cordee.pdf.drawings import DoesMoreThanDrawError
from cordee.pdf.rasters import MOST_PIXELS, NotAPictureError, TooManyPixelsError


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is whole and harmless."""

    kind: str
    """Its media type."""
    content: bytes
    """As given; of an SVG, what is kept of it, in UTF-8."""


def read(given: bytes) -> Picture:
    """Return the picture, known by its content and read from the first byte to the last.

    Raises NotAPictureError: TooManyPixelsError, DoesMoreThanDrawError (a script, an animation, something from
    elsewhere…), TooComplexError, or itself for what is no picture or damaged.
    """
    if given.startswith(rasters.PNG):
        rasters.check_png(given)
        return Picture("image/png", given)
    if given.startswith(rasters.JPEG):
        rasters.check_jpeg(given)
        return Picture("image/jpeg", given)
    return Picture("image/svg+xml", drawings.clean(given))


def as_svg(given: bytes, *, width: float, height: float) -> bytes:
    """The picture as SVG. The engine takes files of text only: a PNG or JPEG is wrapped.

    It is read again, whatever was checked when it was given: rules become stricter. Raises NotAPictureError.

    :param width, height: the frame of a PNG or JPEG, in any unit: it is drawn as large as fits, at the top
        right, its proportions kept.
    """
    picture = read(given)
    if picture.kind == "image/svg+xml":
        return picture.content
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" preserveAspectRatio="xMaxYMin meet"'
        f' href="data:{picture.kind};base64,{b64encode(picture.content).decode()}"/></svg>'
    ).encode()


__all__ = [
    "MOST_PIXELS",
    "DoesMoreThanDrawError",
    "NotAPictureError",
    "Picture",
    "TooComplexError",
    "TooManyPixelsError",
    "as_svg",
    "read",
]
