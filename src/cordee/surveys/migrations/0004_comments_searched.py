"""Answers in words are searched without accents and capitals."""

from itertools import batched
from typing import Any

from django.db import migrations, models

from cordee.kernel.names import search_key


def write_keys(apps: Any, schema_editor: Any) -> None:
    """Write what was said so far as it is searched from now on."""
    comments = apps.get_model("surveys", "Comment").objects.order_by("pk")
    for some in batched(comments.iterator(chunk_size=500), 500):
        for comment in some:
            comment.search_key = search_key(comment.text)
        type(some[0]).objects.bulk_update(some, ["search_key"])


class Migration(migrations.Migration):
    dependencies = [("surveys", "0003_sums_by_measure")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="search_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop, elidable=True),
    ]
