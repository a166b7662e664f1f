"""Names as typed: which words are the first name, which the last."""

import re
from dataclasses import dataclass
from enum import StrEnum

from cordee.lists.cleaning import LONGEST, clean, is_several
from cordee.lists.letters import is_capitals, key
from cordee.lists.words import FIRST_NAMES, PARTICLES, SOFT_PARTICLES

_ELIDED = re.compile(r"^(?:d|l|dell|all|o)['’](?=\w)", re.IGNORECASE)
_MIXED_CAPITALS = re.compile(r"^(?:Mc|Mac|De|Di|La|Le|Van|O['’]|[Dd]['’]|[Ll]['’])[A-ZÀ-Þ]{2,}$")
_INITIALS = re.compile(r"^[A-Za-zÀ-ÿ]\.?$|^(?:[A-Za-zÀ-ÿ]\.-?){2,3}$|^[A-ZÀ-Þ]-[A-ZÀ-Þ]\.?$")
_SON_OF = re.compile(r"(?:Mac|Mc|Fitz|O['’])[A-ZÀ-Þ][a-zà-ÿ]")
"""How last names begin that are written with a capital inside: `MacDonald`."""
_FAMILY_FIRST = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BETWEEN = re.compile(r" [/|–-] ")
_BOTH, _MANY = 2, 3


class Order(StrEnum):
    FIRST_LAST = "first_last"
    LAST_FIRST = "last_first"


@dataclass(frozen=True, slots=True)
class Name:
    first: str = ""
    last: str = ""
    sure: bool = False
    """Something in the name itself told (a comma, capitals), not a custom."""


def split(text: str, order: Order | None = None) -> Name:
    """Split a whole name. `order` is what the list's header or its other rows tell, where they tell.

    A comma or capitals decide; then particles; then scripts in which the family comes first; then `order`.
    With nothing to go by: all in capitals, the last name is first (as on French lists), else the first name.
    """
    text = clean(text)
    if len(text) > LONGEST or is_several(text):
        return Name(last=text)
    text = _without_sign_between(text)
    if "," in text:
        last, _, first = text.partition(",")
        if "," in first or (is_whole_name(last) and is_whole_name(first)):
            return Name(last=text)  # several people
        return Name(clean(first), clean(last), sure=True)
    words = text.split(" ") if text else []
    if len(words) < _BOTH:
        return Name(last=text)
    return _by_capitals(words) or _by_custom(words, order)


def is_whole_name(text: str) -> bool:
    """Tell whether a text surely is a first and a last name: capitals or a known first name say so."""
    words = clean(text).split(" ")
    if len(words) < _BOTH or "@" in text:
        return False
    known = [key(word) in FIRST_NAMES for word in (words[0], words[-1])]
    return split(text).sure or (known[0] != known[1])


def _without_sign_between(text: str) -> str:
    """`DUPONT / Jean`: the sign is none of the names; between two whole names it parts two people."""
    sides = _BETWEEN.split(text)
    return " ".join(sides) if len(sides) == _BOTH and " " not in min(sides, key=len) else text


def _by_capitals(words: list[str]) -> Name | None:
    """The last name is the run of capitals at one end, with the small particles that lead to it."""
    capital = [
        (is_capitals(word) and not _INITIALS.match(word)) or bool(_MIXED_CAPITALS.match(word))
        for word in words
    ]
    if not any(capital) or all(c or _INITIALS.match(w) for c, w in zip(capital, words, strict=True)):
        return None
    start = capital.index(True)
    end = start + 1
    last = max(at for at, is_capital in enumerate(capital) if is_capital)
    while end < len(words) and (capital[end] or (_leads_on(words[end]) and end < last)):
        end += 1
    while start and _is_particle(words[start - 1]) and _belongs(words, start - 1, end):
        start -= 1
    if not start and end == len(words):
        return None
    first = [*words[:start], *words[end:]]
    return Name(" ".join(first), " ".join(words[start:end]), sure=True)


def _leads_on(word: str) -> bool:
    """Tell whether a word stands inside family names: `DE LA TOUR`, `REIS E SOUZA`, `ORTEGA Y GASSET`."""
    return key(word) in PARTICLES or word in {"E", "Y", "I", "e", "y", "i"}


def _belongs(words: list[str], at: int, end: int) -> bool:
    """Tell whether the particle in front of capitals is theirs: `Jean Le GOFF`, `Mac GREGOR Ian`.

    One that is a first name, too, is only when somebody's first name is left without it.
    """
    opening = key(words[at])
    if words[at].islower() or opening in {"mac", "mc"}:
        return True
    return opening not in SOFT_PARTICLES or at > 0 or end < len(words)


def _by_custom(words: list[str], order: Order | None) -> Name:
    if order is None:
        order = custom(words)
    if order is Order.LAST_FIRST:
        end = _last_name_end(words)
        return Name(" ".join(words[end:]), " ".join(words[:end]))
    if _opens_with_particle(words):
        end = _last_name_end(words)
        return Name(" ".join(words[end:]), " ".join(words[:end]))
    start = next((i for i in range(1, len(words) - 1) if _is_particle(words[i])), None)
    if start is None:
        start = next((i for i in range(1, len(words)) if _ELIDED.match(words[i])), None)
    if start is None:
        start = _first_names(words)
    return Name(" ".join(words[:start]), " ".join(words[start:]))


def by_form(words: list[str]) -> int:
    """Return what script, initials and particles tell: above 0 the first name is first, 0 nothing."""
    if len(words) > _BOTH and (opens := _known_first_name(words, 0)) > 1 and opens < len(words):
        return 1
    if len(words) > _BOTH and any(
        at + _known_first_name(words, at) == len(words) for at in range(1, len(words) - 1)
    ):
        return -1
    if _FAMILY_FIRST.search(words[0]):
        return -1
    if _INITIALS.match(words[0]):
        return 1
    if bool(_SON_OF.match(words[0])) != bool(_SON_OF.match(words[-1])):
        return -1 if _SON_OF.match(words[0]) else 1
    if _INITIALS.match(words[-1]) or _opens_with_particle(words):
        return -1
    inside = len(words) >= _MANY and _is_particle(words[-2])
    return 1 if inside or _ELIDED.match(words[-1]) else 0


def custom(words: list[str]) -> Order:
    """Return the order that these words themselves suggest."""
    if told := by_form(words):
        return Order.FIRST_LAST if told > 0 else Order.LAST_FIRST
    known = [key(word) in FIRST_NAMES for word in (words[0], words[-1])]
    if known == [False, True]:
        return Order.LAST_FIRST
    if known == [True, False]:
        return Order.FIRST_LAST
    return Order.LAST_FIRST if all(is_capitals(word) for word in words) else Order.FIRST_LAST


def _first_names(words: list[str]) -> int:
    """Return how many words are first names: one, or more that are known as such (`Marie Claire Dupont`)."""
    count = known = _known_first_name(words, 0)
    while known and count < len(words) - 1 and (known := _known_first_name(words, count)):
        count += known
    return min(max(count, 1), len(words) - 1)


def _known_first_name(words: list[str], start: int) -> int:
    """Return how many words from `start` make one known first name (`Abd El Kader`): 0 when they make none."""
    for size in (3, 2, 1):
        if start + size <= len(words) and "".join(map(key, words[start : start + size])) in FIRST_NAMES:
            return size
    return 0


def _last_name_end(words: list[str]) -> int:
    """Return where the last name ends that these words begin with: particles and one word,
    or all words up to one that is known as a first name.
    """
    end = 0
    while end < len(words) - 2 and key(words[end]) in PARTICLES:
        end += 1
    end += 1
    return next((at for at in range(end, len(words)) if _known_first_name(words, at)), end)


def _is_particle(word: str) -> bool:
    return key(word) in PARTICLES and "." not in word


def _opens_with_particle(words: list[str]) -> bool:
    opening = key(words[0])
    if len(words) < _MANY or opening not in PARTICLES:
        return bool(_ELIDED.match(words[0])) and words[0][0].islower()
    return words[0].islower() or (opening not in SOFT_PARTICLES and key(words[0]) not in FIRST_NAMES)


def order_told(first: str, last: str, local: str) -> int:
    """Return how far two cells are in the order first, last: above 0 they are, below 0 the other way round.

    Capitals weigh most, then known first names, then the address (`first.last`, as nearly everywhere).
    """
    told = 0
    if is_capitals(last) != is_capitals(first):
        told += 3 if is_capitals(last) else -3
    told += 2 * (_is_first_name(first) - _is_first_name(last))
    return told + address_told(first, last, local)


def _is_first_name(text: str) -> bool:
    return key(text).partition(" ")[0] in FIRST_NAMES


def one_name_told(one: str, two: str, local: str) -> int:
    """Return 1 when the address is the first of two names alone (`ewan@`), -1 when it is the second, else 0: people
    are called by their first name.
    """
    typed = key(local).replace(" ", "").rstrip("0123456789")
    if not typed or key(one) == key(two):
        return 0
    return (typed == key(one).replace(" ", "")) - (typed == key(two).replace(" ", ""))


def address_told(first: str, last: str, local: str) -> int:
    """Return 1 when the address begins with the first name (or its initial), -1 with the last, else 0."""
    one, two = key(first).replace(" ", ""), key(last).replace(" ", "")
    typed = key(local).replace(" ", "").rstrip("0123456789")
    if not one or not two or one == two:
        return 0
    if typed in {one + two, one[0] + two}:
        return 1
    if typed in {two + one, two[0] + one}:
        return -1
    return _initial_told(one, two, local)


def _initial_told(one: str, two: str, local: str) -> int:
    """Return what an address with an initial behind a whole word tells: `roy.a` holds a last name first."""
    whole, dot, initial = local.lower().rstrip("0123456789").partition(".")
    if not dot or len(initial) != 1:
        return 0
    plain = key(whole).replace(" ", "")
    return (plain == two and initial == one[0]) - (plain == one and initial == two[0])
