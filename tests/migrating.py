"""Going back to an earlier state of the tables, and forward again over rows.

    with before("planning", "0002_zone_of_the_organisation") as apps:
        ...  # the tables as they were after that migration, in every room: put rows there, as they were then
    ...  # all is as now again: look at what became of them

`test_migrations.py` asks for such a test of every migration that moves rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@contextmanager
def before(app: str, migration: str | None) -> Iterator[Any]:
    """Take `app` back to what it was after `migration` (none: before its first), with what depends on it; give the
    models of then. Afterwards all is as now again.
    """
    migrate([(app, migration)])
    try:
        loader = MigrationExecutor(connection).loader
        yield loader.project_state(list(loader.applied_migrations)).apps
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def migrate(targets: list[Any]) -> None:
    MigrationExecutor(connection).migrate(targets)
