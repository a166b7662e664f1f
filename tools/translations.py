"""The French catalogue: `python -m tools.translations update | check`.

What is written in code and templates is English, and the English interface shows it as it is: only French
needs a catalogue. `update` brings it in line with the sources and keeps what is translated; `check` says what
is wrong with it. Neither needs the gettext programs.
"""

import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import django
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from cordee.web.whitespace import compact

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "cordee"
CATALOGUE = SOURCES / "locale" / "fr" / "LC_MESSAGES" / "django.po"

# Without dates: the file changes only when a message does.
HEADER = r"""# French translations of Cordée. Made by `python -m tools.translations update`; translate here.
msgid ""
msgstr ""
"Project-Id-Version: Cordée\n"
"Language: fr\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""

# What Django and allauth say on our pages, where their French is not ours: said our way.
BORROWED: tuple[str | tuple[str, str], ...] = (
    "A sign-in code has been sent to %(recipient)s.",
    "Be patient, you are sending too many requests.",
    "Current Password",
    "Email",
    "Email address",
    "Ensure this value is a multiple of step size %(limit_value)s.",
    "Ensure this value is greater than or equal to %(limit_value)s.",
    "Ensure this value is less than or equal to %(limit_value)s.",
    (
        "Ensure that there are no more than %(max)s decimal place.",
        "Ensure that there are no more than %(max)s decimal places.",
    ),
    (
        "Ensure that there are no more than %(max)s digit in total.",
        "Ensure that there are no more than %(max)s digits in total.",
    ),
    (
        "Ensure that there are no more than %(max)s digit before the decimal point.",
        "Ensure that there are no more than %(max)s digits before the decimal point.",
    ),
    (
        "Ensure this value has at least %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at least %(limit_value)d characters (it has %(show_value)d).",
    ),
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    "Enter a number.",
    "Enter a valid date.",
    "Enter a valid email address.",
    "Enter a valid time.",
    "Enter a whole number.",
    "Enter a valid URL.",
    "Forgot your password?",
    "Incorrect code.",
    "New Password",
    "New Password (again)",
    "No file was submitted.",
    "Password",
    "Password (again)",
    "Please type your current password.",
    "Remember Me",
    "Select a valid choice. %(value)s is not one of the available choices.",
    "Select a valid choice. That choice is not one of the available choices.",
    "Successfully signed in as %(name)s.",
    "The email address and/or password you specified are not correct.",
    "The new value must be different from the current one.",
    "The password reset token was invalid.",
    "The submitted file is empty.",
    "This account is currently inactive.",
    "This field is required.",
    "Too many failed login attempts. Try again later.",
    "You have signed out.",
    "You must type the same password each time.",
)

_PLAIN = None
_PLURAL = (1, 2)
_CONTEXT = ((1, "c"), 2)
_PLURAL_CONTEXT = ((1, "c"), 2, 3)
KEYWORDS = {
    "_": _PLAIN,
    **dict.fromkeys(("gettext", "gettext_lazy", "gettext_noop"), _PLAIN),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), _PLURAL),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), _CONTEXT),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), _PLURAL_CONTEXT),
}


def main(arguments: list[str]) -> int:
    """Run one command; return its exit code."""
    match arguments:
        case ["update"]:
            CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
            CATALOGUE.write_bytes(as_bytes(merged(sources(), read())))
            return 0
        case ["check"]:
            found = list(problems(sources(), read()))
            for problem in found:
                print(problem)
            if found:
                print(f"{len(found)} to put right in {CATALOGUE.relative_to(ROOT)}")
            return 1 if found else 0
        case _:
            print("use: python -m tools.translations update | check")
            return 2


# --- from the sources to the catalogue ----------------------------------------------------------
def sources(root: Path = SOURCES) -> Catalog:
    """Return every message of the Python files and templates under `root`, untranslated."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    found = Catalog(locale="fr")
    kinds = ("*.py", "templates/**/*.html", "templates/**/*.txt")
    for path in sorted(path for kind in kinds for path in root.rglob(kind)):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # In brackets, so that Python's own reader does not mind how a template is indented.
            text = f"({templatize(compact(text), origin=str(path))}\n)"
        for _line, message, comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, comment_tags=("Translators:",)
        ):
            place = [(path.relative_to(root.parent.parent).as_posix(), 0)]
            found.add(message, locations=place, auto_comments=comments, context=context)
    for borrowed in BORROWED:
        found.add(borrowed, locations=[("tools/translations.py", 0)])
    return found


def merged(wanted: Catalog, known: Catalog) -> Catalog:
    """Return the messages of `wanted` with the translations of `known`; what nobody asks for is dropped."""
    result = Catalog(locale="fr")
    for message in wanted:
        if message.id:
            before = known.get(message.id, message.context)
            kept = before.string if before and before.id == message.id else ""
            result.add(
                message.id,
                _each(tidy, kept),
                locations=sorted(set(message.locations)),
                auto_comments=sorted(set(message.auto_comments)),
                user_comments=before.user_comments if before else (),
                context=message.context,
            )
    return result


def read(path: Path = CATALOGUE) -> Catalog:
    """Return the catalogue as it is."""
    if not path.exists():
        return Catalog(locale="fr")
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def as_bytes(catalogue: Catalog) -> bytes:
    """Return the file: sorted by message, places without line numbers, so that a change is a small one."""
    file = io.BytesIO()
    write_po(file, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.encode() + file.getvalue()


def tidy(text: str) -> str:
    """Put French marks where a keyboard has others: ’ for ', spaces that do not break before ; : ! ? »."""
    text = re.sub(r"(?<=[^\W\d_])'(?=[^\W\d_{%«])", "’", text)
    text = re.sub(r"(?<=\S) (?=[;:!?»])(?!:\w+:)", "\u00a0", text)
    return re.sub(r"« ", "«\u00a0", text)


# --- what is wrong with it ----------------------------------------------------------------------
def problems(wanted: Catalog, known: Catalog) -> Iterator[str]:
    """Say what keeps the catalogue from being complete and well written, one line for each."""
    asked = {(_first(m.id), m.context) for m in wanted if m.id}
    there = {(_first(m.id), m.context) for m in known if m.id}
    for text, _context in sorted(asked - there, key=str):
        yield f"missing (run `python -m tools.translations update`): {text!r}"
    for text, _context in sorted(there - asked, key=str):
        yield f"no longer used (run `python -m tools.translations update`): {text!r}"
    for entry in known.obsolete.values():
        yield f"obsolete entry: {_first(entry.id)!r}"
    for message in known:
        if message.id:
            yield from (f"{problem}: {_first(message.id)!r}" for problem in _wrong_with(message))


def _wrong_with(message: Message) -> Iterator[str]:
    originals, translations = _all(message.id), _all(message.string)
    if "fuzzy" in message.flags:
        yield "fuzzy"
    if not all(translations) or (len(originals) > 1) != (len(translations) > 1):
        yield "not translated"
        return
    # French says its singular for 0 and for 1: both forms give the number when the English plural does.
    original = originals[-1]
    for text in translations:
        if _placeholders(original) != _placeholders(text):
            yield f"placeholders differ ({', '.join(_placeholders(text)) or 'none'})"
        if re.findall(r"<[^>]*>", original) != re.findall(r"<[^>]*>", text):
            yield "HTML tags differ"
        if _line_breaks(original) != _line_breaks(text):
            yield "a line break at the beginning or end differs"
        yield from typography(text)


def typography(text: str) -> Iterator[str]:
    """Say what a French typesetter would mend."""
    shown = re.sub(r"<[^>]*>|https?://\S+|&\w+;|%\(\w+\)[sd]|%%|\{\w*\}", "x", text)
    if "'" in shown:
        yield "straight apostrophe"
    if '"' in shown or "“" in shown:
        yield "English quotation marks"
    if re.search(r" [;:!?»]|« ", shown):
        yield "a space that could break before ; : ! ? » or after «"
    if re.search(r"[^\s\u00a0\u202f;:!?(][;!?»]|\w:(?=\s|$)|«[^\u00a0\u202f]", shown):
        yield "no space before ; : ! ? » or after «"
    if re.search(r"\.\.\.", shown):
        yield "three dots instead of …"


def _placeholders(text: str) -> list[str]:
    return sorted(set(re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text.replace("%%", ""))))


def _line_breaks(text: str) -> tuple[bool, bool]:
    return text.startswith("\n"), text.endswith("\n")


# --- a message, or its singular and plural ------------------------------------------------------
type Forms = str | tuple[str, ...] | list[str]


def _first(forms: Forms) -> str:
    return _all(forms)[0]


def _all(forms: Forms | None) -> list[str]:
    return [forms or ""] if forms is None or isinstance(forms, str) else list(forms)


def _each(function: Callable[[str], str], forms: Forms | None) -> Forms:
    return tuple(map(function, _all(forms))) if isinstance(forms, tuple | list) else function(forms or "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
