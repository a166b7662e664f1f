"""Mails are declared once, and named by who writes them alone; what is to be known of a message is a column."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cordee.notifications.mails import MAILS, MEANINGS, Mail, Purpose
from tests.architecture.test_laws import HOUSE, attributes_of

READERS = {"split", "rsplit", "partition", "rpartition", "startswith", "endswith", "removeprefix"}
WHOLE = {"key__in"}


def keys_read(tree: ast.AST) -> Iterator[str]:
    """Give what takes a key to pieces, or looks for something inside of one."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Attribute(attr="key") | ast.Name(id="key"), attr=attr) if (
                attr in READERS
            ):
                yield ast.unparse(node)
            case ast.Subscript(value=ast.Attribute(attr="key") | ast.Name(id="key")):
                yield ast.unparse(node)
            case ast.Compare(ops=[how], comparators=[ast.Attribute(attr="key") | ast.Name(id="key")]) if type(
                how
            ).__name__.endswith("In"):
                yield ast.unparse(node)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re")), args=args) if any(
                isinstance(arg, ast.Attribute) and arg.attr == "key" for arg in args
            ):
                yield ast.unparse(node)
            case ast.keyword(arg=str(arg)) if arg.startswith("key__") and arg not in WHOLE:
                yield arg


def test_nobody_reads_what_a_key_says() -> None:
    found = {
        f"{file.relative_to(HOUSE)}: {what}"
        for room in ("mail", "notifications", "automations")
        for file in (HOUSE / room).rglob("*.py")
        if "migrations" not in file.parts
        for what in keys_read(ast.parse(file.read_text()))
    }
    assert found == set(), "make it a column of the message"


@pytest.mark.parametrize(
    "line",
    [
        'int(m.key.rpartition(":")[2])',
        "m.key.startswith(this_time)",
        'last.key.split(":")',
        "message.key[:8]",
        '"off" in message.key',
        '"off" not in message.key',
        're.match("joining", message.key)',
        'Message.objects.filter(key__startswith="again:")',
        'Q(key__contains=":7:")',
        'key.removeprefix("joining:")',
    ],
)
def test_the_law_sees_every_way_to_read_a_key(line: str) -> None:
    assert list(keys_read(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["m.key == wanted.key", "m.key in keys", "filter(key__in=keys)", "kept.rules[key]", "keys[m.key]"]
)
def test_the_law_lets_keys_be_compared(line: str) -> None:
    assert not list(keys_read(ast.parse(line)))


WRITERS = (
    "certificates",
    "complaints",
    "contacts",
    "deliveries",
    "improving",
    "money",
    "office",
    "own_pages",
    "participants",
    "registrations",
    "suppliers",
    "sheets",
    "staff",
    "surveys",
    "reminders/*",
)


def names_of_mails() -> set[str]:
    return {
        name for group in Purpose.__bases__ for name, mail in vars(group).items() if isinstance(mail, Mail)
    }


def test_every_mail_is_declared_once_and_written_by_somebody() -> None:
    names = names_of_mails()
    assert len(names) == len(MAILS) == len({mail.name for mail in MAILS.values()})
    written = attributes_of("Purpose", *(f"notifications/{file}.py" for file in WRITERS))
    assert names - written == set()


def test_only_who_writes_a_mail_knows_it_by_name() -> None:
    """What holds for some mails is said in their declarations: so a new one is added in one place."""
    writers = {file for pattern in WRITERS for file in (HOUSE / "notifications").glob(f"{pattern}.py")}
    elsewhere = {
        str(file.relative_to(HOUSE))
        for file in HOUSE.rglob("*.py")
        if file not in writers and names_one(file)
    }
    assert elsewhere == {"demo/stories/mails.py"}, "ask for what is declared of it"


def names_one(file: Path) -> bool:
    named = (n for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.Attribute))
    return any(ast.unparse(n.value) == "Purpose" and n.attr.isupper() for n in named)


def test_every_variable_of_a_mail_has_its_meaning() -> None:
    assert {name for mail in MAILS.values() for name in mail.variables} == set(MEANINGS)
