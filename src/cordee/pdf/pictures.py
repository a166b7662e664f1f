"""Pictures in the one form in which they reach a template: SVG."""

from base64 import b64encode

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
