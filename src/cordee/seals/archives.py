"""Reading the ZIP of a sealed file, which may come from anybody."""

import struct
import zlib
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from cordee.seals.packing import zipped

LARGEST: Final = 2_000_000_000
"""Bytes that a sealed file may unpack to."""
_AT_ONCE: Final = 1_000_000
_HEAD: Final = 30
"""Bytes before the name of a file."""
_DESCRIBED: Final = 0x08
_DESCRIPTORS: Final = frozenset({12, 16, 20, 24})
"""Bytes that may follow a file whose size was not known when it was begun."""
_UNREADABLE: Final = (
    BadZipFile,
    KeyError,
    ValueError,
    RuntimeError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
)
"""What the library raises at odd bytes (of what it cannot unpack, a kind of RuntimeError)."""


class NoArchive(Exception):
    """It is no ZIP that can be read."""


class TooLarge(Exception):
    """It unpacks to more than a sealed file holds."""


class Archive:
    """The files in a ZIP. Raises NoArchive, and TooLarge."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            self._zip = ZipFile(BytesIO(content))
        except _UNREADABLE as error:
            raise NoArchive from error
        self._entries = self._zip.infolist()
        if sum(entry.file_size for entry in self._entries) > LARGEST:
            raise TooLarge
        # As it stands there: the library cuts a name at its first zero byte.
        self.names = [entry.orig_filename for entry in self._entries]
        self._named = dict(zip(self.names, self._entries, strict=True))

    def read(self, name: str) -> bytes | None:
        """Return one file; nothing for one that is not there or can no longer be read."""
        try:
            return b"".join(self._parts(name))
        except _UNREADABLE:
            return None

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of one file; nothing for one that is not there or can no longer be read."""
        found = sha256()
        try:
            for part in self._parts(name):
                found.update(part)
        except _UNREADABLE:
            return None
        return found.hexdigest()

    def _parts(self, name: str) -> Iterator[bytes]:
        """Give a file in parts: unpacked at once, a small one fills the memory, whatever size it names."""
        entry = self._named[name]
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BadZipFile("packed in a way that is not read")
        with self._zip.open(entry) as file:
            while part := file.read(_AT_ONCE):
                yield part

    def is_as_packed(self) -> bool:
        """Tell whether it is, to the byte, the ZIP that was made when its files were sealed."""
        if sum(entry.file_size for entry in self._entries) > len(self._content):
            return False
        return zipped({name: self.read(name) or b"" for name in self.names}) == self._content

    def hides_something(self) -> bool:
        """Tell whether bytes in it belong to no file of its list: other programs may show what they hold."""
        entries = sorted(self._entries, key=lambda entry: entry.header_offset)
        places = [*(entry.header_offset for entry in entries), self._zip.start_dir]
        if self._zip.comment or places[0] != 0:
            return True
        for entry, then in zip(entries, places[1:], strict=True):
            head = self._content[entry.header_offset : entry.header_offset + _HEAD]
            if len(head) < _HEAD:
                return True
            name, extra = struct.unpack_from("<HH", head, _HEAD - 4)
            left = then - (entry.header_offset + _HEAD + name + extra + entry.compress_size)
            if left not in (_DESCRIPTORS if entry.flag_bits & _DESCRIBED else {0}) or entry.comment:
                return True
        return False
