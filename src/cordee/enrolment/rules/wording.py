"""What the reader of lists found, in words: why a list was refused, what is wrong with a line."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from cordee.enrolment.rules import Person
from cordee.kernel.refusals import Blocker
from cordee.lists.results import Code, ListRefused, Problem, Refusal, Suggestion

_ODD_FILES = {
    "pdf": gettext_lazy("a PDF"),
    "xls": gettext_lazy("an old Excel file (.xls)"),
    "xlsb": gettext_lazy("a binary Excel file (.xlsb)"),
    "docx": gettext_lazy("a Word document"),
    "doc": gettext_lazy("a Word document"),
    "odt": gettext_lazy("a text document"),
    "pptx": gettext_lazy("a presentation"),
    "picture": gettext_lazy("a picture"),
    "vcard": gettext_lazy("a file of contacts (vCard)"),
    "html": gettext_lazy("a web page"),
}
_REFUSALS = {
    Refusal.TOO_LARGE: (
        gettext_lazy("This list weighs more than %(megabytes)d MB."),
        gettext_lazy("Save the sheet with the names alone, without pictures, or as CSV."),
    ),
    Refusal.TOO_MANY_ROWS: (
        gettext_lazy("This list has %(found)s lines; at most %(most)d people are taken at once."),
        gettext_lazy("Split it, and give one part after the other."),
    ),
    Refusal.NOT_A_LIST: (
        gettext_lazy("This file is %(kind)s, not a list that can be read."),
        gettext_lazy("Give CSV, Excel (.xlsx) or OpenDocument (.ods), or copy the lines and paste them."),
    ),
    Refusal.ENCRYPTED: (
        gettext_lazy("This file is protected by a password."),
        gettext_lazy("Save it without its password, or copy the lines and paste them."),
    ),
    Refusal.BROKEN: (
        gettext_lazy("This file is damaged: it cannot be opened."),
        gettext_lazy("Open it in a spreadsheet and save it again, or copy the lines and paste them."),
    ),
    Refusal.ZIP_BOMB: (
        gettext_lazy("Unpacked, this file is far larger than any list."),
        gettext_lazy("Save the sheet with the names alone, or as CSV."),
    ),
    Refusal.TOO_MUCH_WORK: (
        gettext_lazy("Reading this list takes more time or memory than a list should."),
        gettext_lazy("Save the sheet with the names alone, or as CSV, or copy the lines and paste them."),
    ),
    Refusal.BUSY: (
        gettext_lazy("Other large lists are being read at this moment."),
        gettext_lazy("Give this one again in a moment."),
    ),
    Refusal.EMPTY: (
        gettext_lazy("There is nobody in this list."),
        gettext_lazy("Check that it is the right one, and that the names stand on a visible sheet."),
    ),
}
"""Why a list was not read, and what to do about it."""
_MEGABYTE = 1024 * 1024
_MOST_NAMES = 5
_SHOWN = 60
"""Letters of what was typed that a sentence repeats."""


def refusal(refused: ListRefused) -> Blocker:
    """Return why a whole list was not read, and what to do about it."""
    limit, found = int(refused.params.get("limit", 0)), str(refused.params.get("found", ""))
    values = {
        "most": limit,
        "megabytes": limit // _MEGABYTE,
        "found": found,
        "kind": _ODD_FILES.get(found, _("of another kind")),
    }
    message, fix = _REFUSALS[refused.code]
    return Blocker(
        refused.code, str(message) % values, str(fix), field="file" if "file" in refused.params else "text"
    )


def sentence(problem: Problem) -> str:
    """Return what is wrong with a line, in one sentence."""
    words = {
        Code.BAD_EMAIL: _("“%(value)s” is not an e-mail address."),
        Code.MISSING_AT: _("The “@” is missing in “%(value)s”."),
        Code.COMMA_FOR_DOT: _("“%(value)s” has a comma where a dot belongs."),
        Code.ACCENTS_IN_EMAIL: _("“%(value)s” has accents: an address has none."),
        Code.SPACES_IN_EMAIL: _("“%(value)s” has spaces: an address has none."),
        Code.FORMULA: _("“%(value)s” is a formula, not a name or an address."),
        Code.NUMBER_AS_TEXT: _("“%(value)s” is a number where a name belongs."),
        Code.TOO_LONG: _("“%(value)s” is too long to be a name."),
        Code.NOBODY: _("This line has neither a name nor an address."),
        Code.TYPED_DOMAIN: _("Is “%(value)s” mistyped?"),
        Code.SEVERAL_ADDRESSES: _("Another address was given, too: %(value)s."),
        Code.SWAPPED_COLUMNS: _("Names and addresses seem to stand in each other's column."),
        Code.ODD_NAME: _("“%(value)s” does not look like a name."),
        Code.GARBLED: _("“%(value)s” has garbled letters."),
        Code.NO_NAME: _("The name is missing."),
        Code.NOT_A_PERSON: _("Not a person? “%(value)s”"),
        Code.HALF_NAME: _("Is the name complete? Another column may hold the rest of it."),
        Code.FIRST_NAME_ALONE: _("To be completed: only a first name was given."),
        Code.CUT: _("More was written here than is kept."),
        Code.NO_EMAIL: _("No e-mail address: this person gets no joining instructions."),
    }[problem.code]
    value = problem.value if len(problem.value) <= _SHOWN else problem.value[:_SHOWN] + "…"
    return words % {"value": value}


def shared_mailbox(email: str, others: Sequence[str]) -> str:
    """Return the words by which it is pointed out that several people have one address."""
    return _("%(email)s is also the address of %(names)s.") % {"email": email, "names": _listed(others)}


def not_drawn(characters: Iterable[str]) -> str:
    """Say, before anything is printed, that a name will not stand whole on the sheet."""
    words = _(
        "The sheet cannot show %(characters)s: no font here draws it. Add a font (see CORDEE_FONTS), "
        "or write the name in Latin letters too."
    )
    return words % {"characters": " ".join(sorted(characters))}


def who_is_it(person: Person, others: Sequence[str]) -> str:
    """Return the question who somebody is who may be several people."""
    values = {"name": f"{person.first_name} {person.last_name}".strip(), "names": _listed(others)}
    if not values["name"]:
        words = _("Several people have %(email)s: %(names)s. Give the name of who comes.")
        return words % {**values, "email": person.email}
    return _("“%(name)s” may be any of these: %(names)s. Give the whole name, and the address.") % values


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    return shown if len(names) <= _MOST_NAMES else f"{shown}…"


def proposal(suggestion: Suggestion) -> str:
    """Return what a line would become, as one reads it: `Jean Dupont <j.dupont@gmail.com>`."""
    name = " ".join(part for part in (suggestion.first_name, suggestion.last_name) if part)
    if suggestion.email and name:
        return pgettext("a person", "%(name)s <%(email)s>") % {"name": name, "email": suggestion.email}
    if suggestion.email == "" and not name:
        return _("no address")
    return suggestion.email or name


def and_more(n: int) -> Iterator[str]:
    """Say how many more there are, where there are."""
    if n > 0:
        yield ngettext("and %(n)d more", "and %(n)d more", n) % {"n": n}


def on_line(line: int, words: str) -> str:
    """Return what is said of a line, with its number as people see it in their list."""
    return _("Line %(line)d: %(problem)s") % {"line": line, "problem": words}
