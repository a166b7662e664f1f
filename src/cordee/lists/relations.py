"""Which part of an XLSX file holds which sheet, and what its links lead to."""

from collections.abc import Mapping
from posixpath import basename, dirname

from cordee.lists.extents import Extent, Scan, mail_of, walk


class _Collected(Scan):
    """The attributes of the elements of one name, in order."""

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.wanted:
            self.found.append(attributes)


def sheet_parts(parts: Mapping[str, bytes]) -> list[str]:
    """Return the part that holds each sheet, in the order of the workbook; nothing for one that is not there."""
    workbook = next((name for name in parts if name.startswith("xl/workbook") and name.endswith(".xml")), "")
    targets = _targets(parts, workbook)
    names = {name.lower(): name for name in parts}
    found = []
    for sheet in _elements(parts, workbook, "sheet"):
        relation = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        target = targets.get(relation, "").lstrip("/")
        path = target if target.startswith("xl/") else f"xl/{target}"
        found.append(names.get(path.lower(), ""))
    return found


def with_addresses(extent: Extent, parts: Mapping[str, bytes], sheet: str) -> Extent:
    """Return the extent of a sheet with the addresses that its links lead to, and no other links."""
    targets = _targets(parts, sheet)
    links = {place: mail_of(targets.get(link, link)) for place, link in extent.links.items()}
    extent.links = {place: email for place, email in links.items() if email}
    return extent


def _targets(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    """Return what the relations of a part lead to, by their names."""
    path = f"{dirname(part)}/_rels/{basename(part)}.rels"
    return {found.get("Id", ""): found.get("Target", "") for found in _elements(parts, path, "Relationship")}


def _elements(parts: Mapping[str, bytes], name: str, wanted: str) -> list[dict[str, str]]:
    collected = _Collected(wanted)
    if name in parts:
        walk(parts[name], collected)
    return collected.found
