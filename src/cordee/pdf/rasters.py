"""PNG and JPEG, read part by part from the first byte to the last: what is not one of them does not pass for it."""

import struct
import zlib
from collections.abc import Iterator

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
MOST_PIXELS = 8_000_000
"""A logo is a few centimetres wide; each pixel takes four bytes of memory wherever it is drawn."""
_MOST_SCANS = 64
_LARGEST_PROFILE = 4_000_000


class NotAPictureError(ValueError):
    """No picture of a kind we take, or a damaged one."""


class TooManyPixelsError(NotAPictureError):
    """A picture that would take too much memory to draw."""

    def __init__(self, pixels: int) -> None:
        super().__init__(f"{pixels} pixels")
        self.pixels = pixels


def _check_size(width: int, height: int) -> int:
    if not width or not height:
        raise NotAPictureError("no size")
    if width * height > MOST_PIXELS:
        raise TooManyPixelsError(width * height)
    return width * height


# --- PNG ----------------------------------------------------------------------------------------
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""The bits a sample may have, by type of colour."""
_CRITICAL = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
_MOVES = {b"acTL", b"fcTL", b"fdAT"}


def check_png(content: bytes) -> int:
    """Return the number of its pixels. Raises NotAPictureError unless each part is whole and none of them moves."""
    pixels = 0
    seen: list[bytes] = []
    for name, body in _chunks(content):
        if (not seen) != (name == b"IHDR"):
            raise NotAPictureError("PNG that does not begin with its head")
        if name == b"IHDR":
            pixels = _png_size(body)
        elif name in _MOVES or (name[:1].isupper() and name not in _CRITICAL):
            raise NotAPictureError("PNG with an animation, or of another time")
        elif name in {b"iCCP", b"zTXt"}:
            _check_inflated(body.partition(b"\0")[2][1:])
        elif name == b"iTXt" and body.partition(b"\0")[2][:1] == b"\1":
            raise NotAPictureError("PNG with packed text")
        seen.append(name)
    if b"IDAT" not in seen or seen[-1] != b"IEND":
        raise NotAPictureError("PNG cut short")
    return pixels


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, ended = len(PNG), False
    while at < len(content):
        if ended or at + 12 > len(content):
            raise NotAPictureError("PNG with something behind it, or cut short")
        size, name = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + size]
        check = content[at + 8 + size : at + 12 + size]
        if len(check) < 4 or zlib.crc32(name + body) != struct.unpack(">I", check)[0]:  # noqa: PLR2004 - of four bytes
            raise NotAPictureError("PNG damaged")
        yield name, body
        ended = name == b"IEND"
        at += 12 + size


def _png_size(head: bytes) -> int:
    if len(head) != 13:  # noqa: PLR2004 - PNG specification, 11.2.1
        raise NotAPictureError("PNG damaged")
    width, height, depth, colour, packing, filtering, order = struct.unpack(">IIBBBBB", head)
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or order > 1:
        raise NotAPictureError("PNG damaged")
    return _check_size(width, height)


def _check_inflated(packed: bytes) -> None:
    """A colour profile is a few kilobytes: what unpacks to much more is there to fill the memory."""
    try:
        unpacking = zlib.decompressobj()
        unpacking.decompress(packed, _LARGEST_PROFILE)
    except zlib.error as error:
        raise NotAPictureError("PNG damaged") from error
    if unpacking.unconsumed_tail:
        raise NotAPictureError("PNG with too large a profile")


# --- JPEG ---------------------------------------------------------------------------------------
_END, _SCAN, _STUFFED = 0xD9, 0xDA, 0x00
_RESTARTS = range(0xD0, 0xD8)
_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended, progressive: what is drawn everywhere."""
_OTHER_FRAMES = set(range(0xC0, 0xD0)) - _FRAMES - {0xC4, 0xC8, 0xCC}


def check_jpeg(content: bytes) -> int:
    """Return the number of its pixels. Raises NotAPictureError unless it is segments from its start to its end."""
    pixels = scans = 0
    at = 2
    while True:
        marker, body, at = _segment(content, at)
        if marker == _END:
            break
        if marker in _OTHER_FRAMES or (marker in _FRAMES and pixels):
            raise NotAPictureError("JPEG of another kind")
        if marker in _FRAMES:
            pixels = _jpeg_size(body)
        if marker == _SCAN:
            scans += 1
            if not pixels or scans > _MOST_SCANS:
                raise NotAPictureError("JPEG damaged")
            at = _after_scan(content, at)
    if not scans or content[at:].strip(b"\0"):
        raise NotAPictureError("JPEG cut short, or with something behind it")
    return pixels


def _segment(content: bytes, at: int) -> tuple[int, bytes, int]:
    """Return the marker at this place, what belongs to it, and where the next one is."""
    while content[at : at + 2] == b"\xff\xff":  # filling
        at += 1
    if len(content) < at + 2 or content[at] != 0xFF:  # noqa: PLR2004 - what each marker begins with
        raise NotAPictureError("JPEG damaged")
    marker = content[at + 1]
    if marker == _END:
        return marker, b"", at + 2
    size = int.from_bytes(content[at + 2 : at + 4], "big")
    body = content[at + 4 : at + 2 + size]
    if marker in _RESTARTS or marker == _STUFFED or size < 2 or len(body) != size - 2:  # noqa: PLR2004 - its own size
        raise NotAPictureError("JPEG damaged")
    return marker, body, at + 2 + size


def _after_scan(content: bytes, at: int) -> int:
    """Return where the data of a scan end: at the first marker that is not part of them."""
    while (at := content.find(b"\xff", at)) >= 0:
        if at + 1 < len(content) and content[at + 1] not in {_STUFFED, 0xFF, *_RESTARTS}:
            return at
        at += 1 if content[at + 1 : at + 2] == b"\xff" else 2
    raise NotAPictureError("JPEG cut short")


def _jpeg_size(frame: bytes) -> int:
    if len(frame) < 6:  # noqa: PLR2004 - T.81, B.2.2
        raise NotAPictureError("JPEG damaged")
    _bits, height, width, components = struct.unpack(">BHHB", frame[:6])
    if components not in {1, 3, 4} or len(frame) != 6 + 3 * components:
        raise NotAPictureError("JPEG damaged")
    return _check_size(width, height)
