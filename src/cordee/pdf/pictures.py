"""Pictures in the one form in which they reach a template: SVG."""

import struct
from base64 import b64encode
from xml.etree import ElementTree as ET

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class NotAPictureError(ValueError):
    """Neither PNG, nor JPEG, nor SVG."""


def as_svg(picture: bytes, *, width: float, height: float) -> bytes:
    """The picture as SVG. The engine takes files of text only: a PNG or JPEG is wrapped.

    :param width, height: the frame of a PNG or JPEG, in any unit: it is drawn as large as fits, at the top
        right, its proportions kept.
    """
    for signature, kind in _SIGNATURES.items():
        if picture.startswith(signature):
            return (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
                f'<image width="{width}" height="{height}" preserveAspectRatio="xMaxYMin meet"'
                f' href="data:{kind};base64,{b64encode(picture).decode()}"/></svg>'
            ).encode()
    try:
        text = picture.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAPictureError("neither PNG, nor JPEG, nor SVG") from error
    if "<svg" not in text:
        raise NotAPictureError("neither PNG, nor JPEG, nor SVG")
    return text.encode()


def kind_of(picture: bytes) -> str:
    """Return the media type of a picture that is whole: its structure is read, not only how it begins.

    Raises NotAPictureError, also for an SVG with a document type, a script or anything taken from elsewhere.
    """
    if picture.startswith(b"\x89PNG\r\n\x1a\n") and _is_png(picture):
        return "image/png"
    if picture.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in picture[-64:]:
        return "image/jpeg"
    if _is_svg(picture):
        return "image/svg+xml"
    raise NotAPictureError("neither PNG, nor JPEG, nor SVG")


def _is_png(picture: bytes) -> bool:
    """Tell whether the header gives a size and the last chunk is there."""
    if len(picture) < 45 or picture[12:16] != b"IHDR" or b"IEND" not in picture[-16:]:  # noqa: PLR2004 - the smallest
        return False
    width, height = struct.unpack(">II", picture[16:24])
    return bool(width and height)


def _is_svg(picture: bytes) -> bool:
    if b"<!doctype" in picture.lower() or b"<!entity" in picture.lower():
        return False  # entities may grow without end
    try:
        root = ET.fromstring(picture)  # noqa: S314 - entities were refused above
    except ET.ParseError:
        return False
    return root.tag == "{http://www.w3.org/2000/svg}svg" and all(map(_is_harmless, root.iter()))


def _is_harmless(element: ET.Element) -> bool:
    """Tell whether an element only draws: no script, no handler, nothing fetched from elsewhere."""
    if element.tag.rsplit("}", 1)[-1].lower() in {"script", "foreignobject", "iframe"}:
        return False
    for name, value in element.attrib.items():
        plain = name.rsplit("}", 1)[-1].lower()
        if plain.startswith("on") or (plain == "href" and not value.strip().startswith(("#", "data:image/"))):
            return False
    return True
