"""Where the worlds are kept, and how to come into one."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.world.manifest import Manifest
from tools import postgres

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
HOME = ROOT / "var" / "benchmarks"
SETTINGS = "cordee.config.settings"
OPERATOR_PREFIXES = (
    *("CORDEE_", "DATABASE_URL", "SMTP_URL", "S3_", "AWS_", "MAIL_FROM", "PORT", "PG", "DJANGO_"),
)
"""What an operator may have set must change nothing in a figure."""

type Database = Literal["sqlite", "postgres"]
DATABASES: tuple[Database, ...] = ("sqlite", "postgres")


@dataclass(frozen=True, slots=True)
class World:
    """One world in one database."""

    home: Path
    database: Database
    scale: float

    @property
    def name(self) -> str:
        return f"{self.database}-{self.scale:g}"

    @property
    def folder(self) -> Path:
        """Everything Cordée keeps for this world."""
        return self.home / self.name

    @property
    def manifest_path(self) -> Path:
        return self.folder / "manifest.json"

    @property
    def is_built(self) -> bool:
        return self.manifest_path.exists()

    def manifest(self) -> Manifest:
        return Manifest.read(self.manifest_path)

    def environment(self, server: str) -> dict[str, str]:
        """Return the environment of a process that works on this world; `server` is what `servers` gave."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OPERATOR_PREFIXES)}
        url = (
            f"{server}/{self.name.replace('-', '_').replace('.', '_')}" if self.database == "postgres" else ""
        )
        return kept | {
            "CORDEE_HOME": str(self.folder),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }


def built(home: Path) -> list[World]:
    """Return the worlds that are ready, the small ones first."""
    found = []
    for path in sorted(home.glob("*-*/manifest.json")):
        database, _, scale = path.parent.name.partition("-")
        if database in DATABASES:
            found.append(World(home, database, float(scale)))
    return sorted(found, key=lambda world: (world.scale, world.database))


@contextlib.contextmanager
def server_for(worlds: list[World]) -> Iterator[str]:
    """Run the PostgreSQL server that keeps the worlds of this home; give its address, without a database."""
    if not any(world.database == "postgres" for world in worlds):
        yield ""
        return
    binaries = postgres.find_binaries()
    if not binaries:
        raise SystemExit(f"PostgreSQL {postgres.OLDEST} or newer is missing: try --database sqlite")
    with postgres.running(binaries, keep=worlds[0].home / "postgresql") as url:
        yield url.rpartition("/")[0]
