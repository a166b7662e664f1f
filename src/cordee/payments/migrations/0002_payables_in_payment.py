"""What a payment that stands pays says so itself."""

from itertools import batched
from typing import Any, ClassVar

from django.db import migrations

AT_ONCE = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    """Tell the payables that are on a payment that stands."""
    database = schema_editor.connection.alias
    payables = apps.get_model("fees", "Payable").objects.using(database)
    parts = apps.get_model("payments", "Part").objects.using(database).filter(live=True)
    for some in batched(parts.order_by("pk").values_list("payable_id", flat=True), AT_ONCE):
        payables.filter(pk__in=some).update(in_payment=True)


class Migration(migrations.Migration):
    atomic = False
    dependencies: ClassVar = [("payments", "0001_initial"), ("fees", "0004_payables_in_payment")]
    operations: ClassVar = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
