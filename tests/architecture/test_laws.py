"""The laws of the house that no linter knows."""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from types import FunctionType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from django.apps import apps
from django.db import models

from cordee import automations
from cordee.closure.queries import TELLERS
from cordee.journal import facts as journal
from cordee.journal.queries import reason_fields, rows_with_reason
from cordee.kernel.changes import Changes
from cordee.kernel.facts import Code, Fact, FieldName, IdKey, IsoTime, ReasonId, Ref
from cordee.kernel.permissions import ROLES, Permission, Role
from cordee.kernel.steps import StepCode
from cordee.quality.models import Complaint, Decision, Exchange
from cordee.reasons import ReasonField
from cordee.web.coordination.todo import WAYS
from cordee.web.office.next_steps import WORDS

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src/cordee"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FLOORS = next(c["layers"] for c in CONTRACTS if c["name"].startswith("Floors"))
ORDERED_ROOMS = next(c["containers"] for c in CONTRACTS if c["name"].startswith("Inside a room"))
OWN_ORDER = {
    name
    for c in CONTRACTS
    if c["name"].startswith(("Inside notifications", "Inside documents", "Inside invoices"))
    for name in c["containers"]
}
"""Rooms whose files are other ones, each placed in a contract of its own."""
FLOOR = {
    room.strip(" ()"): len(FLOORS) - number
    for number, floor in enumerate(FLOORS)
    for room in floor.split("|")
}
ALLOWED = {
    "facts",
    "states",
    "models",
    "rules",
    "queries",
    "steps",
    "actions",
    "tasks",
    "apps",
    "migrations",
    "templates",
}
LONGEST_FILE = 320  # about 300
LONGEST_FUNCTION = 40
"""Lines, with its signature and without its docstring."""


def room_of(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


HOUSE_MODELS = [m for m in apps.get_models() if m.__module__.startswith("cordee.")]


def sources(*patterns: str) -> Iterator[tuple[Path, ast.Module]]:
    for pattern in patterns:
        for file in sorted(HOUSE.glob(pattern)):
            yield file, ast.parse(file.read_text())


# --- tables ---------------------------------------------------------------------------------------
def cross_room_keys() -> Iterator[tuple[type[models.Model], models.ForeignKey[models.Model, models.Model]]]:
    for model in HOUSE_MODELS:
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and room_of(field.related_model) != room_of(model):
                yield model, field


def test_foreign_keys_go_down() -> None:
    for model, field in cross_room_keys():
        above, below = FLOOR[room_of(model)], FLOOR[room_of(field.related_model)]
        assert above > below, f"{model.__name__}.{field.name} goes up to {field.related_model.__name__}"


def test_a_room_leaves_nothing_on_the_tables_of_another() -> None:
    for model, field in cross_room_keys():
        assert field.remote_field.hidden, f'{model.__name__}.{field.name}: write related_name="+"'


def test_no_foreign_key_deletes_what_somebody_else_wrote() -> None:
    for model, field in cross_room_keys():
        assert field.remote_field.on_delete is models.PROTECT, f"{model.__name__}.{field.name}"


REASON = re.compile(r"(^|_)(reason|because|why|motive|excuse)($|_)")
"""What a column is called in which people write why."""


def test_every_reason_in_somebodys_words_can_be_erased() -> None:
    """Such words name people ("Madame Lefèvre is ill"): whoever erases them finds them on every row (ADR 0018)."""
    for model in HOUSE_MODELS:
        for field in model._meta.local_fields:
            if REASON.search(field.name) and isinstance(field, models.TextField | models.CharField):
                assert isinstance(field, ReasonField), f"{model.__name__}.{field.name}: make it a ReasonField"
    found = {f"{field.model.__name__}.{field.name}": field for field in reason_fields()}
    assert "Session.cancelled_because" in found
    for field in found.values():
        if field.of_mission:
            assert str(rows_with_reason(field, 1).query), "the way to its mission exists"
        if field.model in {Complaint, Exchange, Decision}:
            assert field.withheld, "words of confidential complaints are listed for nobody"


def test_models_have_no_verbs() -> None:
    for model in HOUSE_MODELS:
        verbs = [
            name
            for name, value in vars(model).items()
            if isinstance(value, FunctionType)
            and not (name.startswith("__") and name.endswith("__"))
            and value.__module__ == model.__module__
        ]
        assert verbs == [], f"{model.__name__}: writes go in actions.py, reads in queries.py"


def test_every_model_says_what_it_is() -> None:
    for model in HOUSE_MODELS:
        told = inspect.getdoc(model) or ""
        assert told, model.__name__
        assert not told.startswith(f"{model.__name__}("), f"{model.__name__}: this is what Django wrote"
        assert "__str__" in vars(model), model.__name__


# --- files ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("room", [name.removeprefix("cordee.") for name in ORDERED_ROOMS])
def test_every_room_has_the_same_file_names(room: str) -> None:
    names = {
        file.stem for file in (HOUSE / room).iterdir() if file.name not in {"__init__.py", "__pycache__"}
    }
    assert names - ALLOWED == set()


def test_every_room_of_models_keeps_its_order() -> None:
    with_models = {room_of(model) for model in HOUSE_MODELS}
    assert with_models == {name.removeprefix("cordee.") for name in {*ORDERED_ROOMS, *OWN_ORDER}}


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in HOUSE.rglob("*.py")
        if "migrations" not in file.parts and (lines := file.read_text().count("\n")) > LONGEST_FILE
    }
    assert long == {}, "make it a folder of that name"


def long_functions(tree: ast.Module) -> dict[str, int]:
    """Return the functions that are longer than one takes in at a glance, with their lines."""
    lines = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.end_lineno:
            first = function.body[0]
            told = ast.get_docstring(function) is not None and first.end_lineno is not None
            docstring = (first.end_lineno or 0) - first.lineno + 1 if told else 0
            lines[function.name] = function.end_lineno - function.lineno + 1 - docstring
    return {name: n for name, n in lines.items() if n > LONGEST_FUNCTION}


def test_no_function_is_too_long_to_read() -> None:
    files = [*HOUSE.rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    long = {
        f"{file.relative_to(ROOT)} {name}": lines
        for file in files
        if "migrations" not in file.parts
        for name, lines in long_functions(ast.parse(file.read_text())).items()
    }
    assert long == {}, "split it along its sense"


@pytest.mark.parametrize(("lines", "told"), [(LONGEST_FUNCTION, {}), (LONGEST_FUNCTION + 1, {"f": 41})])
def test_this_law_counts_lines(lines: int, told: dict[str, int]) -> None:
    docstring = '    """Told\n\n    at length."""\n'
    body = "    pass\n" * (lines - 1)
    assert long_functions(ast.parse("def f():\n" + docstring + body)) == told
    assert long_functions(ast.parse("async def f():\n" + body)) == told


def test_nothing_is_called_utils() -> None:
    vague = {"utils", "helpers", "common", "misc", "util"}
    assert [str(f) for f in HOUSE.rglob("*.py") if f.stem in vague or f.parent.name in vague] == []


# --- facts, permissions, mails --------------------------------------------------------------------
def names_called(*patterns: str) -> set[str]:
    """Return the names of what is called in these files: `Name(…)` or `module.Name(…)`."""
    found = set()
    for _, tree in sources(*patterns):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                match node.func:
                    case ast.Name(id=name) | ast.Attribute(attr=name):
                        found.add(name)
    return found


def attributes_of(name: str, *patterns: str) -> set[str]:
    """Return the attributes read from `name` in these files: `Permission.EDIT_CLIENTS`."""
    return {
        node.attr
        for _, tree in sources(*patterns)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }


FACTS = {name: kind for name, kind in journal.fact_types().items() if kind.__module__.startswith("cordee.")}


def test_facts_stand_in_the_room_they_are_about() -> None:
    assert FACTS
    for name, kind in FACTS.items():
        assert kind.__module__.endswith(".facts"), name


def test_every_fact_is_recorded_by_an_action() -> None:
    assert set(FACTS) - names_called("*/actions.py", "*/actions/*.py") == set()


def test_every_fact_names_what_it_is_about() -> None:
    for name, kind in FACTS.items():
        assert kind.subject in kind.__dataclass_fields__, f"{name}: subject names one of its fields"
        assert kind.subject.endswith("_id"), name


def leaves(kind: Any) -> Iterator[Any]:
    """Give the types that a type is made of: of `dict[IdKey, list[Code]]` both."""
    if get_origin(kind) in {list, dict, Union, UnionType}:
        for part in get_args(kind):
            yield from leaves(part)
    else:
        yield kind


IN_FACTS = (int, bool, type(None), ReasonId, Ref, Code, FieldName, IsoTime, IdKey)


def test_facts_hold_numbers_references_and_codes_never_free_text() -> None:
    """What somebody wrote or is called is personal data, and the journal is never changed."""
    for name, kind in FACTS.items():
        hints = get_type_hints(kind, include_extras=True)
        for field in (f.name for f in fields(kind)):
            strange = [leaf for leaf in leaves(hints[field]) if leaf not in IN_FACTS]
            assert strange == [], f"{name}.{field}: see kernel.facts; a reason is kept by journal.keep_reason"
            personal = {"email", "first_name", "last_name", "name", "phone", "address", "to_email"}
            assert field not in personal, name


def test_two_facts_never_share_a_name() -> None:
    kinds: list[type[Fact]] = list(Fact.__subclasses__())
    real = {(k.__module__, k.__name__) for k in kinds if k.__module__.startswith("cordee.")}
    assert len(real) == len({name for _, name in real})


def test_every_fact_says_whether_it_moves_a_mission() -> None:
    with pytest.raises(TypeError, match="moves_mission"):
        type("SilentFact", (Fact,), {"subject": "thing_id"})
    followed = next(s for s in journal.all_subscriptions() if s.name == "closure").facts
    assert {kind.__name__ for kind in followed} >= {n for n, kind in FACTS.items() if kind.moves_mission}


def test_every_room_that_tells_of_steps_is_asked() -> None:
    rooms = {file.parent.name for file, _ in sources("*/steps.py")} - {"kernel"}
    assert {teller.__module__.split(".")[1] for teller in TELLERS} == rooms


def test_every_step_has_its_sentence_its_label_and_its_place_in_the_to_do_list() -> None:
    assert attributes_of("StepCode", "*/steps.py") == {code.name for code in StepCode}, "a room tells it"
    assert set(WORDS) == set(StepCode), "lists name it"
    assert set(WAYS) == set(StepCode), "the mission page offers what does it"


def test_two_rooms_never_count_under_one_name() -> None:
    named = [
        node.args[0].value
        for _, tree in sources("*/steps.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "Count"
        and isinstance(node.args[0], ast.Constant)
    ]
    assert named
    assert len(named) == len(set(named))


def test_every_story_of_automations_is_told_at_start() -> None:
    folder = Path(str(automations.__file__)).parent
    stories = {file.stem for file in folder.glob("*.py")} - {"__init__", "apps"}
    told = {s.handler.__module__.rpartition(".")[2] for s in journal.all_subscriptions()}
    assert stories == told


def test_every_permission_is_asked_for_and_held() -> None:
    asked = attributes_of("Permission", "*/rules.py", "*/rules/*.py", "web/**/*.py")
    assert {p.name for p in Permission} - asked == set(), "nobody asks for it"
    held = {p for definition in ROLES.values() for p in definition.permissions}
    assert set(Permission) - held == set(), "nobody holds it"
    assert set(ROLES) == set(Role)


def test_permissions_stand_in_alphabetical_order() -> None:
    assert [p.name for p in Permission] == sorted(p.name for p in Permission)


def test_tasks_are_thin() -> None:
    for file, tree in sources("*/tasks.py"):
        module = import_module(f"cordee.{file.parent.name}.tasks")
        for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
            assert hasattr(getattr(module, function.name), "enqueue"), f"{file}: {function.name} is no task"
            assert len(function.body) <= 5, f"{file}: {function.name} does work of its own"


def test_what_may_be_changed_is_a_type() -> None:
    """A dictionary with `setattr` takes any attribute: the password of an account, the status of a mission."""
    for file, tree in sources("*/actions.py", "*/actions/*.py"):
        for function in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
            for arg in (*function.args.args, *function.args.kwonlyargs):
                taken = ast.unparse(arg.annotation) if arg.annotation else ""
                told = f"{file.relative_to(ROOT)}: {function.name}({arg.arg}): see kernel.changes"
                assert not re.match(r"(dict|Mapping)\[str, (Any|object|str)\]", taken), told


def test_every_field_that_may_be_changed_is_one_of_its_table() -> None:
    tables = {
        "Organisation",
        "ClientOrganisation",
        "Contact",
        "Facilitator",
        "ServiceType",
        "Order",
        "OrderLine",
        "Supplier",
    }
    columns = {
        m.__name__: {f.attname for f in m._meta.concrete_fields} for m in HOUSE_MODELS if m.__name__ in tables
    }
    kinds = [kind for kind in Changes.__subclasses__() if kind.__module__.startswith("cordee.")]
    assert len({kind.__name__ for kind in kinds}) == len(tables)
    for kind in kinds:
        assert any(set(kind.__dataclass_fields__) <= names for names in columns.values()), kind.__name__


def test_refusals_are_born_in_rules_alone() -> None:
    """Reading finds what is the case, a page shows it; what that hinders, and what to do about it, is for
    `rules.py` to say. A step of a mission is a blocker too (`kernel.steps`).
    """
    for file, tree in sources("**/*.py"):
        where = {file.stem, file.parent.name}
        if "rules" in where or file == HOUSE / "kernel/steps.py":
            continue
        calls = [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
        forbidden = {"Blocker", "refuse_if"} if "queries" in where else {"Blocker"}
        born = [call for call in calls if call.rpartition(".")[2] in forbidden]
        born += [
            a.asname for a in ast.walk(tree) if isinstance(a, ast.alias) and a.name == "Blocker" and a.asname
        ]
        assert not born, file.relative_to(ROOT)


def test_every_action_is_one_transaction() -> None:
    """An action that records a fact writes it with what it speaks of, or not at all."""
    for file, tree in sources("*/actions.py", "*/actions/*.py"):
        if file.parent.name in {"journal", "mail", "links", "files", "jobs", "submissions"}:
            continue
        for function in (n for n in tree.body if isinstance(n, ast.FunctionDef)):
            text = ast.unparse(function)
            if function.name.startswith("_") or "journal.record(" not in text:
                continue
            decorators = {ast.unparse(d) for d in function.decorator_list}
            assert "transaction.atomic" in decorators, f"{file.relative_to(ROOT)}: {function.name}"
            assert "by" in {a.arg for a in function.args.kwonlyargs}, f"{function.name} does not say by whom"
            assert not function.args.args, f"{function.name} takes keywords only"
