"""A template as a tree: elements and template tags that hold others, and leaves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from cordee.web.whitespace import PARTS

# Elements that hold nothing, and those that read as part of a sentence: all others begin a line.
VOID: Final = set("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 - read as words
INLINE: Final = set(
    "a abbr b bdi br button circle code data em i img input kbd label mark path q s select small span strong sub "  # noqa: SIM905
    "sup svg time title u var wbr".split()
)
# Template tags: those that begin a line, and those that are words.
STATEMENTS: Final = {"csrf_token", "extends", "include", "load"}
WORDS: Final = {
    *(
        "avatar",
        "blocktranslate",
        "br",
        "firstof",
        "icon",
        "now",
        "static",
        "tag",
        "translate",
        "url",
        "querystring",
    ),
}
BRANCHES: Final = {"elif", "else", "empty"}


class CannotForm(ValueError):
    """A template whose tags do not close in the order they were opened."""


@dataclass
class Leaf:
    """What holds nothing: a word, a variable, a single tag."""

    source: str
    is_tag: bool = True  # a line break beside it is nothing

    forced = False

    @property
    def name(self) -> str:
        """The name of the element or template tag; nothing for words."""
        return name_of(self.source)

    @property
    def begins_a_line(self) -> bool:
        """Whether nothing stands before or behind it on its line."""
        if self.source.startswith("{%"):
            return self.name in STATEMENTS
        return self.source.startswith("<") and self.name not in INLINE

    @property
    def stands_alone(self) -> bool:
        """Whether it is a thing of its own, not a part of a sentence."""
        return self.source.startswith(("{%", "<")) and self.name not in WORDS

    def flat(self) -> str:
        """Return it on one line."""
        return self.source


@dataclass
class Branch:
    """A tag that opens, and what follows it. None is a space that is sent."""

    opening: str
    children: "list[Leaf | Group | None]" = field(default_factory=list)

    @property
    def forced(self) -> bool:
        """Whether it cannot stand on one line, however short."""
        nodes = [child for child in self.children if child]
        return (
            any(node.forced or (isinstance(node, Group) and node.begins_a_line) for node in nodes)
            or (len(nodes) > 1 and any(node.begins_a_line for node in nodes))
            or any(
                one and two and one.stands_alone and two.stands_alone
                for one, two in zip(self.children, self.children[1:], strict=False)
            )
        )


@dataclass
class Group:
    """An element or a template tag with what it holds, in one branch or several."""

    branches: list[Branch]
    end: str = ""

    is_tag = True
    stands_alone = True

    @property
    def name(self) -> str:
        """The name of the element or template tag."""
        return name_of(self.branches[0].opening)

    @property
    def forced(self) -> bool:
        """Whether it cannot stand on one line, however short."""
        return any(branch.forced for branch in self.branches)

    @property
    def begins_a_line(self) -> bool:
        """Whether nothing stands before or behind it on its line."""
        return self.name not in INLINE if self.branches[0].opening.startswith("<") else self.forced

    def flat(self) -> str:
        """Return it on one line."""
        parts = (
            branch.opening + "".join(child.flat() if child else " " for child in branch.children)
            for branch in self.branches
        )
        return "".join(parts) + self.end

    def closing(self) -> str:
        """Return the tag that ends it below its content: that of a block says which."""
        if self.name == "block":
            return "{% endblock " + self.branches[0].opening.split()[2] + " %}"
        return self.end


type Node = Leaf | Group


def parse(source: str) -> list[Node | None]:
    """Return the tree of a compact template. Raise CannotForm when its tags do not nest."""
    source = without_names(source)
    closers = set(re.findall(r"{% end(\w+)", source))
    root = Group([Branch("")])
    stack = [root]
    end = 0
    for part in PARTS.finditer(source):
        if part.lastgroup not in {"variable", "space"}:
            stack[-1].branches[-1].children += _words(source[end : part.start()])
            end = part.end()
            _place(part[0], str(part.lastgroup), stack, closers)
    stack[-1].branches[-1].children += _words(source[end:])
    if len(stack) > 1:
        raise CannotForm(f"never closed: {stack[-1].branches[0].opening}")
    return root.branches[0].children


def without_names(source: str) -> str:
    """Return a template whose blocks do not say their name where they end."""
    return re.sub(r"{% endblock \w+ %}", "{% endblock %}", source)


def _place(source: str, kind: str, stack: list[Group], closers: set[str]) -> None:
    """Put a tag where it belongs: it opens, parts or closes a group, or is a leaf."""
    here, name, in_template = stack[-1], name_of(source), source.startswith("{%")
    if kind in {"message", "remark", "raw", "kept"} or source.startswith(("{#", "<!")):
        here.branches[-1].children.append(Leaf(source))
    elif source.startswith("</") or (in_template and name.startswith("end")):
        if len(stack) == 1 or name.removeprefix("end" if in_template else "") != here.name:
            raise CannotForm(f"{source} closes {here.branches[0].opening or 'nothing'}")
        here.end = source
        stack.pop()
    elif in_template and name in BRANCHES:
        here.branches.append(Branch(source))
    elif name in closers if in_template else name not in VOID and not source.endswith("/>"):
        group = Group([Branch(source)])
        here.branches[-1].children.append(group)
        stack.append(group)
    else:
        here.branches[-1].children.append(Leaf(source))


def name_of(source: str) -> str:
    """Return the name in `<name …>`, `</name>` or `{% name … %}`."""
    found = re.match(r"(?:{%\s*|</?!?)([\w-]+)", source)
    return found[1].lower() if found else ""


def _words(text: str) -> Iterator[Node | None]:
    """Yield words as leaves, None for the space between two."""
    for piece in re.findall(r" |(?:{{.*?}}|[^ {]|{(?!{))+", text):
        yield None if piece == " " else Leaf(piece, is_tag=False)
