"""The one command: what can be asked, and who answers."""

import argparse
import gettext
import os
import sys
from collections.abc import Callable, Sequence
from uuid import uuid4

from cordee import __version__
from cordee.cli.printing import Stop, explain, say
from cordee.config.environment import BadEnvironment
from cordee.config.translations import LOCALE, compile_if_needed

SETTINGS = "cordee.config.settings"
LANGUAGES = ("fr", "en")
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code: 0, or 1 (of some commands, 2) when something is wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    compile_if_needed()  # before anything reads the catalogues
    _ = _translated(_language(given))
    parser = _parser(_)
    asked = parser.parse_args(given)
    if asked.command in {None, "help"}:
        parser.print_help()
        return 0
    try:
        return _run(asked)
    except BadEnvironment as error:
        say(str(error))
    except Stop as stop:
        say(str(stop))
        return stop.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `cordee missions list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _run(asked: argparse.Namespace) -> int:
    """Set Django up and hand over: nothing of a room may be imported before."""
    if asked.command == "demo":
        os.environ["CORDEE_DEMO"] = "1"  # for this process and its children
        os.environ.pop("SMTP_URL", None)  # nobody there has a mailbox: mails are read on a page of the demo
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.db import OperationalError, ProgrammingError
    from django.utils import translation

    try:
        django.setup()
    except OSError as error:  # the home cannot be made or written
        raise Stop(f"{error.filename}: {error.strerror}. CORDEE_HOME names another folder.") from error
    translation.activate(asked.language)
    from cordee.journal.actions import request_id
    from cordee.kernel.refusals import Refused

    request_id.set(uuid4().hex)
    try:
        return _answer(asked)
    except Refused as refused:
        explain(refused.blockers)
        return 1
    except (OperationalError, ProgrammingError) as error:
        reason = str(error).strip().splitlines()[0]
        raise Stop(
            translation.gettext(
                "The database cannot be used (%(reason)s). `./cordee migrate` prepares it or says more."
            )
            % {"reason": reason}
        ) from error


def _answer(asked: argparse.Namespace) -> int:
    from cordee.cli import admin, demo, prepare, serve, sheet, sheets

    match asked.command:
        case "demo":
            return demo.demo(reset=asked.reset, language=asked.language)
        case "serve":
            return serve.serve()
        case "web":
            return serve.web(workers=asked.workers)
        case "worker":
            return serve.worker(parent=asked.child_of)
        case "migrate":
            return prepare.migrate()
        case "admin":
            return admin.add(asked.email, first_name=asked.first_name, last_name=asked.last_name)
        case "sheet":
            return sheet.sheet(asked.session, out=asked.out)
        case "sheets":
            return sheets.read(asked.files, as_json=asked.json)
        case "evidence":
            from cordee.cli import evidence  # heavy: no server loads it

            return evidence.verify(asked.files, key=asked.key, authority=asked.authority, as_json=asked.json)
    return _answer_about_work(asked)


def _answer_about_work(asked: argparse.Namespace) -> int:
    from cordee.cli import invoices, missions, money, participants, reasons

    match asked.command, asked.what:
        case "fees", _:
            return money.audit(as_json=asked.json)
        case "payments", "month-end":
            return money.month_end(simulate=asked.simulate)
        case "payments", _:
            return money.export(asked.batch, out=asked.out)
        case "invoices", "check":
            return invoices.check_files(asked.files, as_json=asked.json)
        case "invoices", _:
            return invoices.export(asked.month, out=asked.out)
        case "participants", _:
            return participants.answer(asked)
        case "reasons", _:
            return reasons.answer(asked)
        case _, "list":
            return missions.show_list(status=asked.status, search=asked.search, as_json=asked.json)
    return missions.show_one(asked.ref, as_json=asked.json)


def _language(given: list[str]) -> str:
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    early.add_argument("--language", choices=LANGUAGES, default="fr")
    try:
        return str(early.parse_known_args(given)[0].language)
    except argparse.ArgumentError:
        return "fr"  # the real parser will say what is wrong


def _translated(language: str) -> Callable[[str], str]:
    """Return the words of the help, read without Django: help must come even when the settings are wrong."""
    return gettext.translation("django", LOCALE, [language], fallback=True).gettext


def _parser(_: Callable[[str], str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cordee",
        description=_("Cordée, the mission desk of training organisations."),
        epilog=_("For developers: cordee test, check, fmt, bench, lock (see CONTRIBUTING.md)."),
    )
    parser.add_argument("--version", action="version", version=f"cordee {__version__}")
    parser.add_argument("--language", choices=LANGUAGES, default="fr", help=_("language of what is printed"))
    commands = parser.add_subparsers(dest="command", metavar=_("command"))
    commands.add_parser("help", help=_("list the commands"))

    demo = commands.add_parser("demo", help=_("serve an invented organisation, to try everything on"))
    demo.add_argument("--reset", action="store_true", help=_("begin again with a new invented year"))

    commands.add_parser("serve", help=_("serve the pages and do the work behind them, all in one"))
    web = commands.add_parser("web", help=_("serve the pages alone"))
    web.add_argument("--workers", type=_positive, default=1, help=_("number of processes (1)"))
    worker = commands.add_parser(
        "worker", help=_("do the work behind the pages alone: mails, facts, schedule")
    )
    worker.add_argument("--child-of", type=int, default=0, help=argparse.SUPPRESS)
    commands.add_parser("migrate", help=_("prepare the database, or bring it up to date"))

    _add_admin(commands, _)
    _add_missions(commands, _)
    _add_participants(commands, _)
    _add_reasons(commands, _)
    sheet = commands.add_parser("sheet", help=_("write the attendance sheet of a session as PDF"))
    sheet.add_argument(
        "session", metavar="SESSION", help=_("reference of the session, such as S-2026-0412-A")
    )
    sheet.add_argument(
        "--out", required=True, metavar=_("FILE"), help=_("the file to write; - for the output")
    )
    _add_sheets(commands, _)
    _add_evidence(commands, _)
    _add_invoices(commands, _)
    _add_money(commands, _)
    return parser


type _Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no other name


def _add_admin(commands: _Commands, _: Callable[[str], str]) -> None:
    admin = commands.add_parser("admin", help=_("make an administrator"))
    add = admin.add_subparsers(dest="what", required=True).add_parser("add", help=_("make an administrator"))
    add.add_argument("email", metavar="EMAIL", help=_("the address the person logs in with"))
    add.add_argument("--first-name", required=True, help=_("first name"))
    add.add_argument("--last-name", required=True, help=_("last name"))


def _add_missions(commands: _Commands, _: Callable[[str], str]) -> None:
    missions = commands.add_parser("missions", help=_("list missions, or show one"))
    what = missions.add_subparsers(dest="what", required=True)
    listed = what.add_parser("list", help=_("list missions, what is late first"))
    listed.add_argument("--status", choices=("running", "closed"), default="", help=_("only these"))
    listed.add_argument(
        "--search", default="", metavar=_("WORDS"), help=_("reference, client, title, coordinator")
    )
    show = what.add_parser("show", help=_("show a mission and what it lacks before closure"))
    show.add_argument("ref", metavar="REF", help=_("reference of the mission, such as M-2026-0412"))
    for command in (listed, show):
        command.add_argument("--json", action="store_true", help=_("for programs"))


def _add_participants(commands: _Commands, _: Callable[[str], str]) -> None:
    participants = commands.add_parser(
        "participants", help=_("put a client's list on a session, or erase somebody")
    )
    what = participants.add_subparsers(dest="what", required=True)
    imported = what.add_parser(
        "import",
        help=_("enrol the good rows of a file (CSV, TSV, XLSX, ODS) and say what is wrong with the others"),
    )
    imported.add_argument(
        "session", metavar="SESSION", help=_("reference of the session, such as S-2026-0412-A")
    )
    imported.add_argument("file", metavar=_("FILE"), help=_("the client's file"))
    imported.add_argument("--dry-run", action="store_true", help=_("only say what would be done"))
    imported.add_argument("--json", action="store_true", help=_("for programs"))
    erased = what.add_parser(
        "erase", help=_("erase who somebody is everywhere; figures and what proves a training stay")
    )
    erased.add_argument("who", metavar=_("WHO"), help=_("their address; of several who have it, the number"))


def _add_reasons(commands: _Commands, _: Callable[[str], str]) -> None:
    reasons = commands.add_parser("reasons", help=_("erase what somebody wrote as a reason"))
    what = reasons.add_subparsers(dest="what", required=True)
    listed = what.add_parser("list", help=_("list the reasons given on a mission, with their numbers"))
    listed.add_argument(
        "ref",
        metavar="REF",
        nargs="?",
        help=_("reference of the mission, such as M-2026-0412; without it, what belongs to no mission"),
    )
    erased = what.add_parser("erase", help=_("erase the words of one reason"))
    erased.add_argument("number", metavar=_("NUMBER"), help=_("as it stands in the list"))


def _add_evidence(commands: _Commands, _: Callable[[str], str]) -> None:
    evidence = commands.add_parser("evidence", help=_("check sealed files"))
    verify = evidence.add_subparsers(dest="what", required=True).add_parser(
        "verify", help=_("say whether sealed files are as they were sealed; needs no database, no network")
    )
    verify.add_argument("files", nargs="+", metavar=_("FILE"), help=_("sealed files, as they were received"))
    verify.add_argument(
        "--key", default="", metavar=_("KEY"), help=_("the key it must be sealed with, or a file")
    )
    verify.add_argument(
        "--authority", default="", metavar="PEM", help=_("certificate of the authority of its time stamp")
    )
    verify.add_argument("--json", action="store_true", help=_("for programs"))


def _add_invoices(commands: _Commands, _: Callable[[str], str]) -> None:
    invoices = commands.add_parser("invoices", help=_("check invoices, or export a month of them"))
    what = invoices.add_subparsers(dest="what", required=True)
    check = what.add_parser(
        "check",
        help=_("say whether Factur-X invoices of anybody follow the rules; needs no database, no network"),
    )
    check.add_argument("files", nargs="+", metavar=_("FILE"), help=_("a PDF, or the XML of one"))
    check.add_argument("--json", action="store_true", help=_("for programs"))
    export = what.add_parser("export", help=_("write the invoices of a month into a folder"))
    export.add_argument("--month", required=True, metavar="YYYY-MM", help=_("the month, such as 2027-01"))
    export.add_argument("--out", required=True, metavar=_("FOLDER"), help=_("the folder to write to"))


def _add_money(commands: _Commands, _: Callable[[str], str]) -> None:
    fees = commands.add_parser("fees", help=_("check that the money adds up"))
    audit = fees.add_subparsers(dest="what", required=True).add_parser(
        "audit", help=_("say whether a fee is paid twice or forgotten, or a number lost")
    )
    audit.add_argument("--json", action="store_true", help=_("for programs"))
    payments = commands.add_parser("payments", help=_("prepare what is due, and write the bank's file of it"))
    what = payments.add_subparsers(dest="what", required=True)
    month_end = what.add_parser(
        "month-end",
        help=_("bill what waits and prepare one batch of all that is due by the end of the month"),
    )
    month_end.add_argument("--simulate", action="store_true", help=_("only say what would be paid"))
    export = what.add_parser(
        "export", help=_("write the bank's file of an approved batch; again, it is the same")
    )
    export.add_argument("batch", metavar="BATCH", help=_("reference of the batch, such as V-2027-0001"))
    export.add_argument("--out", required=True, metavar=_("FILE"), help=_("the file to write"))


def _add_sheets(commands: _Commands, _: Callable[[str], str]) -> None:
    sheets = commands.add_parser("sheets", help=_("read signed attendance sheets"))
    what = sheets.add_subparsers(dest="what", required=True)
    read = what.add_parser(
        "read",
        help=_(
            "say which boxes are signed on photos or scans (JPEG, PNG, WebP, HEIC, TIFF, PDF); nothing is kept"
        ),
    )
    read.add_argument("files", nargs="+", metavar=_("FILE"), help=_("a photo or scan, of one page or many"))
    read.add_argument("--json", action="store_true", help=_("for programs"))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


if __name__ == "__main__":
    raise SystemExit(main())
