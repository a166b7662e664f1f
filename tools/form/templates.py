"""The form of a template: one element a line, 120 characters at most.

It is made from what the server compiles (`cordee.web.whitespace.compact`), and breaks lines only where that is nothing.
So a template means the same afterwards, and a second run changes nothing. What cannot be broken without
changing what is sent (a long word, a message without `trimmed`) stays long.
"""

from collections.abc import Iterator
from typing import Final

from cordee.web.whitespace import ELEMENT, compact
from tools.form.breaking import INDENT, message_lines, tag_lines
from tools.form.tree import Group, Node, parse

WIDTH: Final = 120
SPACE: Final = '{{ " " }}'


def formed(source: str) -> str:
    """Return a template in the house's form. Raise CannotForm when its tags do not nest."""
    lines: list[str] = []
    after_block = False
    for is_block, part in _parts(parse(compact(source))):
        if lines and (after_block or (len(part) > 1 and is_block)):
            lines.append("")
        lines += part
        after_block = is_block
    return "".join(f"{line}\n" for line in lines)


def _parts(children: list[Node | None]) -> Iterator[tuple[bool, list[str]]]:
    """Yield the lines of each block at the top, and of what stands between them."""
    run: list[Node | None] = []
    for child in children:
        if isinstance(child, Group) and child.name == "block":
            if run:
                yield False, flow(run, WIDTH)
            yield True, lines_of(child, WIDTH)
            run = []
        else:
            run.append(child)
    if run:
        yield False, flow(run, WIDTH)


def lines_of(node: Node, width: int) -> list[str]:
    """Return the lines of an element, a template tag or a word."""
    flat = node.flat()
    if not node.forced and len(flat) <= width:
        return [flat]
    if isinstance(node, Group):
        return _group_lines(node, width)
    if flat.startswith(("{% blocktranslate", "{% comment")):
        return message_lines(flat, width)
    if opening := ELEMENT.match(flat):  # <textarea …>, <script …>: what it holds is left as it is
        held = flat[opening.end() :]
        *before, last = tag_lines(opening[0], width - len(held))
        return [*before, last + held]
    return tag_lines(flat, width)


def _group_lines(group: Group, width: int) -> list[str]:
    lines: list[str] = []
    for branch in group.branches:
        lines += tag_lines(branch.opening, width)
        lines += [INDENT + line for line in flow(branch.children, width - len(INDENT))]
    if len(group.branches) == 1 and not group.branches[0].children:
        return [*lines[:-1], lines[-1] + group.end]
    return [*lines, group.closing()]


def flow(children: list[Node | None], width: int) -> list[str]:
    """Return what stands in a row in as few lines as the form allows, broken only where that changes nothing."""
    lines = _Lines(width)
    for child in children:
        if child is None:
            lines.space()
        else:
            lines.add(child)
    return lines.finished()


class _Lines:
    """Lines being filled."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.done: list[str] = []
        self.line = ""
        self.parting: tuple[int, int] | None = (
            None  # the last place where the line may be parted: before, after
        )
        self.last: Node | None = None
        self.spaced = False

    def space(self) -> None:
        if self.last is None and not self.line:
            self.line = SPACE
        else:
            self.spaced = True

    def add(self, node: Node) -> None:
        free = self.last is not None and self._may_break(self.last, node)
        if self.last and not self.spaced and _must_break(self.last, node):
            self._turn()
        if self.line and not self._fits(node):
            if not free and self.parting and not node.forced:
                self._part()
            if self.line and not self._fits(node) and (free or self.spaced):
                self._turn(lost_space=self.spaced and not free)
        piece = self._piece(node)
        if self.line in {"", SPACE} and not self._fits(node):
            first, *others = lines_of(node, self.width - len(self.line))
            self.done += [self.line + first, *others[:-1]] if others else []
            self.line = others[-1] if others else self.line + first
            self.parting = None
        else:
            if self.line and free:
                self.parting = (len(self.line), len(self.line) + self.spaced)
            self.line += piece
        self.last, self.spaced = node, False

    def finished(self) -> list[str]:
        end = SPACE if self.spaced else ""
        return [*self.done, self.line + end] if self.line + end else self.done

    def _piece(self, node: Node) -> str:
        return (" " if self.spaced and self.line else "") + node.flat()

    def _fits(self, node: Node) -> bool:
        return not node.forced and len(self.line + self._piece(node)) <= self.width

    def _part(self) -> None:
        """Begin the next line where this one could be parted last."""
        before, after = self.parting or (0, 0)
        self.done.append(self.line[:before])
        self.line, self.parting = self.line[after:], None

    def _turn(self, *, lost_space: bool = False) -> None:
        """Begin the next line; a space that would be lost with the line break is written out."""
        at_end = lost_space and len(self.line) + len(SPACE) <= self.width
        self.done.append(self.line + (SPACE if at_end else ""))
        self.line = SPACE if lost_space and not at_end else ""
        self.spaced, self.parting = False, None

    def _may_break(self, one: Node, two: Node) -> bool:
        """Whether a line break between two things changes nothing."""
        return (one.is_tag or two.is_tag) != self.spaced


def _must_break(one: Node, two: Node) -> bool:
    """Whether two things that touch stand on lines of their own."""
    if not (one.is_tag or two.is_tag):
        return False
    return one.begins_a_line or two.begins_a_line or (one.stands_alone and two.stands_alone)
