"""How people compare keys. Loads nothing that seals."""

from hashlib import sha256


def fingerprint(public_key: str) -> str:
    """Return a public key as people compare it: the first half of its SHA-256, in groups of four."""
    digits = sha256(public_key.encode()).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
