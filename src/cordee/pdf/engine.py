"""Template and data in, PDF out, in process.

The files are archival and accessible (PDF/A-3a, PDF/UA-1), and the same input gives the same bytes, so a
document can be stored and checked by its hash. Data reaches the template as values, never as markup.
"""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Final, cast

import typst

from cordee.pdf.coverage import printable
from cordee.pdf.typefaces import Typefaces, typefaces

_MAIN: Final = "main.typ"


class RenderError(Exception):
    """The template refused the data. A fault of ours or of a picture, not of a text."""


def render(
    template: Path,
    data: Mapping[str, Any],
    *,
    dated: date,
    files: Mapping[str, bytes] | None = None,
    extra_fonts: Sequence[Path] | None = None,
) -> bytes:
    """The PDF of a Typst template.

    The template reads ``json(bytes(sys.inputs.data))`` and the list of font families
    ``json(bytes(sys.inputs.fonts))``. Texts are made printable on the way (see ``coverage``).

    :param dated: the date written in the file's properties: given, never the clock's.
    :param files: files made for this document, by the name under which the template opens them: text in
        UTF-8, so a picture as SVG (see ``pictures``). It can open the files of its own folder too, and
        nothing above.
    :param extra_fonts: folders used instead of those of ``CORDEE_FONTS``.
    """
    faces = typefaces(extra_fonts)
    sources = {**(files or {}), _MAIN: template.read_bytes()}
    compiler = _compiler(template.parent, faces)

    def compile_with(texts: Callable[[str], str]) -> bytes:
        content = compiler.compile(
            input=cast(Any, sources),  # several sources at once: supported, missing in the library's types
            format="pdf",
            sys_inputs=_inputs(data, faces, texts),
            pdf_standards=["a-3a", "ua-1"],
            timestamp=datetime.combine(dated, time(), UTC),
        )
        return cast(bytes, content)

    return _with_fewer_characters(compile_with, template, extra_fonts)


def told(
    template: Path,
    data: Mapping[str, Any],
    label: str,
    *,
    files: Mapping[str, bytes] | None = None,
    extra_fonts: Sequence[Path] | None = None,
) -> list[Any]:
    """What a template says of itself: the values of its metadata with this label, in the order of the pages.

    It is laid out as `render` would, with the same texts, and not drawn. Raises RenderError.
    """
    faces = typefaces(extra_fonts)
    sources = {**(files or {}), _MAIN: template.read_bytes()}

    def ask(texts: Callable[[str], str]) -> list[Any]:
        found = typst.query(
            cast(Any, sources),
            f"<{label}>",
            field="value",
            root=template.parent,
            font_paths=faces.fonts,
            sys_inputs=_inputs(data, faces, texts),
        )
        return list(json.loads(found))

    return _with_fewer_characters(ask, template, extra_fonts)


def _inputs(data: Mapping[str, Any], faces: Typefaces, texts: Callable[[str], str]) -> dict[str, str]:
    return {
        "data": json.dumps(_with_texts(data, texts), ensure_ascii=False),
        "fonts": json.dumps(faces.families),
    }


def _with_fewer_characters[T](
    attempt: Callable[[Callable[[str], str]], T], template: Path, extra_fonts: Sequence[Path] | None
) -> T:
    """Try with every character that some font has; where two of them do not go together, with letters only."""
    try:
        try:
            return attempt(lambda text: printable(text, extra_fonts))
        except typst.TypstError as error:
            if "could not be displayed" not in error.message:
                raise
            # A mark and a letter which no font has together: a visible sign rather than no document.
            return attempt(lambda text: printable(text, extra_fonts, letters_only=True))
    except RuntimeError as error:  # TypstError is one; a file which is not text gives a plain one
        raise RenderError(f"{template.name}: {error}") from error


_local = threading.local()


def _compiler(root: Path, faces: Typefaces) -> typst.Compiler:
    """This thread's compiler.

    One per thread: a compiler refuses a second call while it works. They share the fonts, and the
    library lets go of the interpreter lock, so that threads draw side by side.
    """
    compilers: dict[tuple[Path, Typefaces], typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    key = (root, faces)
    if key not in compilers:
        compilers[key] = typst.Compiler(root=root, font_paths=faces.fonts)
    return compilers[key]


def _with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """The same data, each text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _with_texts(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_with_texts(item, change) for item in value]
    return value
