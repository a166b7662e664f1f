"""`build`: fills worlds, each in a process of its own."""

import shutil
import subprocess
import sys
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.places import ROOT, World, server_for


def build(worlds: list[World], *, again: bool = False) -> dict[str, Any]:
    """Build the worlds that are not there yet, or all of them again; return how long each took."""
    with server_for(worlds) as server:
        for world in worlds:
            if world.is_built and not again:
                print(f"{world.name}: there already (--again builds it anew)")
                continue
            _build(world, server)
            manifest = world.manifest()
            print(f"{world.name}: {manifest.seconds:.0f} s")
            for table, rows in manifest.counts.items():
                print(f"   {table:<32} {rows:>10,}")
    return {world.name: _told(world) for world in worlds}


def _build(world: World, server: str) -> None:
    shutil.rmtree(world.folder, ignore_errors=True)
    world.folder.mkdir(parents=True)
    if world.database == "postgres":
        _fresh_database(server, world)
    command = [sys.executable, "-m", "benchmarks.inside", "build", "--folder", str(world.folder)]
    subprocess.run(
        [*command, "--scale", str(world.scale)], cwd=ROOT, env=world.environment(server), check=True
    )


def _fresh_database(server: str, world: World) -> None:
    name = sql.Identifier(world.environment(server)["DATABASE_URL"].rpartition("/")[2])
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def _told(world: World) -> dict[str, Any]:
    manifest = world.manifest()
    return {
        "seconds": manifest.seconds,
        "missions": manifest.counts["missions.mission"],
        "sessions": manifest.counts["planning.session"],
        "enrolments": manifest.counts["enrolment.enrolment"],
        "rows": sum(manifest.counts.values()),
    }
