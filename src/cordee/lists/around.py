"""The mail around a list: what it answers, what it quotes, and who signed it. Nobody there is enrolled unasked."""

from collections.abc import Sequence

from cordee.lists.grids import Line
from cordee.lists.letters import key
from cordee.lists.sorting import heads_an_answer, is_about_the_mail
from cordee.lists.words import FIRST_NAMES, ORGANISATIONS, WORK

_RULES = (
    "message d origine",
    "message original",
    "message initial",
    "message transfere",
    "message reexpedie",
    "debut du message",
    "original message",
    "forwarded message",
    "begin forwarded message",
    "ursprungliche nachricht",
    "weitergeleitete nachricht",
    "mensaje original",
    "mensaje reenviado",
    "messaggio originale",
    "messaggio inoltrato",
    "oorspronkelijk bericht",
    "doorgestuurd bericht",
    "mensagem original",
    "mensagem encaminhada",
    "missatge original",
)
"""What stands above a mail that is answered or passed on."""
_LONGEST_RULE = 60
_LONGEST_SIGNATURE = 12
_PHONE = 8
_QUOTE = ">"
_SENDER = frozenset({"de", "from", "von"})
_PAIR = 2


def asked_about(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that belong to the mail around the list, where a list stands beside it."""
    people = [at for at, line in enumerate(lines) if "@" in line.text and not is_about_the_mail(line)]
    return frozenset(
        lines[at].number
        for at in {*_answered(lines, people), *_quoted(lines, people), *_signing(lines, people)}
    )


def _answered(lines: Sequence[Line], people: Sequence[int]) -> range:
    """Return the positions of the mail that is answered below a list."""
    end = len(lines)
    start = people[0] + 1 if people else end
    return range(next((at for at in range(start, end) if _opens_an_answer(lines, at)), end), end)


def _opens_an_answer(lines: Sequence[Line], at: int) -> bool:
    text = lines[at].text
    opening = key(text) if len(text) <= _LONGEST_RULE else ""
    if opening.startswith(_RULES) and not text[:1].isalnum():
        return True
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    if heads_an_answer(text) or ("@" in text and heads_an_answer(f"{text} {below}")):
        return True
    name, colon, _ = text.partition(":")
    return bool(colon) and key(name) in _SENDER and ":" in below and is_about_the_mail(lines[at])


def _quoted(lines: Sequence[Line], people: Sequence[int]) -> list[int]:
    """Return the positions of quoted lines, where people stand in others."""
    quoted = [at for at, line in enumerate(lines) if line.text.lstrip().startswith(_QUOTE)]
    return quoted if set(people) - set(quoted) and quoted else []


def _signing(lines: Sequence[Line], people: Sequence[int]) -> range:
    """Return the positions of the name that somebody signed with, and of what they say of themselves below it."""
    end = len(lines)
    rows = (
        [at for at in range(people[-1], end) if "@" in lines[at].text or len(lines[at].filled) > _PAIR]
        if people
        else []
    )
    start = rows[-1] + 1 if rows else _last_block(lines)
    if not start or end - start > _LONGEST_SIGNATURE:
        return range(end, end)
    works = any(_names_work(lines[at]) for at in people)
    for at in range(start, end):
        if lines[at].blank:
            continue
        if _is_about_work(lines[at]):
            named = [i for i in range(start, at) if not lines[i].blank]
            return range(named[-1], end) if named else range(end, end)
        if not works and _names_work(lines[at]):
            return range(at, end)
    return _lone_name(lines, people, start)


def _lone_name(lines: Sequence[Line], people: Sequence[int], start: int) -> range:
    """Return the position of a name alone, a blank line below a list in which everybody has an address."""
    end = len(lines)
    filled = [at for at in range(start, end) if not lines[at].blank]
    alone = len(filled) == 1 and filled[0] > start and len(lines[filled[0]].filled) == 1
    together = len(people) >= _PAIR and list(people) == list(range(people[0], people[-1] + 1))
    return range(filled[0], end) if alone and together else range(end, end)


def _last_block(lines: Sequence[Line]) -> int:
    """Return where the lines behind the last blank one begin: 0 when none is."""
    end = len(lines)
    while end and lines[end - 1].blank:
        end -= 1
    return next((at + 1 for at in range(end - 1, -1, -1) if lines[at].blank), 0)


def _is_about_work(line: Line) -> bool:
    """Tell whether a line says what somebody does, or where, or how they are called by telephone, and names nobody."""
    words = key(" ".join(line.filled)).split(" ")
    if words[0] in WORK | ORGANISATIONS:
        return not FIRST_NAMES.intersection(words[1:])
    named = [word for word in words if word.isalpha() and len(word) > _PAIR]
    figures = sum(map(str.isdigit, line.text))
    return figures >= _PHONE and len(named) <= 1


def _names_work(line: Line) -> bool:
    """Tell whether a line names somebody and says what they do: `Marie Dupont | Chargée de formation`."""
    return bool(WORK.intersection(key(line.text).split(" ")))
