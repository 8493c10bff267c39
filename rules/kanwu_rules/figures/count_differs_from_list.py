"""FIG016 count-differs-from-list."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Good, Literals, Pattern
from kanwu_rules.broken_paragraphs.enumerations import STYLES, Enumerations, opened_by
from kanwu_rules.figures.bounds import Bounds
from kanwu_rules.figures.figure_rule import Figure, FigureRule

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.broken_paragraphs.enumerations import Enumeration

NUMBERS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "兩": 2}
SPOKEN = {name: style for name, style in STYLES.items() if style.spoken}
FEW = "两兩二三四五六七八九十"
COUNT = rf"(?P<count>[{FEW}](?![{FEW}百千万亿几多余]|分之)|(?<![0-9.,])[2-9](?![0-9.,:：万亿]))"
# Behind a list: A、B、C等三国.
OPEN = Pattern(
    rf"等{COUNT}(?:个|個|家|名|位|人|国|國|省|市|地|县|縣|区|區|大|项|種|种|类|部门|款|座|所|条|件)(?!以上|多|余)"
)
# Before a list, which ends with the brackets or with the sentence: 四大认证：A、B、C和D。
HEADED = Pattern(
    rf"(?<![第前后首另其][{FEW}])(?<![第前后首另其]){COUNT}(?:大|个|個|项|項|种|種|类|類|家|位|名)[^，。；：:（()）、\s\d{FEW}一和及与]{{1,8}}"
    r"(?:[：:]|，即[：:]?|[（(](?:即|分别是|分别为)?[：:]?)(?P<list>[^，。；：:！？（()）\n“”…]{3,120})(?=[。）)\n]|\Z)"
)
PLAIN_ITEM = Pattern(
    r"[^的了在是为將将等第，。；：、\s“”‘’（）()0-9一二三四五六七八九十两兩]{1,10}"
)
JOIN = Pattern(r"(?:以及|[和及与與])")
LAST_ITEM = Pattern(r"(?P<one>[^和及与與]{2,10})(?:以及|[和及与與])(?P<two>[^和及与與]{2,10})")
UNSURE = ("等", "其他", "其它", "之一", "……", "或")
# What a list opens with that has its number before it.
LISTS = frozenset("：:（(即")
REACH = 120
MOST_ITEMS = 20


class Count(NamedTuple):
    """A number, and how many items stand beside it."""

    said: int
    at: tuple[int, int]
    named: int
    list: str
    """The items, the first one cut off where its beginning is not known."""


class CountDiffersFromList(FigureRule):
    """A list has more items than the text counts, or it names others: 中国、美国、英国、法国等三国.

    A number that sums up a list must be that of its items: 四项任务：甲、乙、丙。 names three, and
    三点要求：一是……二是……三是……四是…… gives four. Either the number is wrong or the list.

    **What it leaves alone.** Lists that are open (等五国 with three names), as long as they do not name
    more; items that hold 、 or 和 themselves or are longer than a name; numbered lists that lack
    items at their end, which `unfinished-list` tells.

    **Source.** GB/T 15834—2011, 4.5: 、 stands between the items of a list.
    """

    code = "FIG016"
    name = "count-differs-from-list"
    where = (
        Literals(
            *(f"等{number}" for number in (*FEW, *"23456789")),
            *(
                f"{number}{word}"
                for number in FEW
                for word in ("大", "个", "個", "项", "項", "种", "種", "类", "類", "家")
            ),
            *(opening for style in SPOKEN.values() for opening in style.openings),
        ),
    )
    messages: ClassVar[Mapping[str, str]] = {
        **FigureRule.messages,
        "names": "“{count}” sums up a list of {named} items (“{list}”); the number or the list is wrong",
        "marked": "“{announced}” announces {count} items, and “{last}” is one more; the number or the list is "
        "wrong",
    }
    examples = (
        Bad("中国、美国、英国、法国等三国与会。", finds=("三",)),
        Bad("公司通过了四大认证：质量认证、环境认证、安全认证。", finds=("四",)),
        Bad("他提出两点要求：一是多读；二是多写；三是多问。", finds=("两点要求",)),
        Good("中国、美国、英国等三国与会，中国、美国等五国签字。"),
        Good("公司通过了四大认证：质量认证、环境认证、安全认证和能源认证。"),
        Good("中国和美国、英国等三国与会。他提出三点要求：一是多读；二是多写；三是多问。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        styles: set[str | None] = set()
        done = -1
        for start, end in places:
            word = text[start:end]
            style = opened_by().get(word)
            if style in SPOKEN:
                styles.add(style)
            elif start >= done:
                count = count_at(text, start)
                if count is not None:
                    done = end
                    yield self._differing(document, count)
        for name in SPOKEN:
            for enumeration in document.get(Enumerations).of_style(name) if name in styles else ():
                yield from self._marked(document, enumeration)

    def _differing(self, document: Document, count: Count) -> Finding:
        start, end = count.at
        text = document.text
        said, named = Decimal(count.said), Decimal(count.named)
        return self.contradiction(
            document,
            self.say("names", count=text[start:end], named=count.named, list=count.list),
            [Figure(start, end, Bounds(said, said))],
            reason="the number stands at the list that it sums up",
            expected=Bounds(named, named),
        )

    def _marked(self, document: Document, enumeration: Enumeration) -> Iterator[Finding]:
        announcement, markers = enumeration.announcement, enumeration.markers
        if announcement is None or announcement.items < 2:
            return
        numbers = [marker.number for marker in markers]
        text = document.text
        one_more = announcement.items + 1
        if numbers != list(range(1, len(numbers) + 1)) or len(numbers) != one_more:
            return
        last = markers[-1]
        if "\n" in text[announcement.start : last.end]:
            return
        said = Decimal(announcement.items)
        count = Decimal(len(numbers))
        yield self.contradiction(
            document,
            self.say(
                "marked",
                announced=text[announcement.start : announcement.end],
                count=announcement.items,
                last=text[last.start : last.end],
            ),
            [
                Figure(announcement.start, announcement.end, Bounds(said, said)),
                Figure(last.start, last.end, Bounds(count, count)),
            ],
            reason="the number announces the list behind it",
            expected=Bounds(count, count),
        )


def count_at(text: str, start: int) -> Count | None:
    """The count at an offset, if its list has another number of items."""
    if text[start] == "等":
        found = OPEN.match(text, start)
        return behind_list(text, start, found) if found else None
    if not LISTS.intersection(text[start + 2 : start + 14]):
        return None
    found = HEADED.match(text, start)
    return before_list(found) if found else None


def behind_list(text: str, end: int, found: re.Match[str]) -> Count | None:
    """The count behind a list that names more."""
    said = number_of(found["count"])
    begin = max(0, end - REACH)
    segment_end, named, first = end, 0, end
    while named < MOST_ITEMS:
        mark = text.rfind("、", begin, segment_end)
        item_start = mark + 1 if mark >= 0 else begin
        item = text[item_start:segment_end]
        if not named and item and item[-1] in "”’":
            return None
        if mark < 0 or not PLAIN_ITEM.fullmatch(item):
            named += bool(named)
            first = segment_end - 1
            break
        if not named:
            joined = LAST_ITEM.fullmatch(item)
            named += bool(joined and joined["one"][-1] == joined["two"][-1])
        elif JOIN.search(item):
            # Two lists in one: 英国和法国、德国.
            return None
        named += 1
        first, segment_end = item_start, mark
    if named <= said:
        return None
    return Count(said, found.span("count"), named, f"…{text[first:end]}")


def before_list(found: re.Match[str]) -> Count | None:
    """The count before a list that names another number."""
    said, listed = number_of(found["count"]), found["list"]
    if any(word in listed for word in UNSURE):
        return None
    items = listed.split("、")
    if len(items) < 2 or not all(PLAIN_ITEM.fullmatch(item) for item in items):
        return None
    joins = len(list(JOIN.finditer(items[-1])))
    if any(JOIN.search(item) for item in items[:-1]) or joins > 1:
        return None
    if said in (len(items), len(items) + joins):
        return None
    return Count(said, found.span("count"), len(items) + joins, listed)


def number_of(written: str) -> int:
    """The value of one numeral."""
    return int(written) if written.isascii() else NUMBERS[written]
