"""Workbooks unpacked with bounds, before a parser that trusts them is let near.

Spreadsheets are ZIP archives of XML. The parser is native code: a forged figure in a file can make it ask
for more memory than there is, which ends the whole process. So the archive is unpacked here, within limits;
counts announced in it are left out; how far its cells reach is looked at (`extents`); and it is packed again
for the parser.
"""

import io
import re
import zipfile
import zlib

from cordee.lists.results import ListRefused, Refusal

MAX_UNPACKED = 60 * 1024 * 1024
_ALWAYS_FINE = 10 * 1024 * 1024
_MAX_RATIO = 150
"""XML packs well, a hundred to one at the very most."""
_MAX_MEMBERS = 5_000
_ENCRYPTED = 0x1
_COUNTS = re.compile(rb"""\s(?:uniqueCount|count)\s*=\s*(?:"[^"]*"|'[^']*')""")


def unpacked(content: bytes) -> tuple[str, dict[str, bytes]]:
    """Return `xlsx` or `ods`, and the parts that a parser needs. Raises ListRefused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _within_limits(members, len(content))
            form = _form(archive, {member.filename for member in members})
            parts = {m.filename: archive.read(m) for m in members if _is_needed(m.filename)}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise ListRefused(Refusal.BROKEN) from error
    except RuntimeError as error:  # how zipfile says that it wants a password
        raise ListRefused(Refusal.ENCRYPTED) from error
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise ListRefused(Refusal.ENCRYPTED)
    return form, {name: _COUNTS.sub(b"", part) for name, part in parts.items()} if form == "xlsx" else parts


def unpacked_size(content: bytes) -> int:
    """Return how many bytes a workbook says it holds; 0 for what is none."""
    if not content.startswith(b"PK"):
        return 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 0


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """Return the parts as an archive again."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def _within_limits(members: list[zipfile.ZipInfo], size: int) -> None:
    """Sizes announced may lie: reading stops at what was announced, so the limits hold all the same."""
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise ListRefused(Refusal.ENCRYPTED)
    total = sum(member.file_size for member in members)
    too_big = total > MAX_UNPACKED or (total > _ALWAYS_FINE and total > _MAX_RATIO * size)
    if too_big or len(members) > _MAX_MEMBERS:
        raise ListRefused(Refusal.ZIP_BOMB)


def _form(archive: zipfile.ZipFile, names: set[str]) -> str:
    if any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names):
        return "xlsx"
    if "mimetype" in names:
        kind = archive.read("mimetype")[:200]
        if b"opendocument.spreadsheet" in kind and "content.xml" in names:
            return "ods"
        raise ListRefused(Refusal.NOT_A_LIST, found="odt" if b"opendocument.text" in kind else "zip")
    folders = {name.partition("/")[0] for name in names}
    kinds = (("word", "docx"), ("ppt", "pptx"), ("xl", "xlsb"))
    raise ListRefused(Refusal.NOT_A_LIST, found=next((k for folder, k in kinds if folder in folders), "zip"))


def _is_needed(name: str) -> bool:
    """Pictures, macros, properties and the like stay outside."""
    if name.startswith(("xl/", "_rels/")):
        return name.endswith((".xml", ".rels"))
    return name in {"mimetype", "content.xml", "META-INF/manifest.xml", "[Content_Types].xml"}
