"""One name as typed, without what stands around it: civility, office, phone, remark, name at birth."""

import re

from cordee.lists.letters import is_capitals, key, tidy
from cordee.lists.words import ARTICLES, CIVILITIES, FIRST_NAMES, NO_NAME, NO_VALUE, OFFICES, PARTICLES, WORK

_BRACKETED = re.compile(r"[(\[][^()\[\]]*[)\]]$")
_DUTCH = frozenset({"'t ", "'s "})
_QUOTES = " \"'“”«»‹›‘’`´;,|*•·"
_SEVERAL = re.compile(r"\s(?:et|and|&|\+)\s")
_HALF_HYPHEN = re.compile(r"(?<=\w)- (?=\w)|(?<=\w) -(?=\w)")
_PARTS = re.compile(" [/|–—-] ")
_SIGN = 3
_PHONE = 8
_PHONE_WORDS = frozenset({"tel", "telephone", "portable", "mobile", "mob", "t", "p", "port"})
_ALSO_NAMES = frozenset({"maire", "chef", "maitre", "prieur"})
_TRADE = re.compile("(?:eur|euse|trice|iste|logue|cien|cienne|aire|prenti|prentie|jointe?|stagiaire|teuse)$")
"""How words for what somebody does end."""
_ALONE = frozenset({"mme", "mlle", "mr", "monsieur", "madame", "mademoiselle", "mrs", "ms"})
_MARK = re.compile(r" [(\[:–-] ?|: ?")
"""What stands before the words that say that there is no address."""
_LONGEST_NOTHING = 40
_BORN = frozenset({"nee", "ne", "ex"})
_MARRIED = frozenset({"epouse", "ep"})
_BOTH = 2
LONGEST = 300
"""Longer than any name: not looked into."""


def clean(text: str) -> str:
    """Return one name without quotes around it, civility in front, or words that say there is none."""
    if len(text) > LONGEST or is_several(text):
        return tidy(text)
    text = drop_civility(unquoted(before_office(without_phone(without_nothing(text)))))
    text = hyphenated(in_use(drop_title(text)))
    return "" if key(text) in NO_NAME or text.lower() in _ALONE else text


def is_several(text: str) -> bool:
    """Tell whether two people stand where one should: `M. et Mme Dupont`, `Jean and Léa Roux`."""
    return bool(_SEVERAL.search(text))


def unquoted(text: str) -> str:
    text = tidy(text)
    if text[:1] in {"-", "–"} and text[1:2] == " ":
        text = text[2:]
    if text[:3].lower().replace("’", "'") in _DUTCH:
        return text.rstrip(_QUOTES)
    if text.endswith(("'", "’")) and not text.startswith(("'", "’", "‘")):
        return text.strip(_QUOTES.replace("'", "").replace("’", ""))
    return text.strip(_QUOTES)


def drop_civility(text: str) -> str:
    """`Mme DE SOUSA Ana`, `M. Dupont`, `Dr. Ana`, `Dupont Ana (Mme)`: without the civility."""
    before, bracket, inside = text.rpartition("(")
    if bracket and key(inside) in CIVILITIES:
        text = before.strip()
    words = text.split(" ")
    while len(words) > 1 and _is_civility(words[0]):
        words = words[1:]
    if len(words) > 1 and words[0].count(".") == 1 and key(words[0].partition(".")[0]) in CIVILITIES:
        words[0] = words[0].partition(".")[2]  # `M.Dupont Jean`
    return " ".join(words)


def drop_title(text: str) -> str:
    """`le Directeur Marc DUPONT`, `l'infirmière Ana Roy`, `la chargée de mission Ana Roy`: without what somebody is,
    where a name is left.
    """
    article, noun, rest = _opening(text)
    words = rest.split(" ")
    behind = next((at for at, word in enumerate(words) if word[:1].isupper()), len(words))
    if not noun or behind == len(words) or not _is_title(article, noun, words, behind):
        return text
    return drop_civility(" ".join(words[behind:]))


def _opening(text: str) -> tuple[str, str, str]:
    """Return the article in front of a text, the word it belongs to, and what follows."""
    first, _, rest = text.partition(" ")
    if (elided := first[:2].lower().replace("’", "'")) == "l'" and first[2:]:
        return elided, first[2:], rest
    if key(first) in ARTICLES and first.isalpha():
        noun, _, rest = rest.partition(" ")
        return first, noun, rest
    return "", first, rest


def _is_title(article: str, noun: str, words: list[str], behind: int) -> bool:
    """Tell whether a word in front of a name says what somebody is: `Le Maire Bruno`, `le goff Ana` are names."""
    known = key(noun) in OFFICES if not article and noun[:1].isupper() else key(noun) in OFFICES | WORK
    left = len(words) - behind
    if known:
        return article[:1].islower() or left >= _BOTH or not (article and key(noun) in _ALSO_NAMES)
    if not article or not noun.islower():
        return False
    return bool(_TRADE.search(key(noun))) or (
        article != "l'"
        and left >= _BOTH
        and key(words[behind]) in FIRST_NAMES
        and key(words[-1]) not in FIRST_NAMES
    )


def before_office(text: str) -> str:
    """`Jean Dupont – Responsable RH`: what stands in front of somebody's work."""
    kept: list[str] = []
    for part in _PARTS.split(text):
        if kept and WORK.intersection(key(part).split(" ")):
            break
        kept.append(part)
    return text[: sum(map(len, kept)) + _SIGN * (len(kept) - 1)]


def without_phone(text: str) -> str:
    """Return a text without the telephone number behind it."""
    before = text.rstrip("0123456789 .+()-/")
    figures = sum(map(str.isdigit, text[len(before) :]))
    if figures < _PHONE or not before:
        return text
    words = before.rstrip(" :.,;").split(" ")
    return " ".join(words[:-1] if len(words) > 1 and key(words[-1]) in _PHONE_WORDS else words)


def _is_civility(word: str) -> bool:
    return (
        word.endswith(".") or word[:1].isupper() or word in {"mme", "mlle", "madame", "monsieur"}
    ) and key(word) in CIVILITIES


def without_remark(text: str) -> str:
    """Return a name without what stands in brackets behind it."""
    return _BRACKETED.sub("", text.rstrip()).rstrip()


def without_nothing(text: str) -> str:
    """`Ana Roux (sans adresse)`, `Ana Roux - néant`: without what says that there is no address."""
    for mark in _MARK.finditer(text[:LONGEST]):
        said = text[mark.end() : LONGEST].removesuffix(")").removesuffix("]")
        if mark.start() and len(said) <= _LONGEST_NOTHING and key(said) in NO_VALUE:
            return text[: mark.start()]
    return text


def in_use(text: str) -> str:
    """`ROUX née PETIT Ana`, `PETIT épouse ROUX Ana`: the name in use alone."""
    words = text.split(" ")
    plain = [key(word) for word in words]
    at = next((i for i in range(1, len(words) - 1) if plain[i] in _BORN | _MARRIED and words[i].islower()), 0)
    at = at or next(
        (i for i in range(1, len(words)) if words[i][0] == "(" and plain[i] in _BORN | _MARRIED), 0
    )
    if not at:
        return text
    if plain[at] in _MARRIED:
        family = next((i for i in range(at) if is_capitals(words[i]) == is_capitals(words[at - 1])), at - 1)
        return " ".join((*words[:family], *words[at + 1 :])).replace("(", "").replace(")", "")
    end = at + 1
    while end < len(words) - 1 and plain[end] in PARTICLES:
        end += 1
    while end < len(words) - 1 and is_capitals(words[end]) and is_capitals(words[end + 1]):
        end += 1
    return " ".join((*words[:at], *words[end + 1 :]))


def hyphenated(text: str) -> str:
    """`Jean - Marc`, `DUPONT -MARTIN`: one name with spaces around its hyphen; `DUPONT - Jean` are two."""
    words = _HALF_HYPHEN.sub("-", text).split(" - ")
    joined = words[0]
    for after in words[1:]:
        one, two = joined.rpartition(" ")[2], after.partition(" ")[0]
        pair = {is_capitals(one), is_capitals(two)} == {True} or {key(one), key(two)} <= FIRST_NAMES
        joined = f"{joined}{'-' if pair and one and two else ' - '}{after}"
    return joined
