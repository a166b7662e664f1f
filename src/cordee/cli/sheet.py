"""`cordee sheet`: the attendance sheet of a session as PDF."""

import sys
from pathlib import Path

from django.utils.translation import gettext as _

from cordee.cli.printing import Stop, say
from cordee.documents.actions import print_sheets
from cordee.documents.rendering import RenderedPdf
from cordee.kernel.actor import COMMAND
from cordee.kernel.whole import write_whole
from cordee.planning.queries import session_by_ref


def sheet(ref: str, *, out: str) -> int:
    """Write the sheet to `out`, or to the output for `-`; say which names cannot be printed whole."""
    session = session_by_ref(ref.strip().upper())
    if session is None:
        raise Stop(
            _("There is no session %(ref)s. `cordee missions show REF` gives those of a mission.")
            % {"ref": ref}
        )
    if out != "-" and not Path(out).absolute().parent.is_dir():
        raise Stop(_("The folder %(folder)s does not exist.") % {"folder": Path(out).absolute().parent})
    rendered = print_sheets(sessions=[session], by=COMMAND)
    _write(rendered, out)
    for text in rendered.unprintable:
        if text.kind == "logo":
            say(_("The logo could not be read and was left out."))
        else:
            missing = " ".join(text.missing)
            say(
                _("No font here has %(characters)s (in “%(text)s”): name a folder of fonts in CORDEE_FONTS.")
                % {"characters": missing, "text": text.text}
            )
    return 0


def _write(rendered: RenderedPdf, out: str) -> None:
    if out == "-":
        sys.stdout.buffer.write(rendered.content)
        return
    try:
        write_whole(Path(out), rendered.content)
    except OSError as error:
        raise Stop(
            _("%(file)s cannot be written: %(reason)s.") % {"file": out, "reason": error.strerror or error}
        ) from error
