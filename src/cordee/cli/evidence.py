"""`cordee evidence verify`: whether sealed files are as they were sealed, with no database and no network."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.utils.translation import gettext as _

from cordee.cli.printing import Stop, say
from cordee.seals.checking import Fault, Found, Verdict, chained, check
from cordee.seals.keys import BadKey, public_key

ALTERED, NOT_READ = 1, 2
_FIXED = "\N{NO-BREAK SPACE}"
"""French has it before a colon."""


def verify(files: list[str], *, key: str, authority: str, as_json: bool) -> int:
    """Check sealed files, each by itself and as links of one chain, and print what was altered.

    Return 0 when all are whole, 1 when something was altered, 2 when a file cannot be read.
    """
    try:
        expected = _key(key)
        roots = load_pem_x509_certificates(Path(authority).read_bytes()) if authority else []
    except BadKey as error:
        raise Stop(_("This is not a public key: 44 signs in base 64 are expected."), code=NOT_READ) from error
    except (OSError, ValueError) as error:
        raise Stop(_("%(file)s holds no certificate.") % {"file": authority}, code=NOT_READ) from error
    read = dict(_verdicts(files, expected, roots))
    told = [_told(file, verdict, found) for file, verdict, found in _with_chain(read)]
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for one in told:
            print("\n".join(_harmless(line) for line in _lines(one)))
    if len(read) < len(set(files)):
        return NOT_READ
    return 0 if all(one["whole"] for one in told) else ALTERED


def _key(given: str) -> str:
    """Return the key expected: given as it is, or in a file."""
    if not given:
        return ""
    path = Path(given)
    text = (path.read_text() if path.is_file() else given).strip()
    public_key(text)
    return text


def _verdicts(files: list[str], expected: str, roots: Sequence[Certificate]) -> Iterator[tuple[str, Verdict]]:
    for file in dict.fromkeys(files):
        try:
            yield file, check(Path(file).read_bytes(), key=expected, roots=roots)
        except OSError as error:
            say(_("%(file)s cannot be read: %(reason)s.") % {"file": file, "reason": error.strerror or error})


def _with_chain(read: dict[str, Verdict]) -> Iterator[tuple[str, Verdict, list[Found]]]:
    broken = dict(chained(list(read.values())))
    for place, (file, verdict) in enumerate(read.items()):
        yield file, verdict, [*verdict.found, *([broken[place]] if place in broken else [])]


def _told(file: str, verdict: Verdict, found: list[Found]) -> dict[str, Any]:
    manifest = verdict.manifest
    return {
        "file": file,
        "whole": not found,
        "as_packed": verdict.as_packed and not found,
        "faults": [{"fault": str(one.fault), "name": one.name} for one in found],
        "number": manifest.get("number"),
        "sealed_at": manifest.get("sealed_at"),
        "about": manifest.get("about", {}),
        "public_key": manifest.get("public_key"),
        "fingerprint": verdict.key if manifest else None,
        "stamped_at": verdict.stamped_at.isoformat() if verdict.stamped_at else None,
        "stamp_vouched": verdict.stamp_vouched,
    }


def _harmless(line: str) -> str:
    """Return a line in which nothing rules the terminal: a name in a file could write over what is said of it."""
    return "".join(sign if sign.isprintable() or sign == _FIXED else ascii(sign)[1:-1] for sign in line)


def _lines(one: dict[str, Any]) -> Iterator[str]:
    if one["whole"]:
        yield _("%(file)s: as it was sealed.") % one
    else:
        yield _("%(file)s: NOT as it was sealed.") % one
        yield from (f"  – {_sentence(Fault(f['fault'])) % f}" for f in one["faults"])
    if one["number"] is None:
        return
    if one["whole"] and not one["as_packed"]:
        yield "  " + _("Its files are as they were sealed; the ZIP around them was packed anew.")
    about = one["about"]
    yield (
        "  "
        + _("Seal %(number)s of %(sealed_at)s") % one
        + (f", {about['organisation']}" if about.get("organisation") else "")
    )
    yield "  " + _("Key: %(fingerprint)s (compare it with the one the organisation publishes)") % one
    if one["stamped_at"] and one["stamp_vouched"]:
        yield "  " + _("Existed on %(stamped_at)s, as an authority says.") % one
    elif one["stamped_at"]:
        yield "  " + _("Time stamp of %(stamped_at)s; --authority CERTIFICATE checks who says so.") % one


def _sentence(fault: Fault) -> str:
    return {
        Fault.NOT_SEALED: _("it is no sealed file, or its manifest can no longer be read"),
        Fault.TOO_LARGE: _("it unpacks to more than a sealed file holds"),
        Fault.FORGED: _("the signature is not that of its manifest"),
        Fault.OTHER_KEY: _("it is sealed with another key than the one given"),
        Fault.CHANGED: _("%(name)s was changed"),
        Fault.MISSING: _("%(name)s was taken away"),
        Fault.ADDED: _("%(name)s was added"),
        Fault.TWICE: _("%(name)s is in it twice"),
        Fault.HIDDEN: _("it holds bytes that belong to no file on its list"),
        Fault.STAMP: _("the time stamp is not its own, or nobody vouches for it"),
        Fault.CHAIN: _("it does not name the seal before it (%(name)s)"),
    }[fault]
