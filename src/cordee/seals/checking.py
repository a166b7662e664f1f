"""Checking sealed files, with no database and no network: what was altered, and what the seal says."""

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.x509 import Certificate

from cordee.seals.archives import Archive, NoArchive, TooLarge
from cordee.seals.keys import BadKey, public_key
from cordee.seals.naming import fingerprint
from cordee.seals.packing import FORMAT, MANIFEST, OWN, SIGNATURE, STAMP, STAMP_SIGNATURE
from cordee.seals.stamping import is_of, stamped_at


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
    HIDDEN = "hidden"
    """Bytes in it belong to no file of its list: other programs may show what they hold."""
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
    as_packed: bool = False
    """It is, to the byte, the ZIP that was made; otherwise somebody packed it anew, with the dates of their files."""

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
        archive = Archive(content)
        manifest_bytes, signature = archive.read(MANIFEST) or b"", archive.read(SIGNATURE)
        manifest = _manifest(manifest_bytes)
    except TooLarge:
        return Verdict(found=(Found(Fault.TOO_LARGE),), manifest={})
    except (NoArchive, ValueError, RecursionError):
        return Verdict(found=(Found(Fault.NOT_SEALED),), manifest={})
    if signature is None:
        return Verdict(found=(Found(Fault.NOT_SEALED),), manifest={})
    stamp = archive.read(STAMP)
    at, vouched = _stamp(stamp, manifest_bytes, roots)
    wrong_stamp = stamp is not None and (at is None or (bool(roots) and not vouched))
    found = [
        *_signature(manifest, manifest_bytes, signature, key),
        *_files(archive, manifest),
        *_stamp_is_sealed(archive, manifest, stamp),
        *([Found(Fault.STAMP, STAMP)] if wrong_stamp else ()),
        *([Found(Fault.HIDDEN)] if archive.hides_something() else ()),
    ]
    return Verdict(
        found=tuple(dict.fromkeys(found)),
        manifest=manifest,
        digest=sha256(manifest_bytes).hexdigest(),
        stamped_at=at,
        stamp_vouched=vouched,
        as_packed=not found and archive.is_as_packed(),
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
        and type(read.get("number")) is int
        and isinstance(read.get("about"), dict)
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
    if not _is_signed(signed, signature, manifest["public_key"]):
        yield Found(Fault.FORGED, MANIFEST)
    if expected and manifest["public_key"] != expected:
        yield Found(Fault.OTHER_KEY)


def _is_signed(content: bytes, signature: bytes, key: str) -> bool:
    """Tell whether this is the signature of that content, in the one way in which it is written."""
    try:
        plain = b64decode(signature, validate=True)
        public_key(key).verify(plain, content)
    except (InvalidSignature, BadKey, ValueError):
        return False
    return b64encode(plain) == signature


def _files(archive: Archive, manifest: dict[str, Any]) -> Iterator[Found]:
    held = Counter(archive.names)
    named = {entry["name"]: entry["sha256"] for entry in manifest["files"]}
    for name, digest in named.items():
        if name not in held:
            yield Found(Fault.MISSING, name)
        elif archive.digest(name) != digest:
            yield Found(Fault.CHANGED, name)
    for name, times in held.items():
        if name not in named and name not in OWN:
            yield Found(Fault.ADDED, name)
        if times > 1:
            yield Found(Fault.TWICE, name)


def _stamp_is_sealed(archive: Archive, manifest: dict[str, Any], stamp: bytes | None) -> Iterator[Found]:
    """Say whether a time stamp is missing, or another one. Those sealed before the manifest spoke of it have none, or
    one that nobody signed.
    """
    if not manifest.get("stamped"):
        return
    if stamp is None:
        yield Found(Fault.MISSING, STAMP)
    elif not _is_signed(stamp, archive.read(STAMP_SIGNATURE) or b"", manifest["public_key"]):
        yield Found(Fault.STAMP, STAMP)


def _stamp(stamp: bytes | None, content: bytes, roots: Sequence[Certificate]) -> tuple[datetime | None, bool]:
    if stamp is None:
        return None, False
    try:
        at = stamped_at(stamp, of=content)
    except ValueError:
        return None, False
    return at, bool(roots) and is_of(stamp, content, roots=roots)
