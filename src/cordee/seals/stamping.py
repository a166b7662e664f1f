"""Time stamps of an authority (RFC 3161): that something existed at a moment, said by somebody else."""

from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from urllib.request import Request, urlopen

from cryptography.x509 import Certificate
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)
from rfc3161_client.tsp import PKIStatus

type Stamp = Callable[[bytes], bytes]
"""Gives the time stamp of some bytes."""
_PATIENCE = 15  # seconds
_LARGEST = 100_000  # bytes of an answer


class NotStamped(Exception):
    """The authority gave no time stamp."""


def authority(url: str) -> Stamp:
    """Return what asks the authority at this address. It raises NotStamped."""

    def stamp(content: bytes) -> bytes:
        asked = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = Request(url, data=asked.as_bytes(), headers=headers)  # noqa: S310 - the operator's own setting
        try:
            with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - as above
                given: bytes = answer.read(_LARGEST)
            response = decode_timestamp_response(given)
        except (OSError, ValueError) as error:
            raise NotStamped(f"{url}: {error}") from error
        if PKIStatus(response.status) not in {PKIStatus.GRANTED, PKIStatus.GRANTED_WITH_MODS}:
            raise NotStamped(f"{url}: {response.status_string}")
        if response.tst_info.nonce != asked.nonce:
            raise NotStamped(f"{url}: the answer is to another question")
        return given

    return stamp


def stamped_at(stamp: bytes, *, of: bytes) -> datetime:
    """Return the moment (UTC) that a time stamp of this content names, without asking who says so.

    Raises ValueError for what is none, or is of something else.
    """
    info = _read(stamp).tst_info
    if info.message_imprint.message != sha256(of).digest():
        raise ValueError("a time stamp of something else")
    return info.gen_time


def is_of(stamp: bytes, content: bytes, *, roots: Sequence[Certificate]) -> bool:
    """Tell whether an authority that one of these certificates vouches for stamped this very content."""
    try:
        builder = VerifierBuilder(roots=list(roots))
        return builder.build().verify_message(_read(stamp), content)
    except (VerificationError, ValueError):
        return False


def _read(stamp: bytes) -> TimeStampResponse:
    return decode_timestamp_response(stamp)
