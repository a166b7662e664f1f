"""Static files as they are served: hashed, compressed, and stylesheets without what only serves their reader."""

import re

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # ships no types
    """Where `collectstatic` puts files."""

    def _save(self, name: str, content: "File[bytes]") -> str:
        if name.endswith(".css"):
            content.seek(0)  # it was read for its hash
            content = ContentFile(compact(content.read().decode()).encode())
        return str(super()._save(name, content))


def compact(source: str) -> str:
    """Return a stylesheet without comments and without the line breaks and indents of the house's form."""
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    source = re.sub(r"[ \t]*\n\s*", "\n", source.strip())
    source = re.sub(r";\n(?=})", "", source)
    return re.sub(r" ?([{};,])\n", r"\1", source).replace("\n", " ")
