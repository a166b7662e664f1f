"""What must be there before anything is served: the database as it should be, the static files."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from cordee import __version__
from cordee.cli.printing import Stop

_CACHE_TABLE = str(settings.CACHES[DEFAULT_DB_ALIAS].get("LOCATION", ""))


def migrate() -> int:
    """Prepare the database, or bring it up to date, and say so."""
    print(_("The database is up to date.") if not database() else _("The database was prepared."))
    return 0


def database() -> bool:
    """Bring the database up to date; return whether there was anything to do. Quick when there is not."""
    try:
        executor = MigrationExecutor(connection)
        behind = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if behind:
            call_command("migrate", interactive=False, verbosity=0)
        no_cache = _CACHE_TABLE and _CACHE_TABLE not in connection.introspection.table_names()
        if no_cache:
            call_command("createcachetable", verbosity=0)
    except OperationalError as error:
        raise Stop(_("The database cannot be used: %(reason)s") % {"reason": str(error).strip()}) from error
    return behind or bool(no_cache)


def static_files() -> bool:
    """Collect the static files when any of them changed; return whether they had."""
    root = Path(str(settings.STATIC_ROOT))
    stamp = root / ".collected"
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)
    return True


def _fingerprint() -> str:
    """Return what changes when a static file does: version, names, sizes and times."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
