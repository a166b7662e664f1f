"""Every template is used, and can be read by the machine."""

import re
from pathlib import Path

import pytest
from django.core.checks.templates import check_templates
from django.template import engines
from django.template.loader import get_template

HOUSE = Path(__file__).resolve().parents[2] / "src/cordee"
FILES = {
    str(file.relative_to(folder)): file
    for folder in HOUSE.glob("**/templates")
    for file in sorted(folder.rglob("*"))
    if file.suffix in {".html", ".txt", ".xml", ".svg"}
}
OF_OTHERS = ("account/", "allauth/", "django/", "404.html", "403.html", "500.html", "400.html", "429.html")
"""Found by name by allauth or Django."""
NAMED = re.compile(r"""["']([\w./-]+\.(?:html|txt|xml|svg))(?:#[\w-]+)?["']""")
LONGEST = 160
LOADS = re.compile(r"{%\s*load\s+([^%]*?)\s*%}")


def test_there_are_templates() -> None:
    assert len(FILES) > 50


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_template_can_be_compiled(name: str) -> None:
    get_template(name)


def test_every_template_is_used() -> None:
    named = set()
    for file in [*HOUSE.rglob("*.py"), *FILES.values()]:
        named.update(NAMED.findall(file.read_text()))
    unused = {name for name in FILES if name not in named and not name.startswith(OF_OTHERS)}
    assert unused == set()


def test_what_a_template_names_exists() -> None:
    for name, file in FILES.items():
        for tag in re.findall(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""", file.read_text()):
            if not tag.startswith("django/forms/"):  # found by the renderer of forms
                assert get_template(tag.partition("#")[0]), name


@pytest.mark.parametrize("name", [name for name in sorted(FILES) if name.endswith(".html")])
def test_a_template_shows_one_thing(name: str) -> None:
    assert len(FILES[name].read_text().splitlines()) <= LONGEST, "part it by what it shows"


def test_only_i18n_has_two_libraries_of_its_name() -> None:
    clashes = [str(found.msg) for found in check_templates(None)]
    assert len(clashes) == 1
    assert clashes[0].startswith("'i18n' is used for multiple template tag modules")


def test_templates_load_libraries_that_exist() -> None:
    libraries = engines["django"].engine.template_libraries  # type: ignore[attr-defined]
    for name, file in FILES.items():
        text = file.read_text()
        for load in LOADS.findall(text):
            for library in load.partition(" from ")[2].split() or load.split():
                assert library in libraries, f"{name} loads {library}"
