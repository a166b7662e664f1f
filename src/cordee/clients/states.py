"""The sectors a client belongs to: they drive fees and whether participants must be enrolled beforehand."""

from enum import StrEnum


class Sector(StrEnum):
    COMPANY = "company"
    ASSOCIATION = "association"
    PUBLIC_BODY = "public_body"
    EDUCATION = "education"


ENROLMENT_OPTIONAL = frozenset({Sector.EDUCATION})
