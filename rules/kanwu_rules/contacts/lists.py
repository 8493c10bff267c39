"""Contact lists: runs of lines that hold identifiers and the names they stand under."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu_rules.contacts.entries import (
    is_heading,
    is_instruction,
    is_name,
    is_subheading,
    opens_list,
    parts,
    says_list,
)
from kanwu_rules.contacts.identifiers import CANDIDATE, DATE, folded, identifiers, implied_service
from kanwu_rules.contacts.labels import NOBODY, label
from kanwu_rules.contacts.vocabulary import GROUP, WordPattern, any_of, service_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document, Span
    from kanwu_rules.contacts.entries import Part
    from kanwu_rules.contacts.identifiers import Identifier
    from kanwu_rules.contacts.labels import Label

# A longer line is prose, or a table in one line that nobody can read.
LONGEST_LINE = 3000
# Lines from one identifier to the next: a name, a subheading, a word on joining, blank lines.
WIDEST_GAP = 8
MOST_BETWEEN = 3
MOST_ABOVE = 5
DATE_DIGITS = 8

RENAMED = WordPattern(lambda: any_of("renamed"))


class Entry(NamedTuple):
    """An identifier with the label it stands under and what is said about it."""

    line: int
    """Index of its line, from 0."""
    start: int
    end: int
    """Code points of the document."""
    identifier: Identifier
    label: Label
    service: str
    """A key of `[services]` in `words.toml`, or an empty string where none is named."""
    group: bool
    """Whether its label or its list speaks of a group to be joined."""
    words: str
    """What stands beside it, folded."""

    @property
    def of_chat(self) -> bool:
        """Whether a chat service is named for it: neither its form nor its words say phone or mail."""
        return self.service not in ("", "phone", "mail") and self.identifier.form != "mail"


class ContactList(NamedTuple):
    """One list: its entries, and its lines from the heading to the last that belongs to it."""

    first: int
    last: int
    """Indices of lines, from 0, both inside."""
    entries: tuple[Entry, ...]


class Contacts:
    """The contact lists of a document, in order, each of one entry or more.

    A line counts where little stands in it beside identifiers and their labels; a sentence that
    mentions an identifier is no entry.
    """

    __slots__ = ("lines", "lists")

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.lists: list[ContactList] = []
        run: list[tuple[int, list[Part]]] = []
        for line in self._candidates():
            if not (found := parts(lines[line])):
                continue
            if run and not self._continues(run[-1][0], line):
                self.lists.append(self._list(run))
                run = []
            run.append((line, found))
        if run:
            self.lists.append(self._list(run))

    @classmethod
    def of(cls, document: Document) -> Contacts:
        return cls(document.get(Lines))

    def lists_at(self, places: Sequence[Span]) -> Iterator[ContactList]:
        """The lists in which a place stands; in Markdown, places in code are not among them."""
        for found in self.lists:
            at = bisect_left(places, (self.lines.starts[found.first],))
            if at < len(places) and places[at].start < self.lines.ends[found.last]:
                yield found

    def line(self, index: int) -> str:
        """A line, folded and stripped; a very long one is cut, since it is prose anyway."""
        start, end = self.lines.starts[index], self.lines.ends[index]
        return folded(self.lines.text[start : min(end, start + LONGEST_LINE)]).strip()

    def renamed(self) -> set[str]:
        """The values of identifiers of which the text says that their owner was renamed."""
        lines = [self.lines[i] for i in self._candidates() if RENAMED.search(self.lines[i])]
        return {found.value for line in lines for found in identifiers(folded(line))}

    def _candidates(self) -> Iterator[int]:
        """The lines in which an identifier may stand, but for very long ones."""
        lines, text, position = self.lines, self.lines.text, 0
        while candidate := CANDIDATE.search(text, position):
            index = lines.index(candidate.start())
            position = max(lines.ends[index], candidate.end())
            if lines.ends[index] - lines.starts[index] <= LONGEST_LINE:
                yield index

    def _continues(self, last: int, line: int) -> bool:
        """Whether nothing but names, subheadings and instructions stands between two lines."""
        if line - last > WIDEST_GAP:
            return False
        between = [text for i in range(last + 1, line) if (text := self.line(i))]
        return len(between) <= MOST_BETWEEN and all(
            is_name(text) or is_heading(text) or is_instruction(text) for text in between
        )

    def _list(self, run: Sequence[tuple[int, list[Part]]]) -> ContactList:
        """The list that a run of lines makes, with its heading and the labels of bare identifiers."""
        names = self._names(run)
        first = min([run[0][0], *names.values()])
        last = max([run[-1][0], *names.values()])
        above = self._above(first)
        heading = "\n".join(self.line(i) for i in above)
        service = service_named(heading)
        heads_groups = GROUP.search(heading) is not None
        entries = []
        for line, found in run:
            start = self.lines.starts[line]
            beside = self.line(names[line]) if line in names else ""
            named = label(self.lines[names[line]]) if line in names else NOBODY
            said = service_named(beside) or service
            for identifier, own, words in found:
                called = named if own is NOBODY else own
                # What is named once in a line holds for the rest of it: QQ群：北京 12345，上海 23456
                said = service_named(words) or said
                entries.append(
                    Entry(
                        line,
                        start + identifier.start,
                        start + identifier.end,
                        identifier,
                        called,
                        implied_service(identifier, self.lines[line]) or said,
                        heads_groups or any(map(GROUP.search, (words, beside, called.shown))),
                        f"{beside} {words}".strip(),
                    )
                )
        return ContactList(min([first, *above]), self._below(last), tuple(entries))

    def _names(self, run: Sequence[tuple[int, list[Part]]]) -> dict[int, int]:
        """For each line of bare identifiers the line that names it: all above, or all below."""
        bare = [line for line, found in run if all(part.label is NOBODY for part in found)]
        above = {line: at for line in bare if (at := self._name_near(line, -1)) is not None}
        below = {line: at for line in bare if (at := self._name_near(line, +1)) is not None}
        if len(above) != len(below):
            return max(above, below, key=len)
        if not above:
            return above
        away_above = sum(line - at for line, at in above.items())
        away_below = sum(at - line for line, at in below.items())
        if away_above != away_below:
            return above if away_above < away_below else below
        # Short lines at both ends: number, name, number, name under a heading? The last line then
        # ends as most names do (群, 社, 队), and the heading does not, or says what it is.
        inner = set(above.values()) & set(below.values())
        endings = Counter(self.line(at)[-1] for at in inner)
        top, bottom = self.line(min(above.values())), self.line(max(below.values()))
        likeness = endings[bottom[-1]] - endings[top[-1]]
        if says_list(top) != says_list(bottom):
            likeness = 1 if says_list(top) else -1
        elif not likeness:
            likeness = bool(service_named(top)) - bool(service_named(bottom))
        return below if likeness > 0 else above

    def _name_near(self, line: int, step: int) -> int | None:
        """The nearest line in one direction, if it is a name; one blank line is passed over."""
        for at in (line + step, line + 2 * step):
            if not 0 <= at < len(self.lines):
                return None
            if text := self.line(at):
                return at if is_name(text) and label(text) is not NOBODY else None
        return None

    def _above(self, first: int) -> list[int]:
        """The lines of heading and instructions right above a list, from the top."""
        taken: list[int] = []
        at = self._filled_above(first)
        if at is not None and is_subheading(self.line(at)):
            over = self._filled_above(at)
            if over is not None and is_heading(self.line(over)):
                taken.append(at)
                at = over
        while at is not None and len(taken) < MOST_ABOVE:
            text = self.line(at)
            if not (is_heading(text) or is_instruction(text) or (not taken and opens_list(text))):
                break
            taken.append(at)
            at = self._filled_above(at)
        return taken[::-1]

    def _filled_above(self, line: int) -> int | None:
        """The next line above that is not blank; one blank line is passed over."""
        for at in (line - 1, line - 2):
            if at >= 0 and self.line(at):
                return at
        return None

    def _below(self, last: int) -> int:
        """The last line of the list, with instructions that follow right after it."""
        while last + 1 < len(self.lines) and is_instruction(self.line(last + 1)):
            last += 1
        return last


def contact_lists(document: Document, places: Sequence[Span]) -> Sequence[ContactList]:
    """The contact lists of a document in which a place stands that is not merely a date."""
    text = document.text
    # Archives begin every title with one: 20180702.
    if all(
        end - start == DATE_DIGITS and DATE.fullmatch(text, start, end) for start, end in places
    ):
        return ()
    return tuple(document.get(Contacts).lists_at(places))
