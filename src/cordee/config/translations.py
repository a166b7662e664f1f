"""Compiled translations, made from the catalogues without the gettext programs.

Only the catalogues (.po) are kept in the repository. What Django reads (.mo) is made from them at the first
start, and again whenever a catalogue changed.
"""

import os
import tempfile
from pathlib import Path

from django.utils.translation.reloader import translation_file_changed

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_if_needed(locale: Path = LOCALE) -> None:
    """Compile each catalogue that is not the one compiled last. Needs no settings; cheap when up to date."""
    for catalogue in sorted(locale.glob("*/LC_MESSAGES/django.po")):
        compiled = catalogue.with_suffix(".mo")
        changed_at = catalogue.stat().st_mtime_ns
        if not compiled.exists() or compiled.stat().st_mtime_ns != changed_at:
            _compile(catalogue, compiled, changed_at)
            translation_file_changed(
                sender=None, file_path=compiled
            )  # if Django read the old one, it forgets it


def _compile(catalogue: Path, compiled: Path, changed_at: int) -> None:
    # Imported here: almost every start has nothing to compile.
    from babel.messages import mofile, pofile  # noqa: PLC0415

    with catalogue.open("rb") as source:
        messages = pofile.read_po(source, locale=catalogue.parent.parent.name)
    # Several processes may start at once: each writes its own file, and the name always leads to a whole one.
    handle, temporary = tempfile.mkstemp(dir=compiled.parent, prefix=".django.mo.")
    try:
        with os.fdopen(handle, "wb") as target:
            mofile.write_mo(target, messages)
        Path(temporary).chmod(0o644)
        # It carries the time of its catalogue: one that changed while it was compiled is compiled again.
        os.utime(temporary, ns=(changed_at, changed_at))
        Path(temporary).replace(compiled)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
