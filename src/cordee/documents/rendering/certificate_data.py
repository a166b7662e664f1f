"""What stands on a certificate. Plain JSON, so that it is kept exactly as it was printed."""

from typing import Literal, NotRequired, TypedDict

type CertificateKind = Literal["participation", "realisation"]


class CertifiedHalfDay(TypedDict):
    """A half-day on which somebody was there; day and times are local to the session."""

    day: str
    starts: str
    ends: str
    minutes: int
    """For which they were there."""


class CertifiedLevel(TypedDict):
    """What the check at the end found, in per cent; `before` where it can be compared with the start."""

    before: int | None
    after: int
    basis: NotRequired[Literal["self", "right", "both"]]
    """Who says so: they themselves on scales, right answers, or both; certificates from before it was told lack it."""


class Certified(TypedDict):
    """What is certified of somebody. When this changes, it is another certificate."""

    kind: CertificateKind
    language: Literal["fr", "en"]
    person: str
    client: str
    employer: bool
    """Whether the client is a company that sends its own staff."""
    title: str
    ref: str
    """Of the session, or of the mission."""
    first_day: str
    last_day: str
    minutes: int
    half_days: list[CertifiedHalfDay]
    """None on a certificate of realisation: it tells the whole."""
    remote: bool
    learned: NotRequired[CertifiedLevel | None]
    """On certificates of participation, where the service wants it there and the check was given."""


class CertificateIssuer(TypedDict):
    """The training organisation, as it was when the certificate was issued."""

    name: str
    legal_form: str
    siret: str
    activity_declaration_number: str
    prefect_region: str
    address: str
    city: str
    representative: str
    representative_role: str
    accent_colour: str
    logo: str
    """SHA-256 of the picture; empty for none."""


class CertificateContent(Certified):
    """All that is printed on a certificate."""

    number: str
    issued_on: str
    confirmed_at: str
    """The address in the QR code."""
    replaces: NotRequired[str]
    """The number of the certificate that it replaces."""
    organisation: CertificateIssuer
