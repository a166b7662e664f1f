"""Why a page takes its time: its queries with their plans, then where Python spends it."""

import cProfile
import pstats
import re
import sys
import time
from typing import Any

from django.db import connection, transaction

from benchmarks.visits import Visitor

TOP = 25
WHOLE_TABLE = re.compile(r"\bSCAN\b(?! CONSTANT)|Seq Scan")
"""In a plan: every row of a table (or of an index) is read."""


def inspect(visitor: Visitor, page: str) -> None:
    """Print the queries of a page and the functions in which it spends its time."""
    for _ in range(5):
        visitor.get(page)
    queries = _queries(visitor, page)
    for number, (milliseconds, sql, params) in enumerate(queries, start=1):
        print(f"\n--- {number}. {milliseconds:.2f} ms\n{_shown(sql)}")
        for line in plan(sql, params):
            print(f"    {'!! ' if WHOLE_TABLE.search(line) else '   '}{line}")
    print(f"\n{len(queries)} queries, {sum(q[0] for q in queries):.1f} ms\n")
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(20):
        visitor.get(page)
    profile.disable()
    ours = pstats.Stats(profile, stream=sys.stdout).sort_stats("cumulative")
    ours.print_stats(r"src.cordee", TOP)
    pstats.Stats(profile, stream=sys.stdout).strip_dirs().sort_stats("tottime").print_stats(TOP)


def _queries(visitor: Visitor, page: str) -> list[tuple[float, str, Any]]:
    seen: list[tuple[float, str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - Django's signature
        start = time.perf_counter()
        result = execute(sql, params, many, context)
        seen.append((1000 * (time.perf_counter() - start), sql, params))
        return result

    with connection.execute_wrapper(note):
        visitor.get(page)
    return seen


def plan(sql: str, params: Any) -> list[str]:
    """Return how the database finds the rows of a query; nothing for what is not a reading."""
    if not sql.startswith("SELECT"):
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            return [row[3] for row in cursor.fetchall()]
        cursor.execute(f"EXPLAIN ANALYZE {sql}", params)
        return [row[0] for row in cursor.fetchall()]


def _shown(sql: str) -> str:
    """Leave the list of columns out: what follows it tells more."""
    return re.sub(r'SELECT .*? FROM "', 'SELECT … FROM "', sql, count=1)
