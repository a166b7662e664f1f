"""What is wrong with one person as understood, and what would mend it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from cordee.lists.addresses import Address
from cordee.lists.letters import is_garbled, key, ungarbled
from cordee.lists.people import is_several, without_remark
from cordee.lists.results import MAX_NAME, Code, Problem, Row, Suggestion

_FORMULA = re.compile(r"^=|^[+@-].*[(|!]|^@SUM", re.IGNORECASE)
_ODD = re.compile(r"[\d,:;!?@#/\\<>{}=|_~^$€£%*+\[\]()&]|^[^\w]+$")
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
    _judge_whole(draft, problems)
    suggestion = draft.misplaced or Suggestion(**mended)
    return Row(
        line=draft.line,
        sheet=draft.sheet,
        text=draft.text,
        email=draft.address.email,
        first_name=draft.first,
        last_name=draft.last,
        group=draft.group,
        extras=_kept(draft),
        problems=tuple(problems),
        suggestion=suggestion or None,
    )


def _kept(draft: Draft) -> Mapping[str, str]:
    return {name: value for name, value in draft.extras.items() if value}


def _judge_address(draft: Draft, problems: list[Problem], mended: dict[str, str]) -> None:
    if _FORMULA.match(draft.typed_email):
        problems.append(Problem(Code.FORMULA, "email", draft.typed_email))
        draft.address = Address(draft.typed_email)
        return
    typed = draft.typed_email or draft.address.email
    problems.extend(Problem(code, "email", typed) for code in draft.address.codes)
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


def _judge_whole(draft: Draft, problems: list[Problem]) -> None:
    named = bool(draft.first or draft.last)
    if not named and not draft.address.email:
        problems.append(Problem(Code.NOBODY))
    elif not named:
        problems.append(Problem(Code.NO_NAME))
    elif not draft.address.email:
        problems.append(Problem(Code.NO_EMAIL))
