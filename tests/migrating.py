"""Going back to an earlier state of the tables, and forward again over rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@contextmanager
def before(app: str, migration: str) -> Iterator[Any]:
    """Take `app` back to what it was after `migration`, give the models of then; afterwards all is as now again."""
    migrate([(app, migration)])
    try:
        yield MigrationExecutor(connection).loader.project_state([(app, migration)]).apps
    finally:
        migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def migrate(targets: list[Any]) -> None:
    MigrationExecutor(connection).migrate(targets)
