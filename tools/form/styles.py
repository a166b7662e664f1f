"""The form of a stylesheet: one declaration a line, one selector a line."""

import re
from typing import Final

import cssbeautifier

_OPTIONS: Final = cssbeautifier.default_options()
_OPTIONS.indent_size = 2
_OPTIONS.end_with_newline = True
_OPTIONS.space_around_combinator = True


def formed(source: str) -> str:
    """Return a stylesheet in the house's form: cssbeautifier's, and each declaration ends with a semicolon."""
    return re.sub(r"(?<=[^\s;{}/])(\n\s*})", r";\1", str(cssbeautifier.beautify(source, _OPTIONS)))
