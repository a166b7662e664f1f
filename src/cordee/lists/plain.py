"""Lines with what people draw between a name and an address taken as one sign, and addresses in words as meant.

`Ana Roy ..... ana@x.example`, `ROY ► Ana`, `Léo Bel leo @ x.example`, `bo [at] x [dot] example`: what stands in the
line is kept (`Line.typed`), and an address in words stays one to be asked about (`Line.spelled`).
"""

import re
from dataclasses import replace

from cordee.kernel.names import is_email, normal_email
from cordee.lists.addresses import TOKEN
from cordee.lists.grids import Line
from cordee.lists.letters import plain_ascii, tidy

_WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_WIDE |= {0xFE6B: "@", 0x3002: "."}
_ARROWS = "►▶▸▹➤➢❯❱→➔➜⇒⟶⟹☞☛✉📧📩‣◆■●"
_LEADER = re.compile(
    rf"(?:(?<![.…])[.…]{{2,}}|(?<![.…])…|(?<![=—–~_-])[=—–~-]{{1,12}}>|(?<!_)_{{3,}}|[{_ARROWS}])[.…{_ARROWS}]*"
)
_LEADING = ("..", ">", "___")
_SPELLING = (" @", "@ ", " at ", " aro", " arro", "(", "[", "{", "<", "_")
"""What lines with leaders, or with addresses in words, hold: few do, and others are not looked into."""
_SIGN = " – "
_DOTS_IN_AN_ADDRESS = 3
_NEAR = 40
_DOT = r"(?:\.| {0,2}[(\[{<] ?(?:dot|point|\.) ?[)\]}>] {0,2}| (?:dot|point) )"
_DOT_BACKWARDS = r"(?:\.| {0,2}[)\]}>] ?(?:tod|tniop|\.) ?[(\[{<] {0,2}| (?:tod|tniop) )"
_AT = re.compile(
    r" {0,2}[(\[{<_] ?(?:at|a|arobase|arrobase|chez|@) ?[)\]}>_] {0,2}"
    r"| {1,2}(?:at|arobase|arrobase|@) {1,2}| @|@ ",
    re.IGNORECASE,
)
_LOCAL_BACKWARDS = re.compile(
    rf"[\w+'-]{{1,64}}(?:{_DOT_BACKWARDS}[\w+'-]{{1,64}}){{0,4}}(?![\w.+'@-])", re.IGNORECASE
)
_DOMAIN_IN_WORDS = re.compile(rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,5}}(?![\w@-])", re.IGNORECASE)
_ANY_DOT = re.compile(_DOT, re.IGNORECASE)
_LONGEST = 400
_EDGES = " .,;:<>()[]\"'"
_SLASH = " / "
_PAIR = 2


def plain(line: Line) -> Line:
    """Return a line as it was meant; the same one when nothing is to be changed."""
    spelled: dict[str, str] = {}
    text = _plain(line.text, spelled)
    if text == line.text:
        return line
    cells = tuple(tidy(_plain(cell, spelled)).strip(_SIGN) for cell in line.cells)
    return replace(line, text=text, cells=cells, typed=line.text, spelled=tuple(spelled.items()))


def _plain(text: str, spelled: dict[str, str]) -> str:
    if not text.isascii() and (narrow := text.translate(_WIDE)) != text:
        for token in TOKEN.finditer(narrow):
            typed = text[token.start() : token.end()]
            if typed != token[0]:
                spelled[normal_email(token[0].strip(_EDGES))] = typed.strip(_EDGES)
        text = narrow
    if not text.isascii() or any(sign in text for sign in _LEADING):
        text = _LEADER.sub(_led, text)
    if any(sign in text.lower() for sign in _SPELLING):
        text = _meant(text, spelled)
    if _SLASH in text and text.count("@") >= _PAIR:
        text = text.replace(_SLASH, " ; ")
    return text


def _led(found: re.Match[str]) -> str:
    """Return one sign for a row of dots or an arrow between two words; what stands elsewhere stays."""
    text, start, end = found.string, found.start(), found.end()
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if not before.strip() or not after.strip() or before[-1:] in "\n;,|\t":
        return found[0]
    if found[0].strip(".") == "" and len(found[0]) <= _DOTS_IN_AN_ADDRESS and not before[-1:].isspace():
        word = before.split()[-1]
        if not (word[:1].isupper() and "@" in text) and not after[:1].isspace():
            return found[0]
    return _SIGN


def _meant(text: str, spelled: dict[str, str]) -> str:
    """Return a text with the addresses that were written in words as they were meant, and keep how they were typed."""
    kept: list[str] = []
    done = 0
    for sign in _AT.finditer(text):
        before = text[max(done, sign.start() - _LONGEST) : sign.start()]
        local = _LOCAL_BACKWARDS.match(before[::-1])
        domain = _DOMAIN_IN_WORDS.match(text, sign.end(), sign.end() + _LONGEST)
        if not local or not domain:
            continue
        start = sign.start() - local.end()
        email = normal_email(plain_ascii(f"{_dotted(text[start : sign.start()])}@{_dotted(domain[0])}"))
        if is_email(email):
            spelled[email] = tidy(text[start : domain.end()])
            kept += [text[done:start], email]
            done = domain.end()
    return "".join((*kept, text[done:])) if kept else text


def _dotted(text: str) -> str:
    return ".".join(part.strip() for part in _ANY_DOT.split(text))
