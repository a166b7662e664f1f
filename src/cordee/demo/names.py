"""Invented people: facilitators of the network, and those who come to sessions."""

import random
import re
from importlib.resources import files

from cordee.enrolment.rules import Person
from cordee.kernel.names import search_key


def seeds(name: str) -> list[str]:
    """Return the lines of a file of `seeds/`."""
    return files("cordee.demo").joinpath(f"seeds/{name}.txt").read_text(encoding="utf-8").splitlines()


FACILITATORS = seeds("facilitators")

_FIRST = seeds("first_names")

_LAST = seeds("last_names")

OTHER_SCRIPTS = (
    ("Ελένη", "Παπαδοπούλου", "e.papadopoulou"),
    ("Γιώργος", "Νικολαΐδης", "g.nikolaidis"),
    ("ليلى", "حداد", "l.haddad"),
    ("يوسف", "المنصوري", "y.almansouri"),
    ("Thị Hồng Hạnh", "Nguyễn", "hh.nguyen"),
    ("Văn Phước", "Trần", "vp.tran"),
    ("Олена", "Шевченко", "o.chevtchenko"),
    ("נועה", "לוי", "n.levy"),
)
_WITHOUT_ADDRESS = 0.04
_OTHER_SCRIPT = 0.012


def slug(text: str) -> str:
    """Return `text` as it would stand in an address."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(text)).strip("-")


def address(first_name: str, last_name: str, domain: str) -> str:
    """Return the address somebody would have: `first.last@domain`."""
    return f"{slug(first_name)}.{slug(last_name)}@{domain}"


def people(rng: random.Random, count: int, domain: str) -> list[Person]:
    """Return `count` different people who would have an address at `domain`; a few have none."""
    found: dict[tuple[str, str], Person] = {}
    while len(found) < count:
        if rng.random() < _OTHER_SCRIPT:
            first, last, local = rng.choice(OTHER_SCRIPTS)
            email = f"{local}@{domain}"
        else:
            first, last = rng.choice(_FIRST), rng.choice(_LAST)
            email = address(first, last, domain)
        if rng.random() < _WITHOUT_ADDRESS:
            email = ""
        found.setdefault((first, last), Person(email=email, first_name=first, last_name=last))
    return list(found.values())


def phone(rng: random.Random) -> str:
    """Return a number of the range kept for films and books: nobody answers."""
    return f"06 39 98 {rng.randrange(100):02d} {rng.randrange(100):02d}"
