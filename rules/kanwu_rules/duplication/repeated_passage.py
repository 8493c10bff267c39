"""DUP003 repeated-passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from kanwu import Bad, Good, Option, Pattern, Related, RepeatedClauses, Rule, Safety, edit, place
from kanwu.engine.finding import Fix
from kanwu_rules.duplication.repeated_paragraph import is_legal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span

MARKS = "，。,"
LEAST = 30
FARTHEST = 2000
"""Code points between the beginnings of two copies that concern one another."""
LARGEST_GAP = 6
BETWEEN = frozenset(" \t\u3000\u00a0\r\n，,。；;、")
SENTENCE_END = Pattern(r"[。！？!?] [”’」』）)]{0,2}")
HAN = Pattern("[㐀-鿿\U00020000-\U0003ffff]")
TABLE = Pattern(r"[|\t<>{}=_]")


class Repeat(NamedTuple):
    """A passage that stands twice."""

    first: int
    again: int
    size: int


class RepeatedPassage(Rule):
    """A passage of some length stands twice in a row, or its sentences twice in one paragraph.

    A slip of the clipboard puts half a paragraph in twice, and at the seam of two pages the last
    sentences of one stand at the head of the next. Whole paragraphs are the matter of
    repeated-paragraph; here it is runs of characters inside them. A finding stands at the later copy.
    Where the copies follow one another within a line, with nothing but a mark or blanks between,
    the fix takes the later one out. It is unsafe, for a writer may have meant it.

    **What it leaves alone.** Whatever is shorter than `least`. Passages that stand apart and are not
    whole sentences of one paragraph: names, slogans, formulae and quotations come again in any article,
    and so does a lead in the text below it. Whole lines and rows of lines, as those of songs.
    Statutes and contracts, unless the copies follow one another; tables, code and lines of signs.

    **Source.** All repeats of thirty characters and more in 5,500 news reports, statutes, tutorials
    and encyclopaedia articles: of a thousand hardly one was a slip unless it was of one of these two kinds.
    """

    code = "DUP003"
    name = "repeated-passage"
    safety = Safety.UNSAFE
    where = (RepeatedClauses(MARKS, size=10),)
    least = Option(LEAST, "fewest code points of a passage", minimum=20)
    messages: ClassVar[Mapping[str, str]] = {
        "row": "these {size} characters stand twice in a row; one copy should go",
        "paragraph": "these sentences already stand in the same paragraph; one of the two should go",
        "first": "it stands here first",
        "fix": "remove the later copy",
    }
    examples = (
        Bad(
            "会议指出，要把节约用水的要求写进新的设计规范，从源头上减少各个环节的浪费。"
            "要把节约用水的要求写进新的设计规范，从源头上减少各个环节的浪费。与会人员参观了展览。",
            "会议指出，要把节约用水的要求写进新的设计规范，从源头上减少各个环节的浪费。与会人员参观了展览。",
        ),
        Bad(
            "老桥建成以后，两岸的居民不用再等渡船，赶集的人一天能走一个来回，镇上的店铺也多了起来。\n\n"
            "两岸的居民不用再等渡船，赶集的人一天能走一个来回，镇上的店铺也多了起来。桥头立着一块石碑。",
            finds=("两岸的居民不用再等渡船，赶集的人一天能走一个来回，镇上的店铺也多了起来。",),
        ),
        Bad(
            "展览分为三个部分。第一部分讲述运河的开凿，展品以地图和工具为主，大多是头一次展出。"
            "第二部分讲述沿岸的生活。第一部分讲述运河的开凿，展品以地图和工具为主，大多是头一次展出。",
            finds=("第一部分讲述运河的开凿，展品以地图和工具为主，大多是头一次展出。",),
        ),
        Good(
            "他说，要把节约用水的要求写进新的设计规范。\n\n她也认为，要把节约用水的要求写进新的设计规范。"
        ),
        Good(
            "大会审议了关于提请批准甲国和乙国刑事司法协助条约的议案，"
            "审议了关于提请批准甲国和丙国刑事司法协助条约的议案。"
        ),
        Good("加油，加油，加油，加油，加油，加油，加油，加油，加油，加油，加油，加油！"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        legal = None
        for repeat in repeats(text, places):
            if follows(text, repeat):
                if self._counts(document, repeat):
                    yield self._tell(document, repeat, "row")
                continue
            if "\n" in text[repeat.first : repeat.again]:
                continue
            sentences = whole_sentences(text, repeat)
            if sentences is None or not self._counts(document, sentences):
                continue
            legal = is_legal(text) if legal is None else legal
            if not legal:
                yield self._tell(document, sentences, "paragraph")

    def _counts(self, document: Document, repeat: Repeat) -> bool:
        """Whether a repeat is long enough, in prose, and more than whole lines."""
        first, again, size = repeat
        passage = document.text[first : first + size]
        if size < self.least or TABLE.search(passage):
            return False
        if 2 * sum(map(str.isalpha, passage)) < size:
            return False
        if is_lines(document.text, first, size) and is_lines(document.text, again, size):
            return False
        # An abstract behind its label, and then the text.
        if (
            "\n" in document.text[first + size : again]
            and first
            and document.text[first - 1] in "：:"
        ):
            return False
        if document.markup == "plain":
            return True
        from kanwu.analysis.zones import Zones

        return document.get(Zones).is_prose(again)

    def _tell(self, document: Document, repeat: Repeat, message: str) -> Finding:
        first, again, size = repeat
        fix = None
        if message == "row" and "\n" not in document.text[first : again + size]:
            removal = edit(document, first + size, again + size, "")
            fix = Fix(Safety.UNSAFE, self.say("fix"), (removal,))
        return self.finding(
            place(document, again, again + size),
            self.say(message, size=size),
            related=[Related(place(document, first, first + size), self.say("first"))],
            evidence={"size": size},
            fix=fix,
        )


def repeats(text: str, places: Sequence[Span]) -> Iterator[Repeat]:
    """Passages that stood before, each with the copy that is nearest, as long as it can be."""
    done = 0
    for beginning in places:
        start, end = beginning
        if start < done:
            continue
        first, last = max(0, start - 1 - FARTHEST), end - 1
        before = 1 + max(text.rfind(mark + text[start:end], first, last) for mark in MARKS)
        if not before:
            continue
        distance = start - before
        while start > max(done, distance) and text[start - 1] == text[start - 1 - distance]:
            start -= 1
        while end < len(text) and text[end] == text[end - distance]:
            end += 1
        done = end
        while start < end and text[start] in BETWEEN:
            start += 1
        yield Repeat(start - distance, start, min(end - start, distance))


def follows(text: str, repeat: Repeat) -> bool:
    """Whether nothing but blanks and a mark stand between the copies."""
    between = text[repeat.first + repeat.size : repeat.again]
    return len(between) <= LARGEST_GAP and BETWEEN.issuperset(between)


def whole_sentences(text: str, repeat: Repeat) -> Repeat | None:
    """The sentences that a repeat holds from beginning to end, if any."""
    first, again, size = repeat
    ends = [end.end() for end in SENTENCE_END.finditer(text, again, again + size)]
    if not ends:
        return None
    begins = again if all(is_beginning(text, at) for at in (first, again)) else ends[0]
    if begins == ends[-1]:
        return None
    return Repeat(begins - again + first, begins, ends[-1] - begins)


def is_beginning(text: str, at: int) -> bool:
    """Whether a line or a sentence begins here."""
    return at == 0 or text[at - 1] in "\n\r。！？!?”’」』）) \u3000"


def is_lines(text: str, start: int, size: int) -> bool:
    """Whether a passage is a line or several, from beginning to end."""
    end = start + size
    return (start == 0 or text[start - 1] in "\r\n") and (
        end == len(text) or text[end] in "\r\n" or text[end - 1] in "\r\n"
    )
