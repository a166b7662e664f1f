"""The boards leave the missions and get a table of their own."""

import datetime
from collections.abc import Iterator
from itertools import batched
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

COUNTS = ("ordered", "planned", "held", "proven", "requested")


def carry_over(apps: Any, _editor: object) -> None:
    """Take what each mission had on its board, so that lists show it from the first moment on."""
    board = apps.get_model("closure", "Board")
    missions = apps.get_model("missions", "Mission").objects.order_by("pk")
    names = ("pk", "due_on", "next_step", "first_day", "last_day", *COUNTS)

    def boards() -> Iterator[Any]:
        for pk, due_on, next_step, first_day, last_day, *counts in missions.values_list(*names).iterator():
            yield board(
                mission_id=pk,
                due_on=due_on,
                next_step=next_step,
                first_day=first_day,
                last_day=last_day,
                counts=dict(zip(COUNTS, counts, strict=True)),
            )

    for some in batched(boards(), 1_000):
        board.objects.bulk_create(some)


def carry_back(apps: Any, _editor: object) -> None:
    """Give the missions their boards back."""
    missions = apps.get_model("missions", "Mission").objects
    for board in apps.get_model("closure", "Board").objects.iterator():
        missions.filter(pk=board.mission_id).update(
            due_on=board.due_on,
            next_step=board.next_step,
            first_day=board.first_day,
            last_day=board.last_day,
            **{name: board.counts.get(name, 0) for name in COUNTS},
        )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("missions", "0002_list_order")]
    run_before = [("missions", "0003_boards_have_left")]

    operations = [
        migrations.CreateModel(
            name="Board",
            fields=[
                (
                    "mission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="missions.mission",
                    ),
                ),
                ("due_on", models.DateField(default=datetime.date(9999, 12, 31))),
                ("next_step", models.CharField(blank=True, max_length=40)),
                ("first_day", models.DateField(blank=True, null=True)),
                ("last_day", models.DateField(blank=True, null=True)),
                ("counts", models.JSONField(default=dict)),
            ],
            options={"indexes": [models.Index(fields=["due_on", "-mission"], name="boards_due")]},
        ),
        migrations.RunPython(carry_over, carry_back),
    ]
