"""Phrases that lines are told by: declared in TOML, by the built-in rules and by users alike.

A table of phrases is a list of entries, `[[lines]]` in TOML. An entry describes a line; whatever keys
it has must all hold, and of the several values of a key any one. Several strings are a list, or one
string with a phrase on each line, or two blanks between. Lines and values are compared folded
(`kanwu.analysis.folding.folded_line`): narrow, in small letters, without blanks beside Han.

| key | holds for a line that |
| --- | --- |
| `starts`, `ends` | begins or ends with one of some strings, ornaments around it aside |
| `equals` | is one of some strings, ornaments around it aside |
| `contains`, `lacks` | has, or has not, one of some strings anywhere |
| `pattern` | a regular expression is found in, as folded |
| `shortest`, `longest` | has so many code points, as folded |
| `roles` | has one of some roles (`kanwu.analysis.role.Role`) |
| `position` | stands before all body (`head`), or behind all of it (`tail`) |
| `together` | has beside it, blank lines aside, lines of the same entry: so many with itself |
| `above`, `below` | has a nearest line that is not blank of which a table of such keys holds |
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

from kanwu.analysis.folding import folded_line
from kanwu.analysis.page_lines import PageLines, Run
from kanwu.analysis.patterns import Pattern
from kanwu.analysis.role import Role
from kanwu.documents.tables import words_of
from kanwu.engine.line_edges import ADORNING, LineEnds, LineStarts
from kanwu.engine.triggers import EveryDocument, Literals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kanwu.documents.document import Document, Span
    from kanwu.engine.triggers import TextTrigger

Position = Literal["head", "tail"]
POSITIONS = ("head", "tail")
WORDS = ("starts", "ends", "equals", "contains", "lacks")
SIZES = ("shortest", "longest", "together")
NEIGHBOURS = ("above", "below")
KEYS = (*WORDS, "pattern", *SIZES, "roles", "position", *NEIGHBOURS)
MOST_BLANKS = 20
"""On a line beside what its folded form keeps."""
SEEKING = ("starts", "equals", "ends", "contains", "pattern")
"""An entry has at least one of these: what it is looked for by."""


class PhraseError(ValueError):
    """An entry that cannot be used: what stands under a key of it, and what was expected there."""

    def __init__(self, key: str, expected: str, value: object) -> None:
        super().__init__(f"{key}: found {value!r}, expected {expected}")
        self.key = key
        self.expected = expected
        self.value = value


class Searching(Protocol):
    """A compiled regular expression, as far as entries need one."""

    def search(self, text: str) -> object: ...


@dataclass(frozen=True, slots=True)
class LinePhrase:
    """One entry: what a line must be."""

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    equals: frozenset[str] = frozenset()
    contains: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    pattern: Searching | None = None
    shortest: int = 0
    longest: int | None = None
    roles: frozenset[Role] = frozenset()
    position: Position | None = None
    together: int = 1
    above: LinePhrase | None = None
    below: LinePhrase | None = None

    def fits(self, page: PageLines, index: int) -> bool:
        """Whether a line of a page is what the entry describes."""
        return self._says(page[index]) and self._stands(page, index)

    def _says(self, line: str) -> bool:
        """Whether a folded line has the words and the length. The cheap questions come first."""
        if len(line) < self.shortest or (self.longest is not None and len(line) > self.longest):
            return False
        if self.starts and not (
            line.startswith(self.starts) or line.lstrip(ADORNING).startswith(self.starts)
        ):
            return False
        if self.ends and not (
            line.endswith(self.ends) or line.rstrip(ADORNING).endswith(self.ends)
        ):
            return False
        if self.equals and line not in self.equals and line.strip(ADORNING) not in self.equals:
            return False
        if self.contains and not any(word in line for word in self.contains):
            return False
        if any(word in line for word in self.lacks):
            return False
        return self.pattern is None or self.pattern.search(line) is not None

    def _stands(self, page: PageLines, index: int) -> bool:
        """Whether the line's role and the lines around it are what the entry asks for."""
        if self.roles and page.roles[index] not in self.roles:
            return False
        if self.position == "head" and index > page.body[0]:
            return False
        if self.position == "tail" and index < page.body[1]:
            return False
        for wanted, at in ((self.above, page.above), (self.below, page.below)):
            if wanted is not None:
                neighbour = at(index)
                if neighbour is None or not wanted.fits(page, neighbour):
                    return False
        return self.together == 1 or self._stands_together(page, index)

    def _stands_together(self, page: PageLines, index: int) -> bool:
        """Whether enough neighbouring lines say what the entry describes."""
        # Asked of every line of a run, a run is walked through once.
        known = page.runs.get(id(self))
        if known is None or not known.first <= index <= known.last:
            known = page.runs[id(self)] = self._run(page, index)
        return known.size >= self.together

    def _run(self, page: PageLines, index: int) -> Run:
        """The longest run of neighbouring lines around one that say what the entry describes."""
        first = last = index
        count = 1
        while (at := page.above(first)) is not None and self._says(page[at]):
            first, count = at, count + 1
        while (at := page.below(last)) is not None and self._says(page[at]):
            last, count = at, count + 1
        return Run(self, first, last, count)


class PhraseTable:
    """Entries of one kind of line."""

    def __init__(self, phrases: Sequence[LinePhrase]) -> None:
        self.phrases = tuple(phrases)

    def fits(self, page: PageLines, index: int) -> bool:
        """Whether a line is what any of the entries describes."""
        return any(phrase.fits(page, index) for phrase in self.phrases)

    def lines(self, document: Document, places: Sequence[Span]) -> Iterator[int]:
        """The lines, by index, at some places of its triggers that an entry describes."""
        page = document.get(PageLines)
        seen = -1
        for start, end in places:
            first, last = page.lines.index(start), page.lines.index(max(start, end - 1))
            for index in range(max(first, seen + 1), last + 1):
                seen = index
                if page[index] and self.fits(page, index):
                    yield index

    @cached_property
    def triggers(self) -> tuple[TextTrigger, ...]:
        """Where a line may stand that one of the entries describes."""
        sought: defaultdict[tuple[str, int | None], set[str]] = defaultdict(set)
        for phrase in self.phrases:
            # One of the keys is enough to look by, since all must hold.
            reach = None if phrase.longest is None else phrase.longest + MOST_BLANKS
            if phrase.starts or phrase.equals:
                sought["starts", reach] |= {*(phrase.starts or phrase.equals)}
            elif phrase.ends:
                sought["ends", reach] |= {*phrase.ends}
            elif phrase.contains:
                sought["contains", None] |= {*phrase.contains}
            else:
                return (EveryDocument(),)
        return tuple(
            Literals(*sorted(words))
            if key == "contains"
            else (LineStarts if key == "starts" else LineEnds)(*sorted(words), longest=reach)
            for (key, reach), words in sorted(
                sought.items(), key=lambda item: KEYS.index(item[0][0])
            )
        )


def read_phrases(
    entries: object, *, pattern: Callable[[str], Searching] = Pattern, at: str = "lines"
) -> PhraseTable:
    """The entries of a TOML document. Raises PhraseError.

    `pattern` makes a regular expression of its source; that of users has a time limit.
    """
    if not isinstance(entries, list) or not entries:
        raise PhraseError(at, "a list of tables, [[lines]]", entries)
    return PhraseTable(
        [read_phrase(entry, pattern, f"{at}[{n}]") for n, entry in enumerate(entries, 1)]
    )


def read_phrase(
    entry: object, pattern: Callable[[str], Searching], at: str, *, sought: bool = True
) -> LinePhrase:
    """One entry; one that is `sought` has a key that it can be looked for by. Raises PhraseError."""
    if not isinstance(entry, dict):
        raise PhraseError(at, "a table", entry)
    table = cast("Mapping[str, Any]", entry)
    unknown = next((key for key in table if key not in KEYS), None)
    if unknown is not None:
        raise PhraseError(at, f"one of the keys {', '.join(KEYS)}", unknown)
    if sought and not any(key in table for key in SEEKING):
        raise PhraseError(at, f"at least one of {', '.join(SEEKING)}", table)
    readers: dict[str, Callable[[Any, str], object]] = {
        **dict.fromkeys(WORDS, _words),
        "equals": lambda value, at: frozenset(_words(value, at)),
        "pattern": lambda value, at: _pattern(value, pattern, at),
        **dict.fromkeys(SIZES, _size),
        "roles": _roles,
        "position": _position,
        **dict.fromkeys(
            NEIGHBOURS, lambda value, at: read_phrase(value, pattern, at, sought=False)
        ),
    }
    values: dict[str, Any] = {key: readers[key](table[key], f"{at}.{key}") for key in table}
    return LinePhrase(**values)


def _words(value: object, at: str) -> tuple[str, ...]:
    if isinstance(value, str):
        value = words_of(value)
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise PhraseError(at, "a list of strings, or a string with one on each line", value)
    words = tuple(folded_line(word) for word in value)
    if "" in words:
        raise PhraseError(at, "words, not blanks alone: every line has those", value)
    return words


def _size(value: object, at: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise PhraseError(at, "a whole number of at least 1", value)
    return value


def _pattern(value: object, pattern: Callable[[str], Searching], at: str) -> Searching:
    if not isinstance(value, str) or not value:
        raise PhraseError(at, "a regular expression", value)
    try:
        return pattern(value)
    except ValueError as error:
        raise PhraseError(at, f"a regular expression: {error}", value) from None


def _position(value: object, at: str) -> Position:
    if value not in POSITIONS:
        raise PhraseError(at, f"one of {', '.join(POSITIONS)}", value)
    return cast("Position", value)


def _roles(value: object, at: str) -> frozenset[Role]:
    known = [role.value for role in Role]
    if not isinstance(value, list) or not value or not all(v in known for v in value):
        raise PhraseError(at, f"a list of roles: {', '.join(known)}", value)
    return frozenset(map(Role, value))
