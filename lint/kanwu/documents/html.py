"""HTML as a document: the text that a reader of the page sees, with places that lead back to the file.

A tokeniser of its own, since no parser tells where the characters of a text stand once entities are
decoded and white space is collapsed, and since that of the standard library takes quadratic time on
broken pages. Tags, comments and raw text are found as the WHATWG HTML standard has it. Of the tree only
what shows is built: what is hidden, where lines end, what is kept verbatim. A tag that is never closed by
`>` swallows the rest of the page, as in a browser, but an attribute whose quote is never closed does not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.html_characters import REFERENCE, decoded
from kanwu.documents.html_layout import CODE, VERBATIM, Layout
from kanwu.documents.tables import read_table

if TYPE_CHECKING:
    from kanwu.documents.document import Document

DEEPEST = 256
"""Elements that lie in more others are taken for their neighbours, so that looking for one stays quick."""

BLANK = " \t\n\f\r"
NO_BREAK = "\u00a0"
TAG = re.compile(
    r"""
    < (/?+) ([A-Za-z][^\t\n\f\r\ />]*+)
    ((?:
        [\t\n\f\r\ /]++
      | [^\t\n\f\r\ />] [^\t\n\f\r\ />=]*+
        (?:
            [\t\n\f\r\ ]*+ = [\t\n\f\r\ ]*+
            (?: "[^"]*+" | '[^']*+' | [^\t\n\f\r\ "'>][^\t\n\f\r\ >]*+ )?+
        )?+
    )*+)
    >
    """,
    re.VERBOSE,
)
ATTRIBUTE = re.compile(
    r"""
    ([^\t\n\f\r\ />][^\t\n\f\r\ />=]*+)
    (?: [\t\n\f\r\ ]*+ = [\t\n\f\r\ ]*+
        (?: "([^"]*+)" | '([^']*+)' | ([^\t\n\f\r\ "'>][^\t\n\f\r\ >]*+) )
    )?+
    """,
    re.VERBOSE,
)
UNSEEN = re.compile(r"(?<![\w-])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)")
COMMENT_END = re.compile(r"--!?>")
# In a script a comment may hold another script.
SCRIPT = re.compile(r"<!--|-->|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
# Runs of white space that are not one blank, and what may be a reference.
FLOWING = re.compile(rf"[{BLANK}]{{2,}}+|[\t\n\f\r]|\u00a0|{REFERENCE.pattern}")
KEPT = re.compile(rf"\r\n?|\n|{REFERENCE.pattern}")
KEPT_RAW = re.compile(r"\r\n?|\n")
CDATA = "<![CDATA["


class Elements:
    """What elements do to the text around them."""

    def __init__(self) -> None:
        table = read_table(__file__, "html_elements.toml")

        def names(key: str) -> frozenset[str]:
            return frozenset(table[key].split())

        self.breaks = dict.fromkeys(names("lines"), 1) | dict.fromkeys(names("paragraphs"), 2)
        self.cells = names("cells")
        self.void = names("void")
        self.raw = names("raw")
        self.shown = names("shown")
        self.hidden = names("hidden")
        self.verbatim = names("verbatim")
        self.zones = dict.fromkeys(names("code"), CODE) | dict.fromkeys(self.verbatim, VERBATIM)
        self.barriers = names("barriers")
        self.table_parts = names("table_parts")
        self.closes = {
            name: (frozenset(closed.split()), frozenset(table["within"][name].split()))
            for name, closed in table["closes"].items()
        }
        self.clears = {name: frozenset(walls.split()) for name, walls in table["clears"].items()}
        self.special = frozenset(self.breaks) | self.cells | self.barriers | {"select"}


elements = cache(Elements)


class Open(NamedTuple):
    """An element that is open, and what held before it."""

    name: str
    hidden: bool
    verbatim: bool
    zone: int


def html_document(source: Document) -> Document:
    """The visible text of a page, which is given as a document of all that is in its file."""
    return Reader(source).read()


class Reader:
    """Goes through a page once."""

    def __init__(self, source: Document) -> None:
        self.source = source
        self.text = source.text
        self.layout = Layout()
        self.elements = elements()
        self.xml = self.text[:99].lstrip().startswith("<?xml")
        """Whether `<div/>` is a whole element, and CDATA is text."""
        self.hidden = False
        self.verbatim = False
        self.open: list[Open] = []
        self.counts: dict[str, int] = {}
        """How many elements of a name are open."""

    def read(self) -> Document:
        """The document with the text that is seen."""
        text, find = self.text, self.text.find
        at = begin = 0
        while True:
            at = find("<", at)
            if at < 0:
                self.write(begin, len(text))
                break
            behind = text[at + 1 : at + 3]
            name = behind[1:] if behind[:1] == "/" else behind[:1]
            tagged = name.isascii() and name.isalpha()
            # `<` before anything else is text.
            if not (tagged or behind[:1] in {"!", "?"} or (name and behind[0] == "/")):
                at += 1
                continue
            if at > begin:
                self.write(begin, at)
            if tagged:
                match = TAG.match(text, at)
                at = self.tag(match) if match else len(text)
            else:
                at = self.declaration(at)
            begin = at
        return self.layout.document(self.source)

    def declaration(self, at: int) -> int:
        """Pass over a comment, a document type or what else is none of the text, and say where it ends."""
        text = self.text
        if text.startswith("<!--", at):
            # `<!-->` is a whole comment.
            if text.startswith((">", "->"), at + 4):
                return text.index(">", at) + 1
            match = COMMENT_END.search(text, at + 4)
            end = match.end() if match else len(text)
            if text.find("kanwu:", at, min(end, at + 40)) > 0:
                self.layout.comment(at, end)
            return end
        if self.xml and text.startswith(CDATA, at):
            end = text.find("]]>", at)
            end = len(text) if end < 0 else end
            self.write(at + len(CDATA), end, raw=True)
            return min(end + 3, len(text))
        end = text.find(">", at)
        return len(text) if end < 0 else end + 1

    def tag(self, match: re.Match[str]) -> int:
        """Take a tag, and what it begins where that is raw text, and say where it ends."""
        name, known, attributes = match[2].lower(), self.elements, match[3]
        if match[1]:
            self.part(name, ends=True)
            if name in self.counts:
                self.close(name)
            return match.end()
        if name in known.closes:
            self.close_before(name)
        elif name in known.clears:
            self.clear(known.clears[name])
        if name in known.breaks and self.open and self.open[-1].name == "p":
            self.leave(len(self.open) - 1)
        self.part(name)
        if name in known.void or (self.xml and attributes.endswith("/")):
            return match.end()
        hides = name in known.hidden or is_hidden(name, attributes)
        if name in known.raw:
            return self.raw(name, match.end(), seen=name in known.shown and not hides)
        if name == "plaintext":
            self.write(match.end(), len(self.text), raw=True)
            return len(self.text)
        self.enter(name, hides=hides)
        end = match.end()
        # A line end right behind the tag is none of the text.
        if name in known.verbatim:
            end += self.text.startswith("\r", end)
            end += self.text.startswith("\n", end)
        return end

    def part(self, name: str, *, ends: bool = False) -> None:
        """Part what stands before a tag from what stands behind it, as its element does."""
        if self.hidden:
            return
        breaks = self.elements.breaks.get(name)
        if breaks is not None:
            self.layout.block(breaks)
            if name == "tr":
                self.layout.row()
        elif name == "br":
            self.layout.line()
        elif name in self.elements.cells and not ends:
            self.layout.cell()

    def enter(self, name: str, *, hides: bool) -> None:
        """Note an element as open, as far as it has a bearing on what is inside."""
        known = self.elements
        zone = known.zones.get(name, 0)
        if name not in known.special and not (hides or zone or name in self.counts):
            return
        if len(self.open) >= DEEPEST or name in {"html", "body"}:
            return
        # Outside of a table a browser takes no notice of its parts.
        if name in known.table_parts and name != "table" and "table" not in self.counts:
            return
        self.open.append(Open(name, self.hidden, self.verbatim, self.layout.zone))
        self.counts[name] = self.counts.get(name, 0) + 1
        self.hidden = self.hidden or hides
        self.verbatim = self.verbatim or name in known.verbatim
        self.layout.zone = self.layout.zone or zone

    def leave(self, index: int) -> None:
        """End the open elements from an index on."""
        before, counts = self.open[index], self.counts
        for one in self.open[index:]:
            counts[one.name] -= 1
            if not counts[one.name]:
                del counts[one.name]
        del self.open[index:]
        self.hidden, self.verbatim, self.layout.zone = before[1:]

    def close(self, name: str) -> None:
        """End the innermost element of a name, if its end tag reaches it, and all in it."""
        known = self.elements
        if name in known.table_parts:
            walls = frozenset({"table", "template"})
        else:
            walls = known.barriers if name in known.special else known.special
        for index in range(len(self.open) - 1, -1, -1):
            one = self.open[index].name
            if one == name:
                self.leave(index)
                break
            if one in walls:
                break

    def close_before(self, name: str) -> None:
        """End the elements that one of a name ends by its beginning."""
        closed, walls = self.elements.closes[name]
        if closed.isdisjoint(self.counts):
            return
        last = -1
        for index in range(len(self.open) - 1, -1, -1):
            one = self.open[index].name
            if one in walls:
                break
            if one in closed:
                last = index
            elif last >= 0:
                break
        if last >= 0:
            self.leave(last)

    def clear(self, walls: frozenset[str]) -> None:
        """End what was left open since the part of a table that the next part belongs to."""
        if "table" in self.counts:
            index = len(self.open)
            while index and self.open[index - 1].name not in walls:
                index -= 1
            if index < len(self.open):
                self.leave(index)

    def raw(self, name: str, start: int, *, seen: bool) -> int:
        """Take text in which no tags are known, up to its end tag, and say where that begins."""
        end = script_end(self.text, start) if name == "script" else raw_end(name, self.text, start)
        if seen:
            before = self.verbatim
            self.verbatim = True
            self.write(start, end, raw=name == "xmp")
            self.verbatim = before
        return end

    def write(self, start: int, end: int, *, raw: bool = False) -> None:
        """Take the text of a stretch of the page."""
        if self.hidden:
            return
        if self.verbatim or raw:
            self.keep(start, end, KEPT_RAW if raw else KEPT)
        else:
            self.flow(start, end)

    def keep(self, start: int, end: int, special: re.Pattern[str]) -> None:
        """Take text of which all white space is kept."""
        at = start
        for match in special.finditer(self.text, start, end):
            first = match.start()
            if match[0][0] == "&":
                found = decoded(match[0])
                if found is None:
                    continue
                self.put(at, first)
                at = first + found.length
                self.layout.write(" " if found.text == NO_BREAK else found.text, first, at)
            else:
                self.put(at, first)
                self.layout.verbatim_lines(1)
                at = match.end()
        self.put(at, end)

    def put(self, start: int, end: int) -> None:
        """Take text as it is."""
        if start < end:
            self.layout.write(self.text[start:end], start, end)

    def flow(self, start: int, end: int) -> None:
        """Take text of which white space is collapsed."""
        at = start
        for match in FLOWING.finditer(self.text, start, end):
            first, seen, length = match.start(), match[0], len(match[0])
            if seen[0] == "&":
                found = decoded(seen)
                if found is None:
                    continue
                seen, length = found
            self.words(at, first)
            at = first + length
            if seen == NO_BREAK:
                self.layout.blank()
            elif seen[0] in BLANK:
                self.layout.space(broken="\n" in seen or "\r" in seen)
            else:
                self.layout.write(seen, first, at)
        self.words(at, end)

    def words(self, start: int, end: int) -> None:
        """Take text in which single blanks are the only white space."""
        text, layout = self.text, self.layout
        if start < end and text[start] == " ":
            layout.space(broken=False)
            start += 1
        if start < end:
            blank = text[end - 1] == " "
            end -= blank
            layout.write(text[start:end], start, end)
            if blank:
                layout.space(broken=False)


def is_hidden(name: str, attributes: str) -> bool:
    """Whether the attributes of an element keep it from being seen."""
    if not attributes:
        return name == "dialog"
    lowered = attributes.lower()
    if name == "dialog":
        return not any(match[1] == "open" for match in ATTRIBUTE.finditer(lowered))
    if "hidden" not in lowered and "none" not in lowered:
        return False
    return any(
        match[1] == "hidden"
        or (match[1] == "style" and UNSEEN.search(match[2] or match[3] or match[4] or ""))
        for match in ATTRIBUTE.finditer(lowered)
    )


@cache
def end_tag(name: str) -> re.Pattern[str]:
    """The end tag of raw text, up to its name."""
    return re.compile(rf"</{name}(?=[{BLANK}/>])", re.IGNORECASE)


def raw_end(name: str, text: str, start: int) -> int:
    """Where the end tag of raw text begins; without one, the end of the page."""
    match = end_tag(name).search(text, start)
    return match.start() if match else len(text)


def script_end(text: str, start: int) -> int:
    """Where the end tag of a script begins; without one, the end of the page."""
    commented = nested = False
    at = start
    while match := SCRIPT.search(text, at):
        # The two dashes that open a comment may close it too: `<!-->`.
        at = match.start() + 2 if match[0] == "<!--" else match.end()
        if match[0] == "<!--":
            commented = True
        elif match[0] == "-->":
            commented = nested = False
        elif match[1] and not nested:
            return match.start()
        elif commented:
            nested = not match[1]
    return len(text)
