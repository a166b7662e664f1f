"""Reading who comes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from cordee.enrolment.models import Enrolment
from cordee.enrolment.rules import Person
from cordee.kernel.names import is_email, normal_email, tidy

_ADDRESS = re.compile(r"[^\s<>,;|\"'()\[\]]+@[^\s<>,;|\"'()\[\]]+")
_BRACKETED = re.compile(r"\s*(?P<name>[^<>;\t]*?)\s*<\s*(?P<email>[^<>]*)\s*>\s*")


def enrolments(session_id: int) -> list[Enrolment]:
    """Return who is on the list of a session, by last name: one query."""
    found = Enrolment.objects.filter(session_id=session_id, cancelled_at=None).select_related("participant")
    return list(found.order_by("participant__last_name", "participant__first_name", "participant__email", "pk"))


def enrolment(enrolment_id: int) -> Enrolment | None:
    return (
        Enrolment.objects.select_related("participant", "session__mission__order__client")
        .filter(pk=enrolment_id)
        .first()
    )


def by_ids(enrolment_ids: Iterable[int]) -> list[Enrolment]:
    """Return these enrolments with their participants, cancelled ones included."""
    return list(Enrolment.objects.filter(pk__in=set(enrolment_ids)).select_related("participant"))


def told_about(session_id: int) -> list[Enrolment]:
    """Return everybody ever on the list of a session, cancelled ones included."""
    return list(Enrolment.objects.filter(session_id=session_id).select_related("participant"))


def counts(session_ids: Iterable[int]) -> dict[int, int]:
    """Return how many people are on the list of each session, in one query."""
    rows = Enrolment.objects.filter(session_id__in=set(session_ids), cancelled_at=None).values("session_id")
    return {row["session_id"]: row["n"] for row in rows.annotate(n=Count("pk"))}


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line of a paste: its number (from 1), the text as pasted, and who it was understood to be."""

    number: int
    text: str
    person: Person


def read_lines(text: str) -> list[PastedLine]:
    """Understand pasted lines: `Name <mail>`, `mail;first;last`, tabs, commas, or an address alone.

    Every line with something on it gives at least one person: nothing pasted is lost.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        for piece in _pieces(line):
            if tidy(piece) and not _is_header(piece):
                found.append(PastedLine(number, piece.strip(), _person(piece)))
    return found


def _pieces(line: str) -> list[str]:
    """Split a line that holds several people: `A <a@x>; B <b@x>`, or several addresses alone."""
    if len(_ADDRESS.findall(line)) > 1:
        return [piece for piece in re.split(r"[;,](?=[^;,]*@)", line) if piece.strip(" ;,")]
    return [line]


def _is_header(piece: str) -> bool:
    words = {w.strip(' "') for w in re.split(r"[;,\t|]", piece.casefold())}
    return bool(words & {"nom", "name", "last name", "prénom", "prenom", "first name"}) and "@" not in piece


def _person(piece: str) -> Person:
    bracketed = _BRACKETED.fullmatch(piece.strip(" \t;,"))
    if bracketed:
        first, last = _split_name(bracketed["name"].strip("\"' "))
        return Person(email=normal_email(bracketed["email"]), first_name=first, last_name=last)
    cells = [tidy(c).strip("\"' ") for c in re.split(r"[;\t|,]", piece)]
    email_at = next((i for i, cell in enumerate(cells) if "@" in cell), None)
    if email_at is None:
        first, last = _names([c for c in cells if c])
        return Person(first_name=first, last_name=last)
    before, email = _email_in(cells[email_at])
    names = [c for c in (*cells[:email_at], before, *cells[email_at + 1 :]) if c]
    first, last = _names(names)
    return Person(email=email, first_name=first, last_name=last)


def _email_in(cell: str) -> tuple[str, str]:
    """Return what stands before the address in a cell, and the address."""
    if is_email(normal_email(cell)):
        return "", normal_email(cell)
    *before, last = cell.split(" ")
    return " ".join(before), normal_email(last.strip("<>()"))


def _names(cells: list[str]) -> tuple[str, str]:
    """Return first and last name from one or two cells: `first;last`, unless capitals tell otherwise."""
    if not cells:
        return "", ""
    if len(cells) == 1:
        return _split_name(cells[0])
    first, last = cells[0], cells[1]
    if first.isupper() and not last.isupper() and len(first) > 1:
        first, last = last, first
    return first, last


def _split_name(name: str) -> tuple[str, str]:
    """Split a whole name: `Last, First`; capitals are the last name; else the first word is the first name."""
    if "," in name:
        last, _, first = name.partition(",")
        return tidy(first), tidy(last)
    words = tidy(name).split(" ")
    upper = [w for w in words if w.isupper() and len(w) > 1]
    if upper and len(upper) < len(words):
        return " ".join(w for w in words if w not in upper), " ".join(upper)
    return (words[0], " ".join(words[1:])) if len(words) > 1 else ("", words[0])
