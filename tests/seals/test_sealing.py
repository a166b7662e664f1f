"""Sealed files: whatever is done to one is told, and a page in it tells the same."""

import json
import random
import tracemalloc
from base64 import b64decode, b64encode
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from cordee.seals.checking import Fault, Found, chained, check
from cordee.seals.keys import BadKey, key_at, public_part
from cordee.seals.naming import fingerprint
from cordee.seals.packing import CHECKER, MANIFEST, SIGNATURE, Seal, seal

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
FILES = {"sheet.pdf": b"%PDF-1.7 sheet", "originals/1.jpg": b"\xff\xd8 photo", "presence.json": b"{}"}
type Alter = Callable[[dict[str, bytes]], None]


def sealed(number: int = 1, previous: str = "", key: Ed25519PrivateKey = KEY) -> Any:
    about = {"organisation": "Cordée Formation", "session": "S-2027-0001-A"}
    told = Seal(number=number, previous=previous, sealed_at="2027-01-14T12:00:00+00:00", about=about)
    return seal(FILES, told, key=key)


def unpacked(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], method: int = 0) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def altered(alter: Alter) -> bytes:
    files = unpacked(sealed().content)
    alter(files)
    return packed(files)


def test_what_nobody_touched_is_whole() -> None:
    verdict = check(sealed().content, key=public_part(KEY))
    assert verdict.whole
    assert verdict.digest == sealed().digest
    assert verdict.manifest["about"]["session"] == "S-2027-0001-A"


def test_the_same_files_are_the_same_bytes() -> None:
    assert sealed() == sealed()


def test_packed_anew_it_is_still_whole_and_said_to_be() -> None:
    assert check(sealed().content).as_packed
    anew = check(packed(unpacked(sealed().content), ZIP_DEFLATED))
    assert anew.whole
    assert not anew.as_packed


def test_sizes_that_lead_beyond_its_end_are_told() -> None:
    content, beyond = bytearray(sealed().content), 0xFF000000
    last = content.rindex(b"PK\x01\x02")
    before = content.rindex(b"PK\x01\x02", 0, last)
    with ZipFile(BytesIO(content)) as archive:
        entry = archive.infolist()[-2]
    size = beyond - entry.header_offset - 30 - len(entry.filename)
    content[before + 20 : before + 24] = size.to_bytes(4, "little")
    content[last + 42 : last + 46] = beyond.to_bytes(4, "little")
    assert Found(Fault.HIDDEN) in check(bytes(content)).found


def replaced(name: str, content: bytes) -> Alter:
    return lambda files: files.update({name: content})


def dropped(name: str) -> Alter:
    return lambda files: files.pop(name) and None


def forged_manifest(files: dict[str, bytes]) -> None:
    files[MANIFEST] = files[MANIFEST].replace(b"S-2027-0001-A", b"S-2027-0001-B")


def signed_by_another(files: dict[str, bytes]) -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
    files[SIGNATURE] = b64encode(other.sign(files[MANIFEST]))


ALTERATIONS: dict[str, tuple[Alter, Found]] = {
    "changed": (replaced("sheet.pdf", b"%PDF-1.7 other"), Found(Fault.CHANGED, "sheet.pdf")),
    "taken away": (dropped("originals/1.jpg"), Found(Fault.MISSING, "originals/1.jpg")),
    "added": (replaced("originals/2.jpg", b"x"), Found(Fault.ADDED, "originals/2.jpg")),
    "another checker": (replaced(CHECKER, b"<p>all is well</p>"), Found(Fault.CHANGED, CHECKER)),
    "another manifest": (forged_manifest, Found(Fault.FORGED, MANIFEST)),
    "another signature": (signed_by_another, Found(Fault.FORGED, MANIFEST)),
    "no signature": (replaced(SIGNATURE, b""), Found(Fault.FORGED, MANIFEST)),
    "no manifest": (dropped(MANIFEST), Found(Fault.NOT_SEALED)),
    "a manifest that is none": (replaced(MANIFEST, b"[]"), Found(Fault.NOT_SEALED)),
    "a time stamp that is none": (replaced("manifest.tsr", b"x"), Found(Fault.STAMP, "manifest.tsr")),
}


@pytest.mark.parametrize("name", ALTERATIONS)
def test_what_was_altered_is_told(name: str) -> None:
    alter, found = ALTERATIONS[name]
    assert found in check(altered(alter)).found


def test_two_files_of_one_name_are_told() -> None:
    written = BytesIO(sealed().content)
    with ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("sheet.pdf", b"other")
    assert Found(Fault.TWICE, "sheet.pdf") in check(written.getvalue()).found


def test_another_key_than_the_one_expected_is_told() -> None:
    other = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
    assert check(sealed(key=other).content).whole, "whole, for who does not know the key"
    assert check(sealed(key=other).content, key=public_part(KEY)).found == (Found(Fault.OTHER_KEY),)


def slipped_between(content: bytes) -> bytes:
    """Put a whole file between two others, and leave the list of files as it was, but for where they lie."""
    hidden = packed({"sheet.pdf": b"%PDF-1.7 forged"})
    hidden = hidden[: hidden.index(b"PK\x01\x02")]
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, inside in unpacked(content).items():
            archive.writestr(name, inside)
            if name == SIGNATURE:
                written.write(hidden)
                archive.start_dir = written.tell()
    return written.getvalue()


def with_a_comment(content: bytes) -> bytes:
    written = BytesIO(content)
    with ZipFile(written, "a") as archive:
        archive.comment = b"accepted by quality"
    return written.getvalue()


def signed_in_another_way(content: bytes) -> bytes:
    """Change a sign of the signature that stands for no bit of it."""
    files = unpacked(content)
    signature = files[SIGNATURE]
    other = next(
        written
        for sign in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        if (written := signature[:-3] + bytes([sign]) + b"==") != signature
        and b64decode(written) == b64decode(signature)
    )
    return packed(files | {SIGNATURE: other})


def deflated_and_broken(content: bytes) -> bytes:
    broken = bytearray(packed(unpacked(content) | {"sheet.pdf": b"abc" * 1000}, ZIP_DEFLATED))
    broken[broken.index(b"sheet.pdf") + len("sheet.pdf")] = 0xFF
    return bytes(broken)


AROUND: dict[str, tuple[Callable[[bytes], bytes], Found]] = {
    "a file that is on no list": (slipped_between, Found(Fault.HIDDEN)),
    "something before it": (lambda content: b"#!/bin/sh\n" + content, Found(Fault.HIDDEN)),
    "a comment": (with_a_comment, Found(Fault.HIDDEN)),
    "a signature written otherwise": (signed_in_another_way, Found(Fault.FORGED, MANIFEST)),
    "packed anew and broken": (deflated_and_broken, Found(Fault.CHANGED, "sheet.pdf")),
    "a name that ends early": (
        lambda content: packed(
            {
                name.replace("presence.json", "presence.jsonXY"): inside
                for name, inside in unpacked(content).items()
            }
        ).replace(b"presence.jsonXY", b"presence.json\0Y"),
        Found(Fault.MISSING, "presence.json"),
    ),
}
"""What is done to the ZIP around its files, and to how it is packed."""


@pytest.mark.parametrize("name", AROUND)
def test_what_was_done_to_the_zip_is_told(name: str) -> None:
    alter, found = AROUND[name]
    assert found in check(alter(sealed().content)).found


@given(st.integers(0, 10**6), st.integers(1, 255))
def test_no_byte_changes_unseen(place: int, change: int) -> None:
    content = bytearray(sealed().content)
    content[place % len(content)] ^= change
    assert not check(bytes(content)).as_packed


def test_no_byte_of_a_file_changes_unseen_however_it_is_packed() -> None:
    content = bytearray(sealed().content)
    content[content.index(b"%PDF-1.7 sheet") + 3] ^= 1
    assert not check(bytes(content)).whole


def test_a_small_file_does_not_fill_the_memory() -> None:
    bomb = bytearray(packed(unpacked(sealed().content) | {"sheet.pdf": bytes(300_000_000)}, ZIP_DEFLATED))
    size = (300_000_000).to_bytes(4, "little")
    tracemalloc.start()
    said_small = check(bytes(bomb).replace(size, (10).to_bytes(4, "little")))
    said = check(bytes(bomb))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert Found(Fault.CHANGED, "sheet.pdf") in said.found
    assert Found(Fault.CHANGED, "sheet.pdf") in said_small.found
    assert most < 30_000_000


@pytest.mark.parametrize("odd", [{"number": []}, {"number": "1"}, {"about": "x"}, {"about": None}])
def test_a_manifest_of_another_shape_is_none(odd: dict[str, Any]) -> None:
    files = unpacked(sealed().content)
    files[MANIFEST] = json.dumps(json.loads(files[MANIFEST]) | odd).encode()
    assert check(packed(files)).found == (Found(Fault.NOT_SEALED),)


@given(st.binary(max_size=300))
def test_whatever_is_given_is_answered(content: bytes) -> None:
    assert check(content).found == (Found(Fault.NOT_SEALED),)


def test_broken_files_are_answered() -> None:
    chance, content = random.Random(7), sealed().content  # noqa: S311 - a fixed seed
    for _ in range(300):
        broken = bytearray(content)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        check(bytes(broken[: chance.randint(1, len(broken))]))


def test_each_names_the_one_before() -> None:
    first = sealed()
    second = sealed(2, first.digest)
    slipped_in = sealed(2, "0" * 64)
    third = sealed(3, second.digest)
    verdicts = [check(one.content) for one in (first, second, third)]
    assert list(chained(verdicts)) == []
    wrong = [check(one.content) for one in (first, slipped_in, third)]
    assert [place for place, _found in chained(wrong)] == [1, 2]


@pytest.mark.parametrize("name", [MANIFEST, CHECKER, "../x", "/x", "a//b", "", "a\\b", "x\n"])
def test_names_that_are_taken_or_none_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not the name"):
        seal({name: b"x"}, Seal(number=1, previous="", sealed_at=""), key=KEY)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "seal.key"
    key = key_at(path)
    assert public_part(key_at(path)) == public_part(key)
    assert path.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [path], "nothing half-made is left"
    assert len(fingerprint(public_part(key))) == 39


def test_what_is_no_key_is_said(tmp_path: Path) -> None:
    path = tmp_path / "seal.key"
    path.write_text("not a key")
    with pytest.raises(BadKey):
        key_at(path)
