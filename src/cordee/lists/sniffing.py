"""What a file is, by what is in it: its name tells nothing."""

import re

from cordee.lists.results import MAX_BYTES, ListRefused, Refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BEGIN:VC", "vcard"),
)
_MARKUP = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<(?:(!doctype html|html|table|head|body|meta)|(\?xml|!--|\w+[\s:>]))",
    re.IGNORECASE,
)


def is_workbook(content: bytes) -> bool:
    """Tell a workbook from text. Raises ListRefused for everything else that can be recognised."""
    if len(content) > MAX_BYTES:
        raise ListRefused(Refusal.TOO_LARGE, limit=MAX_BYTES, found=len(content))
    if not content.strip(b"\x00 \t\r\n;,|\xef\xbb\xbf\xff\xfe"):
        raise ListRefused(Refusal.EMPTY)
    if content.startswith(_ZIP):
        return True
    if content.startswith(_OLE):
        raise _old_office(content)
    for opening, found in _OTHERS:
        if content.startswith(opening):
            raise ListRefused(Refusal.NOT_A_LIST, found=found)
    markup = _MARKUP.match(content)
    if markup and b"@" not in markup[0]:
        raise ListRefused(Refusal.NOT_A_LIST, found="html" if markup[1] else "xml")
    return False


def _old_office(content: bytes) -> ListRefused:
    """The old container of Microsoft: what it holds now are encrypted workbooks, and old ones."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return ListRefused(Refusal.ENCRYPTED)
    old = "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content
    return ListRefused(Refusal.NOT_A_LIST, found="xls" if old else "doc")
