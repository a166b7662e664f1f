"""Making a sealed file: a ZIP with a manifest of all that is in it, signed, and a page that checks it."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cordee.seals.checker import checker
from cordee.seals.keys import public_part
from cordee.seals.stamping import Stamp

FORMAT: Final = "cordee-sealed-file/1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
STAMP: Final = "manifest.tsr"
STAMP_SIGNATURE: Final = "manifest.tsr.sig"
CHECKER: Final = "check.html"
OWN: Final = frozenset({MANIFEST, SIGNATURE, STAMP, STAMP_SIGNATURE})
"""What the manifest has no hash of: itself, and what was made from it. That there is a stamp, it says."""
_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # the same contents are the same bytes
_UNIX: Final = 3  # whatever it is packed and checked on


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """What a sealed file says of itself."""

    number: int
    previous: str
    """SHA-256 of the manifest of the seal before this one; empty for the first."""
    sealed_at: str
    """An instant, as ISO 8601 writes it."""
    about: Mapping[str, Any] = field(default_factory=dict)
    """Whatever whoever seals wants to say: people read it."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed file, and the hash of its manifest, which the next one names."""

    content: bytes
    digest: str


def seal(
    files: Mapping[str, bytes], seal: Seal, *, key: Ed25519PrivateKey, stamp: Stamp | None = None
) -> Sealed:
    """Return the sealed file that holds these files.

    `stamp` asks an authority when the manifest existed (RFC 3161). Raises ValueError for a name that is taken or is
    not one, and what `stamp` raises.
    """
    wrong = sorted(name for name in files if name in OWN | {CHECKER} or not _is_name(name))
    if wrong:
        raise ValueError(f"not the name of a file to seal: {', '.join(wrong)}")
    held = {**files, CHECKER: checker()}
    manifest = _manifest(held, seal, public_part(key), stamped=stamp is not None)
    of_its_own = {MANIFEST: manifest, SIGNATURE: b64encode(key.sign(manifest))}
    if stamp:
        given = stamp(manifest)
        of_its_own |= {STAMP: given, STAMP_SIGNATURE: b64encode(key.sign(given))}
    return Sealed(zipped(of_its_own | held), sha256(manifest).hexdigest())


def _manifest(files: Mapping[str, bytes], seal: Seal, public_key: str, *, stamped: bool) -> bytes:
    content = {
        "format": FORMAT,
        **asdict(seal),
        "public_key": public_key,
        **({"stamped": True} if stamped else {}),
        "files": [
            {"name": name, "size": len(files[name]), "sha256": sha256(files[name]).hexdigest()}
            for name in sorted(files)
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return them uncompressed: what is in them is compressed already, and a small program can read it. The same files
    in the same order are the same bytes, on every machine.
    """
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, _FIRST_DAY)
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return written.getvalue()


def _is_name(name: str) -> bool:
    parts = name.split("/")
    return name.isprintable() and "\\" not in name and all(part not in {"", ".", ".."} for part in parts)
