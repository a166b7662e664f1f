"""An invoice and its credit note of which neither was paid are settled."""

from itertools import batched
from typing import Any, ClassVar

from django.db import migrations

AT_ONCE = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    """Tell both of each pair."""
    payables = apps.get_model("fees", "Payable").objects.using(schema_editor.connection.alias)
    pairs = payables.filter(settled=False, credits__settled=False).order_by("pk").values_list("pk", "credits")
    for some in batched(list(pairs), AT_ONCE):
        payables.filter(pk__in=[pk for pair in some for pk in pair]).update(settled=True)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("fees", "0007_settled")]
    operations: ClassVar = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
