"""The area of payments in euros."""

from typing import Final

SEPA: Final = frozenset(
    [
        "AD",
        "AL",
        "AT",
        "BE",
        "BG",
        "CH",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GB",
        "GI",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MC",
        "MD",
        "ME",
        "MK",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "RS",
        "SE",
        "SI",
        "SK",
        "SM",
        "VA",
    ]
)
"""The countries to whose accounts a transfer in euros goes like one at home (EPC 409-09, 2025): as IBANs begin."""


def is_within_sepa(iban: str) -> bool:
    """Tell whether an IBAN is of an account to which a transfer in euros goes like one at home."""
    return iban[:2] in SEPA
