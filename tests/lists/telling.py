"""What was read of a list, as lines that a person can check against the list itself."""

from cordee.lists.results import PeopleList, Row


def told(people: PeopleList) -> str:
    """Return one line for each row and each line left aside, in the order of the list."""
    lines = [(row.sheet, row.line, 1, row_told(row)) for row in people.rows]
    lines += [(s.sheet, s.line, 0, f"{s.line} - {s.why}") for s in people.skipped]
    head = f"{people.form} {people.encoding}".strip()
    return "\n".join([head, *(text for *_, text in sorted(lines, key=lambda line: line[:3]))]) + "\n"


def row_told(row: Row) -> str:
    """`2 good: first_name=Ana | email=ana@x.example | Service=Achats | ! no_name | > email=…`."""
    parts = [
        f"{name}={value}"
        for name in ("first_name", "last_name", "email", "group")
        if (value := getattr(row, name))
    ]
    parts += [f"{name}: {value}" for name, value in row.extras.items()]
    if row.codes:
        parts.append(f"! {', '.join(row.codes)}")
    if row.suggestion:
        for name in ("first_name", "last_name", "email"):
            if (value := getattr(row.suggestion, name)) is not None:
                parts.append(f"> {name}={value}")
    return f"{row.line} {row.kind}: {' | '.join(parts)}"
