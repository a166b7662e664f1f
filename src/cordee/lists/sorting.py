"""Which lines of a list are people, and what the others are."""

import re
from collections.abc import Sequence

from cordee.lists.cleaning import LONGEST, drop_civility, drop_title, without_nothing
from cordee.lists.grids import Line
from cordee.lists.headers import repeats_header, strength
from cordee.lists.letters import key
from cordee.lists.results import Why
from cordee.lists.words import FIRST_NAMES, NOT_NAMES, REMARKS, SECTIONS, TOTALS

_BULLET = re.compile(
    r"^\s*(?:[-–—•*·▪◦‣►▶▸➢➤→➔✓✔☐□■●◆>]\s+|(?:->|=>)\s*|\d{1,4}\s*[.)°]\s*[-–]?\s*|\d{1,4}\s+(?:-\s+|(?=[A-ZÀ-Þ])))"
)
SECTION_IN_FRONT = re.compile(
    rf"^\s*(?P<group>(?:{'|'.join(sorted(SECTIONS))})\b[^:@\n]{{0,20}}?) ?: ?(?P<people>[^\n]*)$",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]")
_STRANGE = re.compile(r"[\d:!?@#/\\<>{}=|_~^$€£%*+\[\]&]")
_COUNTED = re.compile(r"^\d+ (?:participant|inscrit|personne|stagiaire|invite|people)")
_CLOSINGS = (
    "cordialement",
    "bien cordialement",
    "tres cordialement",
    "bien a vous",
    "bien a toi",
    "salutations",
    "sinceres salutations",
    "respectueusement",
    "amicalement",
    "amities",
    "best regards",
    "kind regards",
    "regards",
    "thanks",
    "merci",
    "en vous remerciant",
    "dans l attente",
    "restant a votre disposition",
    "bonne journee",
    "belle journee",
    "bonne reception",
    "bonne fin de",
    "a bientot",
    "cdlt",
    "cdt",
    "bav",
    "mit freundlichen",
    "saludos",
    "cordiali saluti",
    "met vriendelijke",
    "atenciosamente",
)
_ENVELOPE = frozenset({"de", "from", "von", "expediteur", "repondre a", "reply to", "contact", "signature"})
_SENT_TO = frozenset({"a", "to", "an", "para", "aan", "cc", "cci", "bcc"})
_LONGEST_LABEL, _LONGEST_REPLY = 40, 300
_RULE = "---"
"""What stands around `Message d'origine`."""
_REPLY_OPENS = frozenset({"le", "on", "am", "el", "il", "op", "em"})
_WROTE = ("a ecrit", "wrote", "schrieb", "escribio", "ha scritto", "schreef", "escreveu")
"""How the head of an answered mail begins, and the word in it that tells."""
_WRITTEN = ("crit", "wrote", "schr", "escr", "scritto")
"""A line without any of these heads no answer."""
_PAGE = re.compile(r"^page \d")
_MOST_WORDS = 6
_SENTENCE = 7
_PAIR = 2


def without_bullet(text: str) -> str:
    """Return `text` without the dash, dot or number that begins a line of a written list."""
    return _BULLET.sub("", text)


def looks_like_name(text: str) -> bool:
    """Tell whether a cell could be somebody's name."""
    text = without_nothing(text)
    if len(text) <= LONGEST:
        text = drop_title(drop_civility(text))
    words = key(text).split(" ")
    if not _LETTERS.search(text) or len(words) > _MOST_WORDS or _STRANGE.search(text):
        return False
    return (not NOT_NAMES.intersection(words) and not text.endswith((".", ":"))) or _is_initial_end(text)


def is_odd_name(text: str) -> bool:
    """Tell whether a cell could be a name with a slip in it, like a figure: `Jean2 Petit`."""
    words = key(text).split(" ")
    letters = sum(map(str.isalpha, text))
    return letters * 2 > len(text) and len(words) <= _MOST_WORDS and not is_no_person(key(text))


def holds_names(text: str) -> bool:
    """Tell whether a text is a name, or names with signs between them."""
    return all(looks_like_name(piece) for piece in re.split("[;,|]", text.strip(" ;,|")))


def _is_initial_end(text: str) -> bool:
    return bool(re.fullmatch(r"[^\W\d_][\w'’-]+ [^\W\d_]\.", text))


def is_person_like(line: Line) -> bool:
    """Tell whether a line holds an address, or something that could be a name."""
    if "@" in line.text:
        return True
    named = [cell for cell in line.filled if holds_names(without_bullet(cell))]
    return bool(named) and len(named) * 2 >= len(line.filled) - 1


def has_remark(line: Line) -> bool:
    """Tell whether a line holds words that no name holds."""
    return any(NOT_NAMES.intersection(key(cell).split(" ")) for cell in line.filled)


def is_closing(line: Line) -> bool:
    """Tell whether a line ends a letter: what follows is a signature."""
    opening = f"{key(' '.join(line.filled))} "
    if line.text.strip() == "--":
        return True
    return bool(line.filled) and any(opening.startswith(f"{closing} ") for closing in _CLOSINGS)


def is_no_person(opening: str) -> bool:
    """Tell whether words (`letters.key`) greet, end a letter, or count."""
    words = opening.split(" ")
    return (
        bool(NOT_NAMES.intersection(words))
        or words[0] in TOTALS | SECTIONS
        or any(f"{opening} ".startswith(f"{closing} ") for closing in _CLOSINGS)
    )


def heads_an_answer(text: str) -> bool:
    """`Le lun. 12 janv. 2026 à 09:12, Ana Roux <ana@asso.example> a écrit :`: who wrote the mail answered."""
    if not any(hint in text[:_LONGEST_REPLY].lower() for hint in _WRITTEN):
        return False
    opening = key(text[:_LONGEST_REPLY])
    dated = opening.partition(" ")[0] in _REPLY_OPENS and any(map(str.isdigit, opening))
    return dated and any(f" {wrote} " in f" {opening} " for wrote in _WROTE)


def is_about_the_mail(line: Line, *, pasted_whole: bool = False) -> bool:
    """`De : Ana Roux <ana@asso.example>`: who wrote a mail that was pasted whole; then also who it was sent to."""
    if heads_an_answer(line.text):
        return True
    name, colon, _ = line.text[:_LONGEST_LABEL].partition(":")
    return bool(colon) and key(name) in (_ENVELOPE | _SENT_TO if pasted_whole else _ENVELOPE)


def aside(line: Line, *, width: int, repeats: tuple[str, ...] | None = None) -> Why | None:
    """Return why a line among the people is none of them, or None when it is a person.

    `width` is the number of columns of the list, `repeats` the cells of its header. In doubt it is a person:
    a row to be corrected is seen, a line left aside may not be.
    """
    if line.blank:
        return Why.BLANK
    filled = line.filled
    if repeats is not None and line.cells == repeats:
        return Why.HEADER
    if "@" in line.text or filled[0].startswith("="):
        return None
    if repeats_header(filled):
        return Why.HEADER
    opening = key(filled[0])
    words = opening.split(" ")
    if _is_total(words, opening, filled):
        return Why.TOTAL
    if not any(_LETTERS.search(cell) or any(map(str.isdigit, cell)) for cell in filled):
        return Why.NOTE
    if len(filled) > 1:
        return _aside_in_cells(line)
    if words[0] in SECTIONS and len(words) <= _MOST_WORDS:
        return Why.SECTION
    if strength(filled) and not FIRST_NAMES.intersection(words):
        return Why.NOTE
    return Why.NOTE if _is_remark(filled[0], opening, len(words), width) else None


def _aside_in_cells(line: Line) -> Why | None:
    """Titles side by side (`Groupe A`, `Groupe B`), or a sentence that was cut at its commas."""
    if all(key(cell).split(" ")[0] in SECTIONS and len(cell.split(" ")) <= _PAIR for cell in line.filled):
        return Why.TITLE
    words = [word for cell in line.filled for word in key(cell).split(" ")]
    opening = " ".join(words)
    begins = any(opening.startswith(f"{start} ") for start in REMARKS if " " in start or start in NOT_NAMES)
    return Why.NOTE if begins and len(NOT_NAMES.intersection(words)) > 1 else None


def _is_total(words: list[str], opening: str, filled: Sequence[str]) -> bool:
    if _COUNTED.match(opening):
        return len(filled) == 1
    start = 1 if words[0] == "sous" else 0
    if not words[start:] or words[start] not in TOTALS:
        return False
    figures = all(any(map(str.isdigit, cell)) for cell in filled[1:])
    return figures or len(words) > start + 1


def _is_remark(text: str, opening: str, words: int, width: int) -> bool:
    if (
        (text.startswith(_RULE) and text.endswith(_RULE))
        or text.startswith(("*", "(", "→", "->", "/!\\", "⚠"))
        or text.endswith(":")
    ):
        return True
    if any(opening == start or opening.startswith(f"{start} ") for start in REMARKS):
        return True
    return (
        (words >= _SENTENCE and not holds_names(text))
        or bool(_PAGE.match(opening))
        or (width > 1 and bool(NOT_NAMES.intersection(opening.split(" "))))
    )
