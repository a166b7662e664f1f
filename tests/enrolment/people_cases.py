"""Who is the same person: one table for the rule and for every door people come in by."""

from dataclasses import dataclass

from cordee.enrolment.rules import Person


def person(text: str) -> Person:
    """Return somebody written as `First/Last address`; each part may be missing."""
    name, _space, email = text.rpartition(" ") if "@" in text else (text, "", "")
    first, _slash, last = name.partition("/")
    return Person(email=email, first_name=first, last_name=last)


@dataclass(frozen=True, slots=True)
class Case:
    """People as they are given, and those who stand on the list afterwards."""

    name: str
    given: tuple[str, ...]
    on_list: tuple[str, ...]

    def __str__(self) -> str:
        return self.name

    @property
    def people(self) -> list[Person]:
        return [person(text) for text in self.given]

    @property
    def all_named(self) -> bool:
        return all(p.first_name for p in self.people)

    @property
    def all_addressed(self) -> bool:
        return all(p.email for p in self.people)


CASES = (
    Case(
        "two people at one address",
        ("Zoé/Roux a@x.fr", "Marc/Blanc a@x.fr"),
        ("Zoé/Roux a@x.fr", "Marc/Blanc a@x.fr"),
    ),
    Case(
        "five people behind two mailboxes",
        ("Ana/Ba a@x.fr", "Bo/Cy a@x.fr", "Dan/Em b@x.fr", "Eva/Li b@x.fr", "Gus/Ho a@x.fr"),
        ("Ana/Ba a@x.fr", "Bo/Cy a@x.fr", "Dan/Em b@x.fr", "Eva/Li b@x.fr", "Gus/Ho a@x.fr"),
    ),
    Case(
        "accents, capitals, hyphens and order of names do not matter",
        ("Zoé-Anne/d'Hérouville a@x.fr", "D’HEROUVILLE/zoe anne A@X.fr"),
        ("Zoé-Anne/d'Hérouville a@x.fr",),
    ),
    Case("the same name without an address", ("Ana/Ba", "ana/BA"), ("Ana/Ba",)),
    Case("an address completes a name", ("Ana/Ba", "Ana/Ba a@x.fr"), ("Ana/Ba a@x.fr",)),
    Case("a name completes an address", (" a@x.fr", "Ana/Ba a@x.fr"), ("Ana/Ba a@x.fr",)),
    Case("a last name completes a first name", ("Ana a@x.fr", "Ana/Ba a@x.fr"), ("Ana/Ba a@x.fr",)),
    Case("an address alone is the only one who has it", ("Ana/Ba a@x.fr", " a@x.fr"), ("Ana/Ba a@x.fr",)),
    Case("a name alone is the only one who has it", ("Ana/Ba a@x.fr", "Ba/Ana"), ("Ana/Ba a@x.fr",)),
    Case(
        "a first name alone is the only one of them",
        ("Ana/Ba a@x.fr", "Bo/Ba a@x.fr", "Ana a@x.fr"),
        ("Ana/Ba a@x.fr", "Bo/Ba a@x.fr"),
    ),
    Case(
        "one name more is somebody else",
        ("Jean/Petit a@x.fr", "Jean-Pierre/Petit a@x.fr"),
        ("Jean/Petit a@x.fr", "Jean-Pierre/Petit a@x.fr"),
    ),
    Case(
        "two people of one name",
        ("Ana/Ba a@x.fr", "Ana/Ba b@x.fr"),
        ("Ana/Ba a@x.fr", "Ana/Ba b@x.fr"),
    ),
    Case(
        "a name of one word",
        ("Suharto a@x.fr", "suharto a@x.fr", "/Suharto a@x.fr"),
        ("Suharto a@x.fr",),
    ),
    Case(
        "other scripts",
        ("王/小明 a@x.fr", "王/小红 a@x.fr", "小明/王 a@x.fr"),
        ("王/小明 a@x.fr", "王/小红 a@x.fr"),
    ),
)
UNSURE = (
    Case(
        "an address alone that several have",
        ("Ana/Ba a@x.fr", "Bo/Cy a@x.fr", " a@x.fr"),
        ("Ana/Ba a@x.fr", "Bo/Cy a@x.fr"),
    ),
    Case(
        "a name alone that several have",
        ("Ana/Ba a@x.fr", "Ana/Ba b@x.fr", "Ana/Ba"),
        ("Ana/Ba a@x.fr", "Ana/Ba b@x.fr"),
    ),
    Case(
        "a last name alone that several at the address have",
        ("Ana/Ba a@x.fr", "Bo/Ba a@x.fr", "/Ba a@x.fr"),
        ("Ana/Ba a@x.fr", "Bo/Ba a@x.fr"),
    ),
)
"""The last of each is asked about."""
