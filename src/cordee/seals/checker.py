"""The page in each sealed file that checks it in any browser, without network, for whoever installs nothing."""

import json
from functools import cache
from pathlib import Path
from typing import Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

WORDS: Final = {
    "title": _("Is this sealed file whole?"),
    "what": _(
        "Choose the file as you received it (.zip). It is read on this device alone: nothing is sent anywhere."
    ),
    "choose": _("Choose the sealed file, or drop it here"),
    "whole": _("This file is as it was sealed: nothing was changed, added or taken away."),
    "altered": _("This file is no longer as it was sealed:"),
    "not_sealed": _("This is not a sealed file, or its manifest can no longer be read."),
    "forged": _("the signature is not that of its manifest"),
    "changed": _("was changed"),
    "missing": _("was taken away"),
    "added": _("was added"),
    "twice": _("is in it twice"),
    "hidden": _("holds bytes that belong to no file on its list"),
    "repacked": _("Its files are as they were sealed; the ZIP around them was packed anew."),
    "ok": _("as it was sealed"),
    "number": _("Seal"),
    "at": _("Sealed on"),
    "by": _("By"),
    "key": _("Key, to compare with the one that the organisation publishes"),
    "old": _("This browser cannot check it: open this page in a newer one."),
    "about": _("About"),
}
_BESIDE = Path(__file__).parent


@cache
def checker() -> bytes:
    """Return the page: it stands alone, and speaks French and English."""
    page = (_BESIDE / "check.html").read_text(encoding="utf-8")
    curve = (_BESIDE / "vendor/noble_ed25519/index.js").read_text(encoding="utf-8")
    words = json.dumps({code: _words(code) for code in ("en", "fr")}, ensure_ascii=False)
    page = page.replace('id="words">{}', f'id="words">{words}')
    return page.replace("/* noble-ed25519 */", curve[: curve.rindex("export {")]).encode()


def _words(language: str) -> dict[str, str]:
    with translation.override(language):
        return {name: str(word) for name, word in WORDS.items()}
