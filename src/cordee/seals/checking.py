"""Checking sealed files, with no database and no network: what was altered, and what the seal says."""

import json
from base64 import b64decode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from cryptography.exceptions import InvalidSignature
from cryptography.x509 import Certificate

from cordee.seals.keys import BadKey, public_key
from cordee.seals.naming import fingerprint
from cordee.seals.packing import FORMAT, MANIFEST, OWN, SIGNATURE, STAMP
from cordee.seals.stamping import is_of, stamped_at

LARGEST = 2_000_000_000
"""Bytes that a sealed file may unpack to."""


class Fault(StrEnum):
    """What can be wrong with a sealed file."""

    NOT_SEALED = "not_sealed"
    """It is no ZIP, or has no manifest or signature that can be read."""
    TOO_LARGE = "too_large"
    FORGED = "forged"
    """The signature is not that of its manifest."""
    OTHER_KEY = "other_key"
    """It is sealed with another key than the one expected."""
    CHANGED = "changed"
    MISSING = "missing"
    ADDED = "added"
    TWICE = "twice"
    """Two files of one name: readers would show different ones."""
    STAMP = "stamp"
    """The time stamp is of something else, or of an authority that nobody vouches for."""
    CHAIN = "chain"
    """It does not name the seal before it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something wrong, and with which file in it."""

    fault: Fault
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is known of one sealed file."""

    found: tuple[Found, ...]
    manifest: dict[str, Any]
    """Empty where there is none."""
    digest: str = ""
    stamped_at: datetime | None = None
    """What its time stamp says (UTC), where it has one that is its own."""
    stamp_vouched: bool = False

    @property
    def whole(self) -> bool:
        return not self.found

    @property
    def key(self) -> str:
        """The key it was sealed with, as people compare it."""
        return fingerprint(str(self.manifest.get("public_key", "")))


def check(content: bytes, *, key: str = "", roots: Sequence[Certificate] = ()) -> Verdict:
    """Return what is wrong with a sealed file, which may come from anybody.

    With `key` (a public key in base 64) it must be sealed with that one; with `roots` a time stamp must be vouched for.
    """
    try:
        archive = ZipFile(BytesIO(content))
        if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
            return Verdict(found=(Found(Fault.TOO_LARGE),), manifest={})
        manifest_bytes, signature = archive.read(MANIFEST), archive.read(SIGNATURE)
        manifest = _manifest(manifest_bytes)
    except (BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return Verdict(found=(Found(Fault.NOT_SEALED),), manifest={})
    stamp = _read(archive, STAMP)
    at, vouched = _stamp(stamp, manifest_bytes, roots)
    found = [
        *_signature(manifest, manifest_bytes, signature, key),
        *_files(archive, manifest),
        *(
            [Found(Fault.STAMP, STAMP)]
            if stamp is not None and (at is None or (roots and not vouched))
            else ()
        ),
    ]
    return Verdict(
        found=tuple(found),
        manifest=manifest,
        digest=sha256(manifest_bytes).hexdigest(),
        stamped_at=at,
        stamp_vouched=vouched,
    )


def chained(verdicts: Sequence[Verdict]) -> Iterator[tuple[int, Found]]:
    """Say which of several sealed files does not name the one before it, by place in the sequence.

    Those whose number follows that of another one must name it; of others nothing can be said.
    """
    by_number = {v.manifest.get("number"): v for v in verdicts if v.manifest}
    for place, verdict in enumerate(verdicts):
        number = verdict.manifest.get("number")
        if not isinstance(number, int):
            continue
        before = by_number.get(number - 1)
        if before is not None and verdict.manifest.get("previous") != before.digest:
            yield place, Found(Fault.CHAIN, f"{number - 1} → {number}")


def _manifest(content: bytes) -> dict[str, Any]:
    read = json.loads(content)
    well_made = (
        isinstance(read, dict)
        and read.get("format") == FORMAT
        and isinstance(read.get("public_key"), str)
        and isinstance(read.get("files"), list)
        and all(
            isinstance(entry, dict)
            and isinstance(entry.get("name"), str)
            and isinstance(entry.get("sha256"), str)
            for entry in read["files"]
        )
    )
    if not well_made:
        raise ValueError("not a manifest")
    return dict(read)


def _signature(manifest: dict[str, Any], signed: bytes, signature: bytes, expected: str) -> Iterator[Found]:
    named = manifest["public_key"]
    try:
        public_key(named).verify(b64decode(signature, validate=True), signed)
    except (InvalidSignature, BadKey, ValueError):
        yield Found(Fault.FORGED, MANIFEST)
    if expected and named != expected:
        yield Found(Fault.OTHER_KEY)


def _files(archive: ZipFile, manifest: dict[str, Any]) -> Iterator[Found]:
    names = archive.namelist()
    named = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    for name, digest in named.items():
        content = _read(archive, name)
        if content is None:
            yield Found(Fault.MISSING if name not in names else Fault.CHANGED, name)
        elif sha256(content).hexdigest() != digest:
            yield Found(Fault.CHANGED, name)
    for name in dict.fromkeys(names):
        if name not in named and name not in OWN:
            yield Found(Fault.ADDED, name)
        if names.count(name) > 1:
            yield Found(Fault.TWICE, name)


def _read(archive: ZipFile, name: str) -> bytes | None:
    """Return one file; nothing for one that is not there or can no longer be read."""
    try:
        return archive.read(name)
    except (KeyError, BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError):
        return None


def _stamp(stamp: bytes | None, content: bytes, roots: Sequence[Certificate]) -> tuple[datetime | None, bool]:
    if stamp is None:
        return None, False
    try:
        at = stamped_at(stamp, of=content)
    except ValueError:
        return None, False
    return at, bool(roots) and is_of(stamp, content, roots=roots)
