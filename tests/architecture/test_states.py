"""A state changes by a declared move and in no other way."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from cordee.kernel.states import Machine

HOUSE = Path(__file__).resolve().parents[2] / "src/cordee"
HOUSE_MODELS = [m for m in apps.get_models() if m.__module__.startswith("cordee.")]
NAMES = frozenset({"state", "status"})
"""What a column is called that holds where something stands in its life."""
NO_LIFE = {("Presence", "state")}
"""What was seen of somebody: corrected freely, it leads nowhere."""
STAGED = {"demo/stories/mails.py"}
"""Shows, without a mail server, what a server would have answered."""


def machines_of(room: str) -> dict[str, Machine[StrEnum]]:
    """Return the machines that a room declares in its `states.py`, by the name they have there."""
    if not (HOUSE / room / "states.py").exists():
        return {}
    found = vars(import_module(f"cordee.{room}.states"))
    return {name: value for name, value in found.items() if isinstance(value, Machine)}


MACHINES = {
    (folder.name, name): machine
    for folder in sorted(HOUSE.iterdir())
    if (folder / "models.py").exists() or (folder / "models").is_dir()
    for name, machine in machines_of(folder.name).items()
}


def columns_of_states() -> Iterator[tuple[type[models.Model], str, type]]:
    """Return the columns that hold a state, by name or by what they offer, and the enumeration of each."""
    for model in HOUSE_MODELS:
        for field in model._meta.concrete_fields:
            kinds = {type(value) for value, _ in field.flatchoices}
            called = any(kind.__name__.endswith(("State", "Status")) for kind in kinds)
            if (field.name in NAMES or called) and (model.__name__, field.name) not in NO_LIFE:
                assert len(kinds) == 1, f"{model.__name__}.{field.name}: choices are members of one StrEnum"
                yield model, field.name, kinds.pop()


def test_every_state_has_a_machine_in_its_room() -> None:
    columns = list(columns_of_states())
    assert columns
    for model, field, kind in columns:
        room = model.__module__.split(".")[1]
        known = {(machine.field, type(machine.initial)) for machine in machines_of(room).values()}
        assert field in NAMES, f"{model.__name__}.{field}: call it state or status"
        assert (field, kind) in known, f"{model.__name__}.{field}: no machine in {room}/states.py"


def test_every_row_begins_where_its_machine_begins() -> None:
    for model, field, kind in columns_of_states():
        machine = next(m for m in MACHINES.values() if type(m.initial) is kind)
        assert model._meta.get_field(field).get_default() == machine.initial, model.__name__


def test_every_machine_rules_a_column() -> None:
    ruled = {kind for _, _, kind in columns_of_states()}
    idle = [key for key, machine in MACHINES.items() if type(machine.initial) not in ruled]
    assert idle == []


def files_of(room: str) -> Iterator[Path]:
    yield from chain((HOUSE / room).glob("actions.py"), (HOUSE / room).glob("actions/*.py"))


def moves_made(room: str, name: str) -> set[str]:
    """Return the moves that the actions of a room name; all of them where they follow what was asked for."""
    texts = set()
    for file in files_of(room):
        tree = ast.parse(file.read_text())
        calls = [n.func for n in ast.walk(tree) if isinstance(n, ast.Call)]
        made = {f.attr for f in calls if isinstance(f, ast.Attribute) and ast.unparse(f.value) == name}
        if "leading_to" in made:
            return set(MACHINES[room, name].moves)
        texts |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)} if made else set()
    return texts


@pytest.mark.parametrize(("room", "name"), MACHINES)
def test_every_move_is_made_by_an_action(room: str, name: str) -> None:
    assert set(MACHINES[room, name].moves) - moves_made(room, name) == set()


def set_by_hand(tree: ast.Module) -> Iterator[str]:
    """Return the lines of code that write a state without asking its machine."""
    alive = {model.__name__ for model in HOUSE_MODELS} - {name for name, _ in NO_LIFE}
    written = alive | {"create", "get_or_create", "update", "update_or_create"}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Store()) if name in NAMES:
                yield ast.unparse(node)
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value=name), _]) if (
                name in NAMES
            ):
                yield ast.unparse(node)
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in written:
                keys = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
                defaults = [k for k in node.keywords if k.arg == "defaults"]
                if any(k.arg in NAMES for k in node.keywords) or (defaults and NAMES & set(map(str, keys))):
                    yield ast.unparse(node)


def test_nobody_but_a_machine_changes_a_state() -> None:
    by_hand = {}
    for file in sorted(HOUSE.rglob("*.py")):
        name = str(file.relative_to(HOUSE))
        if "migrations" not in file.parts and name not in STAGED | {"kernel/states.py"}:
            by_hand[name] = list(set_by_hand(ast.parse(file.read_text())))
    assert {name: lines for name, lines in by_hand.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "place.status = AssignmentStatus.CONFIRMED",
        "place.status, place.reason = status, reason",
        "setattr(place, 'status', status)",
        "Message.objects.filter(pk=1).update(state=MessageState.SENT)",
        "Assignment(session=session, status=status)",
        "Message.objects.update_or_create(key=key, defaults={'state': state})",
        "for place.status in statuses: pass",
    ],
)
def test_the_law_sees_every_way_around_the_machine(line: str) -> None:
    assert list(set_by_hand(ast.parse(line)))
