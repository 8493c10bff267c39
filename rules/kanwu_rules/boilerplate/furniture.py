"""The furniture of a page: the lines that belong to the page, or to the making of it, and not to its
article; told once for all rules, so that every line has one kind at most.

Phrases tell most kinds. Lists of headlines follow the headings that announce them. Where a document is
a whole page, with its menus still in it, what stands outside the articles is furniture too.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kanwu import ShortLines
from kanwu.analysis.page_lines import PageLines
from kanwu.analysis.role import Role
from kanwu.engine.line_edges import ADORNING
from kanwu_rules.boilerplate.bylines import Bylines
from kanwu_rules.boilerplate.extents import Extent, extents
from kanwu_rules.boilerplate.group_lists import GroupLists
from kanwu_rules.boilerplate.own_text import (
    CLAUSES,
    FIELDS,
    KINDS,
    in_own_section,
    introduced,
    is_clause,
    is_field,
)
from kanwu_rules.boilerplate.phrase_book import (
    BREADCRUMB,
    CONTACT_GROUP_LIST,
    META_LINE,
    NAVIGATION_BLOCK,
    phrase_book,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Document
    from kanwu_rules.boilerplate.phrase_book import Kind

MENU = ShortLines(longest=24, at_least=6)
"""Where the menu of a page may stand; a document with none is no page."""
LONGEST_HEADING = 12
LONGEST_TEASER = 200
LONGEST_EXCLAIMED = 40
"""Of a headline in a list, and of one that ends as a sentence does."""
SENTENCE_ENDS = ("。", "。”", "。）", "。)", "；", ";")
CALLS = ("!", "?", "…", "!”", "?”", ".")
LEAST_KNOWN = 4
MOST_TO_KNOWN = 6
"""Known entries of menus among short lines, and lines to each of them, that make these a menu."""
LEAST_EVIDENCE = 3
FOR_ONE = 4
"""Lines that seem to lead through the site, by their roles, for one of which that is certain."""
MOST_UNTOLD = 10
"""Lines to each line of evidence in what is taken for furniture."""
UNDER = 3
"""Lines below a heading within which what it heads begins."""
SHORTEST_TITLE, SHORTEST_DATED = 3, 8
"""Of the title above an article, and of one that stands above a date anywhere."""
HEADINGS = (Role.TITLE, Role.HEADING, Role.META, Role.BYLINE)
CONTENTS = ("目录", "目次", "目錄", "contents", "table of contents")
LEAST_TIMES = 4
"""Facts about the page, not next to one another, from which on they cannot be about it."""
COUNTS, COPYING = "查看:", "[复制链接]"
"""Above and below the title of a thread in a forum."""
MARKED_UP = (Role.TITLE, Role.HEADING, Role.CODE, Role.TABLE_ROW)


class Block(NamedTuple):
    """Neighbouring lines of one kind, by index and inclusive; blank lines may stand between."""

    kind: str
    """The name of the rule that reports it."""
    first: int
    last: int


class Furniture:
    """The furniture of a document, in the order of the text."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks

    @classmethod
    def of(cls, document: Document) -> Furniture:
        page = document.get(PageLines)
        kinds = phrase_book().kinds_of_lines(document)
        own = own_lines(page, kinds)
        forget(kinds, own)
        drop_marked_up(page, kinds)
        take_lists(page, kinds)
        menus = list(MENU.find(document.text))
        if menus:
            for start, end in menus:
                take_menu(page, kinds, page.lines.index(start), page.lines.index(end))
            drop_marked_up(page, kinds)
            take_surroundings(page, kinds)
        drop_marked_up(page, kinds)
        drop_contents(page, kinds)
        if kinds:
            leave_to_others(page, kinds)
            forget(kinds, own | own_lines(page, kinds))
        return cls(list(blocks_of(page, kinds)))

    def of_kind(self, name: str) -> list[Block]:
        """The blocks that one rule reports."""
        return [block for block in self.blocks if block.kind == name]


def blocks_of(page: PageLines, kinds: Mapping[int, Kind]) -> Iterator[Block]:
    """Neighbouring lines of one kind together."""
    block = None
    for index, kind in sorted(kinds.items()):
        if block and block.kind == kind.name and page.above(index) == block.last:
            block = block._replace(last=index)
            continue
        if block:
            yield block
        block = Block(kind.name, index, index)
    if block:
        yield block


def drop_marked_up(page: PageLines, kinds: dict[int, Kind]) -> None:
    """Forget lines that their author marked as headings, tables or code: these are no matter of guessing."""
    if page.document.markup == "markdown":
        for index in [index for index in kinds if page.roles[index] in MARKED_UP]:
            del kinds[index]


def drop_contents(page: PageLines, kinds: dict[int, Kind]) -> None:
    """Forget the entries of a table of contents, which look like those of a menu."""
    for block in list(blocks_of(page, kinds)):
        above = page.above(block.first)
        if block.kind == NAVIGATION_BLOCK and above is not None and page[above] in CONTENTS:
            for index in range(block.first, block.last + 1):
                kinds.pop(index, None)


def leave_to_others(page: PageLines, kinds: dict[int, Kind]) -> None:
    """Give lists of groups their kind, and forget bylines: these are known by more than phrases."""
    groups = phrase_book().by_name[CONTACT_GROUP_LIST]
    for found in page.document.get(GroupLists).lists:
        kinds |= dict.fromkeys((i for i in range(found.first, found.last + 1) if page[i]), groups)
    for index in page.document.get(Bylines).rows:
        kinds.pop(index, None)


def forget(kinds: dict[int, Kind], own: Iterable[int]) -> None:
    """Take some lines for no furniture."""
    for index in own:
        kinds.pop(index, None)


def own_lines(page: PageLines, kinds: Mapping[int, Kind]) -> set[int]:
    """What among furniture the author of the document says himself: see `own_text`."""
    marked_up = page.document.markup == "markdown"
    own = {
        index
        for index, kind in kinds.items()
        if (kind.name in KINDS and (marked_up or not kind.closes) and in_own_section(page, index))
        or (kind.name in CLAUSES and is_clause(page, index, kinds))
        or (kind.name in FIELDS and is_field(page, index, kinds))
    }
    own.update(introduced(page, kinds))
    if not any(kind.closes for kind in kinds.values() if kind.name != BREADCRUMB):
        own.update(inside(page, kinds))
    return own


def inside(page: PageLines, kinds: Mapping[int, Kind]) -> Iterator[int]:
    """Paths in the middle of an article about paths, and the times of what is said in a chat.

    Only where nothing stands for certain outside the article, as it does on pages.
    """
    paths = [index for index, kind in kinds.items() if kind.name == BREADCRUMB]
    yield from (index for index in paths if index > page.body[0])
    times = [index for index, kind in kinds.items() if kind.name == META_LINE]
    apart = [index for index in times if page.above(index) not in kinds]
    if len(apart) >= LEAST_TIMES:
        yield from times


def take_lists(page: PageLines, kinds: dict[int, Kind]) -> None:
    """Give the lines of lists the kinds of the headings above them.

    A heading with neither a list under it nor words of its own heads something else: a section of
    the article that is called 相关链接.
    """
    for index, kind in sorted(kinds.items()):
        if not kind.heads:
            continue
        taken = list(listed(page, kinds, index))
        behind = page.below(taken[-1] if taken else index)
        if behind is not None and behind not in kinds and page.roles[behind] is Role.BODY:
            if taken and page.roles[taken[-1]] in (Role.HEADING, Role.TITLE):
                taken.pop()
            if (
                not taken
                and len(page[index]) <= LONGEST_HEADING
                and not is_under(page, kinds, index)
            ):
                del kinds[index]
        kinds |= dict.fromkeys(taken, kind)


def listed(page: PageLines, kinds: Mapping[int, Kind], heading: int) -> Iterator[int]:
    """The lines under a heading that look like entries of a list, up to the first that does not."""
    index = page.below(heading)
    while index is not None and index not in kinds and is_entry(page[index]):
        yield index
        index = page.below(index)


def is_entry(line: str) -> bool:
    """Whether a folded line may be a headline in a list, or one with the beginning of its article."""
    if line.endswith(SENTENCE_ENDS):
        return False
    return len(line) <= (LONGEST_EXCLAIMED if line.endswith(CALLS) else LONGEST_TEASER)


def is_under(page: PageLines, kinds: Mapping[int, Kind], index: int) -> bool:
    """Whether furniture stands a little above a line."""
    above = page.above(index)
    for _ in range(UNDER):
        if above is None or above in kinds:
            return above is not None
        above = page.above(above)
    return False


def take_menu(page: PageLines, kinds: dict[int, Kind], first: int, last: int) -> None:
    """Tell the entries of a menu among short lines, where enough of these are such."""
    phrases = phrase_book()
    rows = [index for index in range(first, last + 1) if page[index]]
    known = [index for index in rows if page[index].strip(ADORNING) in phrases.menu_words]
    if len(known) >= LEAST_KNOWN and len(known) * MOST_TO_KNOWN >= len(rows):
        menu = phrases.by_name[NAVIGATION_BLOCK]
        for index in known:
            kinds.setdefault(index, menu)


def take_surroundings(page: PageLines, kinds: dict[int, Kind]) -> None:
    """Give a kind to the lines outside the articles of a page, where these are surely furniture.

    That is so from the first line behind an article that stands outside for certain, up to the last
    such line before the next article, if there are enough of them.
    """
    articles = without_remarks(page, kinds, extents(page, kinds))
    if not articles:
        return
    outside = [
        Extent(0, articles[0].first - 1, 0),
        *(Extent(a.last + 1, b.first - 1, 0) for a, b in pairwise(articles)),
        Extent(articles[-1].last + 1, len(page) - 1, 0),
    ]
    for number, (first, last, _) in enumerate(outside):
        evidence = [i for i in range(first, last + 1) if i in kinds and kinds[i].closes]
        if not evidence:
            continue
        begin = along_menu(page, evidence[0], -1) if number else first
        end = along_menu(page, evidence[-1], 1) if number < len(articles) else last
        untold = [i for i in range(begin, end + 1) if page[i] and i not in kinds]
        weight = len(evidence) + sum(page.roles[i] is Role.NAVIGATION for i in untold) / FOR_ONE
        if weight < LEAST_EVIDENCE or len(untold) > MOST_UNTOLD * weight:
            continue
        if number < len(articles):
            spared = names(page, kinds, first, articles[number].first)
            untold = [i for i in untold if i not in spared]
        fill(kinds, untold, begin)


def along_menu(page: PageLines, index: int, step: int) -> int:
    """The last of the lines up or down from one that lead through the site, by their roles."""
    last = index
    while 0 <= index + step < len(page):
        index += step
        if page[index] and page.roles[index] is not Role.NAVIGATION:
            break
        last = index
    return last


def fill(kinds: dict[int, Kind], untold: Sequence[int], begin: int) -> None:
    """Give each of some lines the kind of the heading above it, or that of a menu."""
    menu = phrase_book().by_name[NAVIGATION_BLOCK]
    heading = menu
    wanted = set(untold)
    for index in range(begin, untold[-1] + 1 if untold else begin):
        if index in wanted:
            kinds[index] = heading
        elif index in kinds:
            heading = kinds[index] if kinds[index].heads else menu


def names(page: PageLines, kinds: Mapping[int, Kind], start: int, article: int) -> set[int]:
    """The lines before an article, from one on, that may be its title, and other titles of the page."""
    spared = {i for i in range(start, article) if page.roles[i] is Role.TITLE}
    index = page.above(article)
    while index is not None and index in kinds:
        index = page.above(index)
    if index is not None and len(page[index]) >= SHORTEST_TITLE:
        spared.add(index)
    while index is not None and index not in kinds and page.roles[index] in HEADINGS:
        spared.add(index)
        index = page.above(index)
    for at in range(start, article):
        # Under a title stand its date and its source.
        named = page.above(at) if at in kinds and not kinds[at].closes else None
        if named is not None and named not in kinds and len(page[named]) >= SHORTEST_DATED:
            spared.add(named)
        if at not in kinds and is_thread(page, at):
            spared.add(at)
    return {at for at in spared if not page[at].isdecimal()}


def is_thread(page: PageLines, index: int) -> bool:
    """Whether a line stands where forums have the title of a thread."""
    above, below = page.above(index), page.below(index)
    return (above is not None and page[above].startswith(COUNTS)) or (
        below is not None and page[below].startswith(COPYING)
    )


def without_remarks(
    page: PageLines, kinds: Mapping[int, Kind], articles: Sequence[Extent]
) -> list[Extent]:
    """The articles that are not what readers say, or teasers, under a heading of their own."""
    longest = max((article.total for article in articles), default=0)
    return [
        article
        for article in articles
        if article.total == longest or not is_headed(page, kinds, article.first)
    ]


def is_headed(page: PageLines, kinds: Mapping[int, Kind], index: int) -> bool:
    """Whether the heading of a list stands a little above a line."""
    above = page.above(index)
    for _ in range(UNDER):
        if above is None:
            return False
        if above in kinds and kinds[above].heads:
            return True
        above = page.above(above)
    return False
