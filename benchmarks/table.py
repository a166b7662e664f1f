"""`table`: the figures of the JSON files as Markdown, in English or French."""

import re
from typing import Any

from benchmarks import figures
from benchmarks.pages import DASHBOARDS, NAMES, goal_of
from benchmarks.places import DATABASES, ROOT

READMES = {"en": ROOT / "README.md", "fr": ROOT / "README.fr.md"}
BEGIN, END = "<!-- benchmarks:begin -->", "<!-- benchmarks:end -->"
ENGLISH = {
    "head": "On a database with {missions:,} missions, {sessions:,} sessions, {enrolments:,} enrolments",
    "goal": "goal",
    "queries": "{n} queries",
    "flat": "{ratio:.2f} × the time with 1 % of the data",
    "mission": "Mission page: 20 sessions, 300 participants",
    "session": "Session page: 30 participants × 2 half-days",
    "missions": "List of missions, first page",
    "search": "List of missions, a search that finds two",
    "search-many": "List of missions, a search that finds a quarter of them",
    "facilitator": "A facilitator's own page",
    "payments": "What finance can pay, and the batches",
    "my-fees": "A facilitator's fees of the year: where each is",
    "dashboard-operations": "Dashboard of operations",
    "dashboard-quality": "Dashboard of quality, on surveys and sheets",
    "dashboard-finance": "Dashboard of finance",
    "sheet": "Attendance sheet for 15 people × 2 half-days, as PDF",
    "file": "200 attendance sheets in one file",
    "preview": "A client's list of {rows:,} people: read and shown",
    "enrol": "The same list: enrolled",
    "weight": "Heaviest page on the wire: first visit, after",
    "memory": "Memory of a web worker after {n:,} requests",
    "mails": "{n} joining instructions after an import; with the worker killed half-way",
    "issued": "{n:,} invoices issued and drawn (Factur-X)",
    "export": "The bank's file of {n:,} payments (pain.001)",
    "audit": "Whether the money of {n:,} fees adds up (`cordee fees audit`)",
    "audit-file": "The file of a quality audit: ten missions with {n} sessions and their signed sheets",
    "scans": "Boxes of {n} signed pages, scanned, photographed, faxed: read right",
    "scan": "Reading one of them",
    "signed": "{share:.2f} % wrongly “signed”; {asked:.0f} % to look at",
    "install": "From `git clone` to the first page, with pip",
    "build": "Building that database",
    "taken": "Taken on {date}: {cores} cores ({architecture}), Python {python}. Medians.",
}
FRENCH = ENGLISH | {
    "head": "Sur une base de {missions:,} missions, {sessions:,} sessions, {enrolments:,} inscriptions",
    "goal": "but",
    "queries": "{n} requêtes",
    "flat": "{ratio:.2f} × le temps avec 1 % des données",
    "mission": "Page d’une mission : 20 sessions, 300 participant·es",
    "session": "Page d’une session : 30 participant·es × 2 demi-journées",
    "missions": "Liste des missions, première page",
    "search": "Liste des missions, une recherche qui en trouve deux",
    "search-many": "Liste des missions, une recherche qui en trouve un quart",
    "facilitator": "Page d’un·e animateur·ice",
    "payments": "Ce que la comptabilité peut payer, et les lots",
    "dashboard-operations": "Vue d’ensemble de l’équipe permanente",
    "dashboard-quality": "Vue d’ensemble de la qualité, enquêtes et feuilles",
    "dashboard-finance": "Vue d’ensemble de la comptabilité",
    "my-fees": "Les rétributions de l’année d’un·e animateur·ice : où en est chacune",
    "sheet": "Feuille d’émargement, 15 personnes × 2 demi-journées, en PDF",
    "file": "200 feuilles d’émargement en un fichier",
    "preview": "Liste de {rows:,} personnes : lue et affichée",
    "enrol": "La même liste : inscrite",
    "weight": "Page la plus lourde sur le réseau : première visite, ensuite",
    "memory": "Mémoire d’un serveur web après {n:,} requêtes",
    "mails": "{n} convocations après un import; avec le worker tué à mi-chemin",
    "issued": "{n:,} factures émises et dessinées (Factur-X)",
    "export": "Le fichier bancaire de {n:,} virements (pain.001)",
    "audit": "Vérifier que l’argent de {n:,} rétributions tombe juste (`cordee fees audit`)",
    "audit-file": "Le fichier d’un audit qualité : dix missions, {n} sessions et leurs feuilles signées",
    "scans": "Cases de {n} pages signées, numérisées, photographiées, faxées : lues juste",
    "scan": "Lire l’une d’elles",
    "signed": "{share:.2f} % « signées » à tort; {asked:.0f} % à regarder",
    "install": "Du `git clone` à la première page, avec pip",
    "build": "Construire cette base",
    "taken": "Mesuré le {date} : {cores} cœurs ({architecture}), Python {python}. Médianes.",
}
TITLES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}

type Row = tuple[str, str, dict[str, str]]
"""What, the goal, and the figure by database (or under "" when it is the same for all)."""


def markdown(language: str = "en") -> str:
    """Return the table of what was measured last."""
    words = FRENCH if language == "fr" else ENGLISH
    rows = [
        *_pages(words),
        *_sheets(words),
        *_lists(words),
        *_mails(words),
        *_invoices(words),
        *_books(words),
        *_scans(words),
        *_weight(words),
        *_once(words),
    ]
    lines = [
        f"| {_head(words)} | {words['goal']} | {' | '.join(TITLES[d] for d in DATABASES)} |",
        f"|---|---|{'---|' * len(DATABASES)}",
        *(f"| {what} | {goal} | {' | '.join(_cells(told))} |" for what, goal, told in rows),
    ]
    shown = "\n".join(lines)
    return f"{_french(shown) if language == 'fr' else shown}\n\n{_taken(words)}\n"


def _french(text: str) -> str:
    """Write numbers and units as in French."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "\u202f", text)
    text = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
    return text.replace(" MB", " Mo").replace(" kB", " ko").replace(";", "\u202f;")


def put_in_readmes() -> None:
    """Replace the table between the marks of each README."""
    for language, path in READMES.items():
        text = path.read_text()
        before, mark, rest = text.partition(BEGIN)
        _old, end, after = rest.partition(END)
        if mark and end:
            path.write_text(f"{before}{mark}\n{markdown(language)}{end}{after}")


def _cells(told: dict[str, str]) -> list[str]:
    return [told.get(database, told.get("", "")) for database in DATABASES]


def _head(words: dict[str, str]) -> str:
    worlds = figures.load("build").get("figures", {})
    largest = max(worlds.values(), key=lambda w: w["missions"], default=None)
    return words["head"].format(**largest) if largest else ""


def _taken(words: dict[str, str]) -> str:
    told = figures.load("pages") or figures.load("build")
    return words["taken"].format(**told, **told["machine"]) if told else ""


def _largest(worlds: dict[str, Any]) -> dict[str, Any]:
    """Return, by database, what was measured in its largest world."""
    found: dict[str, Any] = {}
    for name in sorted(worlds, key=lambda n: float(n.partition("-")[2])):
        found[name.partition("-")[0]] = worlds[name]
    return found


def _pages(words: dict[str, str]) -> list[Row]:
    told = figures.load("pages").get("figures", {}) | figures.load("dashboards").get("figures", {})
    rows: list[Row] = []
    for name in NAMES + DASHBOARDS:
        page = told.get(name)
        if not page or name not in words:
            continue
        cells = {}
        for database, value in _largest(page["worlds"]).items():
            parts = [f"{value['ms_median']:.0f} ms", words["queries"].format(n=value["queries"])]
            if database in page["ratios"]:
                parts.append(words["flat"].format(ratio=page["ratios"][database]))
            cells[database] = "; ".join(parts)
        rows.append((words[name], f"{goal_of(name)} ms; {words['queries'].format(n=12)}", cells))
    return rows


def _sheets(words: dict[str, str]) -> list[Row]:
    found = _largest(figures.load("sheets").get("figures", {}))
    if not found:
        return []
    one = {database: f"{value['sheet_ms_median']:.0f} ms" for database, value in found.items()}
    many = {database: f"{value['file_seconds']:.1f} s" for database, value in found.items()}
    return [(words["sheet"], "30 ms", one), (words["file"], "6 s", many)]


def _mails(words: dict[str, str]) -> list[Row]:
    found = figures.load("mails").get("figures", {})
    told = {
        database: f"{value['seconds']:.0f} s; {value['seconds_with_a_kill']:.0f} s"
        for database, value in found.items()
    }
    people = {value["people"] for value in found.values()}
    return [(words["mails"].format(n=max(people)), "60 s", told)] if people else []


def _invoices(words: dict[str, str]) -> list[Row]:
    found = figures.load("invoices").get("figures", {})
    told = {database: f"{value['seconds']:.0f} s" for database, value in found.items()}
    numbers = {value["invoices"] for value in found.values()}
    return [(words["issued"].format(n=max(numbers)), "60 s", told)] if numbers else []


def _lists(words: dict[str, str]) -> list[Row]:
    found = _largest(figures.load("lists").get("figures", {}))
    rows: list[Row] = []
    for step, goal in (("preview", "2 s"), ("enrol", "5 s")) if found else ():
        cells = {
            database: f"{value[f'{step}_seconds']:.1f} s; "
            + words["queries"].format(n=value[f"{step}_queries"])
            for database, value in found.items()
        }
        rows.append((words[step].format(rows=next(iter(found.values()))["rows"]), goal, cells))
    return rows


def _weight(words: dict[str, str]) -> list[Row]:
    found = next(iter(figures.load("weight").get("figures", {}).values()), None)
    if not found:
        return []
    heaviest = max(found["pages"].values(), key=lambda page: page["first_kb"])
    after = max(page["after_kb"] for page in found["pages"].values())
    return [
        (words["weight"], "100 kB; 20 kB", {"": f"{heaviest['first_kb']:.0f} kB; {after:.0f} kB"}),
        (words["memory"].format(n=found["requests"]), "130 MB", {"": f"{found['worker_mb']} MB"}),
    ]


_BOOKS = (
    ("payments", "export", "payments", 3),
    ("audit", "audit", "lines", 30),
    ("audit-file", "audit-file", "sessions", 30),
)
"""What is one figure in seconds: the name of its results and of its row, what was counted, the goal."""


def _books(words: dict[str, str]) -> list[Row]:
    rows: list[Row] = []
    for name, row, counted, goal in _BOOKS:
        found = figures.load(name).get("figures", {})
        told = {database: f"{value['seconds']:.1f} s" for database, value in found.items()}
        if told:
            number = max(value[counted] for value in found.values())
            rows.append((words[row].format(n=number), f"{goal} s", told))
    return rows


def _scans(words: dict[str, str]) -> list[Row]:
    found = figures.load("scans").get("figures")
    if not found:
        return []
    wrongly = words["signed"].format(share=found["wrongly_signed_percent"], asked=found["asked_percent"])
    limit = words["signed"].format(share=0.2, asked=6)
    return [
        (
            words["scans"].format(n=found["pages"]),
            f"99 %; {limit}",
            {"": f"{found['right_percent']:.1f} %; {wrongly}"},
        ),
        (words["scan"], "1.5 s", {"": f"{found['seconds_median']:.1f} s"}),
    ]


def _once(words: dict[str, str]) -> list[Row]:
    rows: list[Row] = []
    if installed := figures.load("install").get("figures"):
        rows.append((words["install"], "90 s", {"": f"{installed['seconds']:.0f} s"}))
    if built := _largest(figures.load("build").get("figures", {})):
        rows.append(
            (words["build"], "", {d: f"{value['seconds'] / 60:.1f} min" for d, value in built.items()})
        )
    return rows
