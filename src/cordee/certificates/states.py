"""What is certified, and where a certificate stands."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    PARTICIPATION = "participation"
    """To somebody who was on a session (attestation de participation)."""
    REALISATION = "realisation"
    """To the funder, of somebody on all sessions of a mission: the ministry's certificat de réalisation
    (arrêté of 21 December 2018, art. 1).
    """


SERIES: Final = {Kind.PARTICIPATION: "AP", Kind.REALISATION: "CR"}
"""How their numbers begin: AP-2027-0001."""


class Standing(StrEnum):
    """Where a certificate stands: computed, from what came after it."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


CODE_BYTES: Final = 18
"""Of chance in the address by which a certificate is confirmed: 144 bits, nobody comes upon one by guessing."""
