"""`cordee serve | web | worker`: the processes of the house."""

import logging
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LOGGING_CONFIG, LogLevels
from granian.server.common import AbstractServer

from cordee.accounts.queries import with_role
from cordee.cli import prepare
from cordee.cli.printing import Stop
from cordee.cli.processes import PATIENCE_WITH_PAGES, Worker, stop_with
from cordee.config import home, logs
from cordee.jobs import registry
from cordee.journal.actions import LEASE
from cordee.kernel.permissions import Role

THREADS = 4
"""Requests one web process answers at a time: beyond it they queue, which is quicker than quarrelling."""
POLL = 0.5
"""Seconds after which the worker looks for new work."""


def serve(*, announce: Callable[[], list[str]] | None = None) -> int:
    """Serve pages and work behind them until told to stop; when one of the two dies, the other is stopped."""
    refuse_taken_port(_("PORT=%(port)d ./cordee serve") % {"port": settings.ENV.port + 1})
    _prepare()
    lines = (announce or _advice)()
    worker = Worker()

    def begin() -> None:
        worker.start(stop_all=server.signal_handler_interrupt)
        _greet(lines)

    server = _server(workers=1, on_startup=begin, on_end=worker.ask_to_stop)
    try:
        code = _run(server)
    finally:
        worker.stop()
    return code or (1 if worker.died else 0)


def web(*, workers: int) -> int:
    """Serve the pages alone."""
    refuse_taken_port(_("PORT=%(port)d ./cordee web") % {"port": settings.ENV.port + 1})
    _prepare()
    lines = _advice()
    return _run(_server(workers=workers, on_startup=lambda: _greet(lines)))


def worker(*, parent: int) -> int:
    """Do the work behind the pages alone: facts handed over, mails sent, schedules kept."""
    prepare.database()
    if parent:
        logging.getLogger("django_ox").setLevel(logging.WARNING)  # beside the server, only what went wrong
        threading.Thread(target=stop_with, args=(parent,), daemon=True).start()
    _take_up_what_was_left()
    call_command("ox_worker", interval=POLL, verbosity=0)  # leaves with SystemExit
    return 0


def _take_up_what_was_left() -> None:
    """Look at once for what a worker that was killed left behind; the schedule would a minute later.

    What it had in hand is free at the end of its lease.
    """
    registry.start("mail.send_due")
    registry.start("journal.deliver_due")
    for name in ("journal.deliver_due", "mail.send_due"):
        registry.start_after(LEASE, name)


def refuse_taken_port(instead: str) -> None:
    """Say in one line that the port is taken, before anything is done. `instead` is what to type."""
    host, port = settings.ENV.host, settings.ENV.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with closing(socket.socket(family, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise Stop(
                _("Port %(port)d is for the system: choose one above 1023, e.g. PORT=8000.") % {"port": port}
            ) from error
        except OSError as error:
            raise Stop(
                _("Port %(port)d is taken on %(host)s. Choose another: %(instead)s")
                % {"port": port, "host": host, "instead": instead}
            ) from error


def _prepare() -> None:
    prepare.database()
    prepare.static_files()


def _advice() -> list[str]:
    lines = []
    if home.is_open(settings.ENV.home):
        lines.append(
            _(
                "Other users of this machine can look into %(home)s, which is not yours to close: chmod 700 it."
            )
            % {"home": settings.ENV.home}
        )
    if with_role(Role.ADMINISTRATOR):
        return lines
    return [
        *lines,
        _("Nobody can log in yet. Make the first administrator, in another window:"),
        "  ./cordee admin add you@example.org --first-name Your --last-name Name",
    ]


def _greet(lines: list[str]) -> None:
    print("\n".join([_("Cordée is at %(address)s") % {"address": settings.BASE_URL}, *lines]))
    print(_("Stop it with Ctrl-C."), flush=True)


def _server(
    *, workers: int, on_startup: Callable[[], None], on_end: Callable[[], None] | None = None
) -> AbstractServer[Any]:
    """Return the server; `on_end` is done as soon as it is told to end, before the last pages are answered."""
    server: AbstractServer[Any] = Granian(
        "cordee.cli.application:application",
        address=settings.ENV.host,
        port=settings.ENV.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=logs.of_the_server(LOGGING_CONFIG["handlers"]),  # type: ignore[arg-type]  # a plain dict
        workers_kill_timeout=PATIENCE_WITH_PAGES,
    )

    def end(*_signal: object) -> None:
        if on_end:
            on_end()
        server.signal_handler_interrupt()  # type: ignore[no-untyped-call]  # Granian's

    def begin() -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # a terminal that is closed ends it, too
            signal.signal(each, end)
        on_startup()

    server.on_startup(begin)
    return server


def _leave_connections() -> None:
    """Close what this process has open of the database: those made from it open their own.

    So has the pool to be: in a process made by `fork` its connections are shared, and the threads that make new ones
    are not there, so that whoever asks for one waits for ever.
    """
    for connection in connections.all():
        connection.close()
        close_pool = getattr(connection, "close_pool", None)  # SQLite has none
        if close_pool:
            close_pool()


def _run(server: AbstractServer[Any]) -> int:
    _leave_connections()
    try:
        server.serve()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
