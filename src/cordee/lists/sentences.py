"""People named in a sentence: `Merci d'inscrire Ana Roux (ana@asso.example) et Léo Bel, leo@asso.example`."""

import re
from itertools import pairwise

from cordee.lists.addresses import TOKEN
from cordee.lists.letters import is_capitals, key, tidy
from cordee.lists.words import FIRST_NAMES, NOT_NAMES, PARTICLES

_WORDS = r"(?:et|and|&|ainsi que|puis|plus|und|y|e)"
_OPENS = re.compile(rf"^[\s,;).:]*{_WORDS}\s+(?=[^\W\d_])", re.IGNORECASE)
_ENDS = re.compile(rf"(?<=[\w)]) *,? {_WORDS}\s*$", re.IGNORECASE)
_SIGNS = " ,;:.()[]–—-"
_SPOKEN_TO = frozenset({"mme", "mlle", "monsieur", "madame", "mademoiselle", "m", "mr"})
_ANNOUNCING = re.compile(
    r"(?:ront|rons|rait|raient|ent|ez|crire|viter|crits?|crites?|ajouter|convoquer|vient|viens|participe|present)$"
)
_LONGEST_NAME = 5
_PAIR = 2


def people_in(line: str) -> list[tuple[str, str]]:
    """Return for each address of a sentence the part it stands in, and `name <address>`; nothing when the line
    is no sentence.

    People are told apart by their addresses; at least two of them are joined by a word (`et`, `ainsi que`).
    """
    tokens = [] if "<" in line else list(TOKEN.finditer(line))
    if len(tokens) < _PAIR:
        return []
    front = any(map(str.isalpha, line[: tokens[0].start()]))
    edges = [
        0,
        *(token.end() if front else token.start() for token in (tokens[:-1] if front else tokens[1:])),
    ]
    parts = [line[start:end] for start, end in pairwise((*edges, len(line)))]
    beside = [_beside(part, front=front) for part in parts]
    joins = _OPENS if front else _ENDS
    names = [tidy(joins.sub("", text)).strip(_SIGNS) for text in beside]
    if not any(map(joins.search, beside)) or not all(names):
        return []
    emails = [token[0].strip(_SIGNS) for token in tokens]
    return [
        (part.strip(), f"{name_in(name)} <{email}>")
        for part, name, email in zip(parts, names, emails, strict=True)
    ]


def _beside(part: str, *, front: bool) -> str:
    """Return what stands in front of the address in a part, or behind it."""
    found = TOKEN.search(part)
    if found is None:
        return ""
    return part[: found.start()] if front else part[found.end() :]


def name_in(text: str) -> str:
    """`Participeront Ana Roux`, `Merci d'inscrire Mme Roux`: the name alone; the whole text when it is one."""
    words = text.replace("d'", "d' ").replace("d’", "d’ ").split(" ")
    for at in range(len(words) - 1, 0, -1):
        if key(words[at - 1]) in _SPOKEN_TO and len(words) - at <= _LONGEST_NAME:
            return " ".join(words[at:])
    start = 0
    for at, word in enumerate(words[:-1], start=1):
        if _announces(word):
            start = at
    while start and start < len(words) - 1 and words[start].islower() and key(words[start]) not in PARTICLES:
        start += 1
    return " ".join(words[start:])


def _announces(word: str) -> bool:
    plain = key(word)
    known = plain in FIRST_NAMES or is_capitals(word)
    return not known and (plain in NOT_NAMES or bool(_ANNOUNCING.search(plain)))
