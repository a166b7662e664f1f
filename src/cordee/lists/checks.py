"""What is wrong with one person as understood, and what would mend it."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from cordee.lists.addresses import Address
from cordee.lists.cleaning import is_several, without_remark
from cordee.lists.letters import is_garbled, key, ungarbled
from cordee.lists.results import MAX_CELL, MAX_LINE, MAX_NAME, Code, Problem, Row, Suggestion, Weight
from cordee.lists.words import FIRST_NAMES, NOT_NAMES, PARTICLES, WORK

_FORMULA = re.compile(r"^=|^[+@-].*[(|!]|^@SUM", re.IGNORECASE)
_ODD = re.compile(r"[\d,:;!?@#/\\<>{}=|_~^$€£%*+\[\]()&]|^[^\w]+$")
_LONGEST_ADDRESS = 320
_PAIR = 2
_TRUTHS = frozenset({"true", "false", "vrai", "faux"})


@dataclass(slots=True)
class Draft:
    """One person on the way to a row."""

    line: int
    text: str
    sheet: str = ""
    address: Address = field(default_factory=Address)
    typed_email: str = ""
    first: str = ""
    last: str = ""
    group: str = ""
    extras: dict[str, str] = field(default_factory=dict)
    swapped: tuple[str, str] | None = None
    """First and last name as they probably are, when they stand the other way round."""
    misplaced: Suggestion | None = None
    """Where an address and a name stand in each other's column: the row put right."""
    rest: tuple[str, str] | None = None
    """First and last name as they may be, when a column that was not understood may hold the rest of a name."""
    unread: str = ""
    """Words that are not understood as anybody's: a remark, a greeting, a header."""


def judged(draft: Draft) -> Row:
    """Return the row with everything that is wrong with it and one suggestion for all of it."""
    problems: list[Problem] = []
    mended: dict[str, str] = {}
    _judge_address(draft, problems, mended)
    for name in ("first_name", "last_name"):
        _judge_name(name, draft.first if name == "first_name" else draft.last, problems, mended)
    if _FORMULA.match(draft.group):
        problems.append(Problem(Code.FORMULA, "group", draft.group))
    if draft.misplaced:
        problems = [p for p in problems if p.field not in {"email", "first_name", "last_name"}]
        problems.append(Problem(Code.SWAPPED_COLUMNS, "email", draft.typed_email))
    elif draft.swapped:
        problems.append(Problem(Code.SWAPPED_COLUMNS, "first_name", draft.first))
        mended["first_name"], mended["last_name"] = draft.swapped
    if draft.rest:
        problems.append(Problem(Code.HALF_NAME, "", " ".join(draft.rest)))
        mended["first_name"], mended["last_name"] = draft.rest
    _judge_whole(draft, problems)
    suggestion = draft.misplaced or Suggestion(**mended)
    if draft.address.others and all(problem.weight is Weight.NOTE for problem in problems):
        suggestion = Suggestion(email=draft.address.others[0])
    extras = {name[:MAX_CELL]: value[:MAX_CELL] for name, value in draft.extras.items() if value}
    typed = (draft.address.email, draft.first, draft.last, draft.group, *draft.extras.values())
    if len(draft.text) > MAX_LINE or any(len(value) > MAX_CELL for value in typed):
        problems.append(Problem(Code.CUT))
    return Row(
        line=draft.line,
        sheet=draft.sheet,
        text=draft.text[:MAX_LINE],
        email=draft.address.email[:_LONGEST_ADDRESS],
        first_name=draft.first[:MAX_CELL],
        last_name=draft.last[:MAX_CELL],
        group=draft.group[:MAX_CELL],
        extras=extras,
        problems=tuple(replace(p, value=p.value[:MAX_CELL]) for p in problems),
        suggestion=suggestion or None,
    )


def _judge_address(draft: Draft, problems: list[Problem], mended: dict[str, str]) -> None:
    if _FORMULA.match(draft.typed_email):
        problems.append(Problem(Code.FORMULA, "email", draft.typed_email))
        draft.address = Address(draft.typed_email)
        return
    typed = draft.typed_email or draft.address.email
    problems.extend(Problem(code, "email", typed) for code in draft.address.codes)
    if draft.address.others:
        problems.append(Problem(Code.SEVERAL_ADDRESSES, "email", "; ".join(draft.address.others)))
    if draft.address.proposal is not None:
        mended["email"] = draft.address.proposal


def _judge_name(name: str, value: str, problems: list[Problem], mended: dict[str, str]) -> None:
    if not value or (value.isalpha() and len(value) <= MAX_NAME and value.casefold() not in _TRUTHS):
        if is_garbled(value) and (better := ungarbled(value)):
            problems.append(Problem(Code.GARBLED, name, value))
            mended[name] = better
        return
    code = _name_code(value)
    if code is None:
        return
    problems.append(Problem(code, name, value))
    better = ungarbled(value) if code is Code.GARBLED else None
    if code is Code.ODD_NAME:
        shorter = without_remark(value)
        better = shorter if shorter and shorter != value and _name_code(shorter) is None else None
    if better:
        mended[name] = better


def _name_code(value: str) -> Code | None:
    if _FORMULA.match(value):
        return Code.FORMULA
    if len(value) > MAX_NAME:
        return Code.TOO_LONG
    if is_garbled(value):
        return Code.GARBLED
    if value.casefold() in _TRUTHS or not any(map(str.isalpha, value)):
        return Code.NUMBER_AS_TEXT if key(value) else Code.ODD_NAME
    odd = _ODD.search(value) or is_several(value) or any(map(_is_sign, value))
    return Code.ODD_NAME if odd else None


def _is_sign(char: str) -> bool:
    """Tell whether a character is a picture or a sign that no script writes names with."""
    return not char.isascii() and unicodedata.category(char) in {"So", "Sm", "Co", "Cn"}


def _is_no_name(draft: Draft) -> bool:
    """Tell whether words stand for a name that no name holds: `Merci de retourner ce fichier à`, `Achats`."""
    words = key(f"{draft.first} {draft.last}").split(" ")
    if draft.first and draft.last and len(words) == _PAIR and words[0] not in PARTICLES:
        return False
    odd = [word for word in words if word in NOT_NAMES or word in WORK]
    if len(words) == 1:
        return bool(odd)
    return len(odd) > 1 or (bool(odd) and not FIRST_NAMES.intersection(words))


def _first_name_alone(draft: Draft) -> str:
    """Return the first name of somebody whose last name is missing; one word that is no first name is a name."""
    if draft.first and draft.last:
        return ""
    one = draft.first or draft.last
    return one if draft.first or (" " not in one and key(one) in FIRST_NAMES) else ""


def _judge_whole(draft: Draft, problems: list[Problem]) -> None:
    named = bool(draft.first or draft.last)
    if not draft.unread and _is_no_name(draft):
        draft.unread = draft.text or f"{draft.first} {draft.last}".strip()
    if draft.unread:
        problems.append(Problem(Code.NOT_A_PERSON, "", draft.unread))
    elif (
        not draft.rest
        and (alone := _first_name_alone(draft))
        and not any(p.field.endswith("_name") for p in problems)
    ):
        problems.append(Problem(Code.FIRST_NAME_ALONE, "last_name", alone))
    if not named and not draft.address.email:
        problems.append(Problem(Code.NOBODY))
    elif not named:
        problems.append(Problem(Code.NO_NAME))
    elif not draft.address.email:
        problems.append(Problem(Code.NO_EMAIL))
