"""What is the same for the same drawing is kept beside it, so that a copied signature is found on any session."""

import json
from hashlib import sha256
from itertools import batched
from typing import Any

from django.db import migrations, models


def print_of(strokes: Any) -> str:
    """Return the print as `attendance.queries.print_of` made it when it came."""
    points = [(point[0], point[1]) for stroke in strokes for point in stroke]
    if len(points) < 12:
        return ""
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    side = max(*(x - left for x, _y in points), *(y - top for _x, y in points), 1)
    parts = [
        [((point[0] - left) * 500 // side, (point[1] - top) * 500 // side) for point in stroke]
        for stroke in strokes
    ]
    return sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def take_prints(apps: Any, _editor: object) -> None:
    signatures = apps.get_model("attendance", "Signature").objects
    for some in batched(signatures.exclude(strokes=[]).order_by("pk").iterator(chunk_size=500), 500):
        for signature in some:
            signature.ink_print = print_of(signature.strokes)
        signatures.bulk_update(some, ["ink_print"])


class Migration(migrations.Migration):
    dependencies = [("attendance", "0006_signatures_without_network")]

    operations = [
        migrations.AddField(
            model_name="signature", name="ink_print", field=models.CharField(blank=True, max_length=64)
        ),
        migrations.RunPython(take_prints, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(fields=["ink_print"], name="signatures_by_print"),
        ),
    ]
