"""`python -m tools.form` puts templates and stylesheets in form; with `--check` it says which are not."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cordee.web.whitespace import compact
from tools.form import styles, templates
from tools.form.tree import CannotForm, without_names

ROOT: Final = Path(__file__).resolve().parent.parent.parent
LONGEST: Final = 120
LONG_LINES: Final[dict[str, str]] = {}  # a file that may have longer lines, and why


def main(arguments: list[str]) -> int:
    """Write what is not in form, or with `--check` say it. Return 1 when something is left to do."""
    wrong = 0
    for path in files():
        before = path.read_text(encoding="utf-8")
        try:
            after = in_form(path, before)
        except CannotForm as error:
            wrong += tell(path, f"cannot be put in form: {error}")
            continue
        if before != after and "--check" in arguments:
            wrong += tell(path, "is not in form: ./cordee fmt")
        elif before != after:
            path.write_text(after, encoding="utf-8")
        if str(path.relative_to(ROOT)) not in LONG_LINES:
            for number in too_long(after):
                wrong += tell(path, f"line {number} is longer than {LONGEST} characters")
    return 1 if wrong else 0


def files() -> Iterator[Path]:
    """Yield the templates, stylesheets and scripts that are ours."""
    for pattern in (
        *("**/templates/**/*.html", "**/static/**/*.css"),
        "cordee/seals/*.html",  # a page that stands alone, with its script
        *("**/templates/**/*.txt", "**/templates/**/*.typ", "**/static/**/*.js"),
    ):
        yield from sorted(path for path in (ROOT / "src").glob(pattern) if "vendor" not in path.parts)


def in_form(path: Path, source: str) -> str:
    """Return a file as it should be. Raise CannotForm for a template that would then mean something else."""
    if path.suffix == ".css":
        return styles.formed(source)
    if (
        path.suffix != ".html" or "templates" not in path.parts
    ):  # the others are written by hand: only their lines are looked at
        return source
    result = templates.formed(source)
    if meaning(source) != meaning(result):
        raise CannotForm("its meaning would change, which is a fault of tools/form")
    return result


def meaning(source: str) -> str:
    """Return what the server compiles of a template, whatever its blocks are called where they end."""
    return without_names(compact(source))


def too_long(source: str) -> Iterator[int]:
    """Yield the numbers of lines that are too long to be reviewed."""
    return (number for number, line in enumerate(source.splitlines(), 1) if len(line) > LONGEST)


def tell(path: Path, fault: str) -> int:
    """Print what is wrong with a file."""
    print(f"{path.relative_to(ROOT)} {fault}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
