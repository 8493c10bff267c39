"""PUN008 space-between-han."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from kanwu import Bad, Between, CharacterClass, Good, Matches, Pattern, Rule, Safety
from kanwu.analysis.lines import Lines
from kanwu_rules.punctuation.slips import Slip, tell
from kanwu_rules.wording.doublings import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Document, Finding, Span
    from kanwu_rules.wording.doublings import Lexicon

# The two edges of the block that holds nearly all Han; a range is quick to compile. Nearly all spaces
# between Han stand behind the number of a clause, near the beginning of a line.
HAN = CharacterClass(ranges=("一龥",))
SPACES = Matches(
    Pattern(r"[ ] (?= [一-龥] ) (?<= [一-龥] [ ] ) (?<= [^\n\r]{12} [ ] )"),
    Between(" ", before=HAN, behind=HAN),
)
LEAST = 30
"""Code points of a line that can be a paragraph."""
ENDS = frozenset("。！？；”」…")
STOP = Pattern("[。！？；]")
# What many words end with or begin with, and what stands alone as well.
LOOSE = frozenset("上下中里内外前后人时名机员")
OPENING, CLOSING = frozenset("“‘「『《〈（(【"), frozenset("”’」』》〉）)】")
REACH = 80
"""Code points before a space in which a quote that holds it may open."""
PAIR = 30
"""Code points that two spaces may set apart together: a link, the title of another text."""
OTHER_SPACE = Pattern(r"(?<= [一-龥] ) [ ] (?= [一-龥] )")
FEW = 2
"""So many spaces outside words are slips; more are how a document sets links and the like apart."""
SHARE = 8
"""Of spaces that fell into a text at random every fourth parts a word. One in so many is enough."""
BEFORE_SPACE = Pattern(r"[一-龥]{1,12} \Z")
AFTER_SPACE = Pattern(r"[一-龥]{1,12}")
LONGEST_HALF = 12
LONGEST_NAME = 4
"""With a space in it: 、李 建国、 is padded to the width of other names."""


class SpaceBetweenHan(Rule):
    """A space stands inside a Chinese sentence, between two Han.

    Chinese writes no spaces between words, and none inside them. Joined lines, text recognised from
    pictures and pages that were taken apart leave them behind: 科技创 新 is found by no search for 创新,
    and what cuts text into words cuts there. Reported is a space that parts a common word of two
    characters; and any other one that is alone in its sentence, where the document has no more than two
    such spaces, or where so many part words that all of them came by chance.

    A document with more than five such places has one finding with their number, and one fix. It is
    unsafe: now and then a comma is what is missing. Where the space is alone between two words, that is likely
    enough for the fix to be no more than a suggestion.

    **What it leaves alone.** Spaces that set something apart: a slogan's halves, a link with a space on
    both sides, an item; and those of documents that do so often. Spaces near the beginning of a line,
    behind the number of a clause or another label;
    headings, credits, lists and tables, which are no sentences; quotes and brackets; names padded to the
    width of others, and characters that are spread over a line one by one. Spaces beside Latin letters and digits, and no-break and full-width
    spaces, which have rules of their own.

    **Source.** W3C, Requirements for Chinese Text Layout: Chinese sets no space between characters. The
    words are those of doubled-word, see `doubled_word.toml`.
    """

    code = "PUN008"
    name = "space-between-han"
    safety = Safety.UNSAFE
    where = (SPACES,)
    messages: ClassVar[Mapping[str, str]] = {
        "one": "space between Chinese characters inside a sentence; search and word segmentation fail on it",
        "many": "{count} spaces between Chinese characters inside sentences; search and word "
        "segmentation fail on them",
        "again": "here too",
        "repair": "remove the space",
    }
    examples = (
        Bad(
            "经过多年努力，这座城市在科技创 新方面取得了显著成绩，吸引了许多人才前来。",
            "经过多年努力，这座城市在科技创新方面取得了显著成绩，吸引了许多人才前来。",
            finds=(" ",),
        ),
        Bad(
            "会议指出，各地要结合自身实际情况，因地制宜发 展新质生产力，形成各自的特色和优势。",
            "会议指出，各地要结合自身实际情况，因地制宜发展新质生产力，形成各自的特色和优势。",
        ),
        Bad(
            "参加这次活动的共有三百多人，他们来自全国各地的高校和研 究所，其中不少人刚刚回国。",
            "参加这次活动的共有三百多人，他们来自全国各地的高校和研究所，其中不少人刚刚回国。",
        ),
        Good("今年活动的主题确定为 携手同行 共创未来，来自各地的三百多名代表参加了开幕式。"),
        Bad("参加这次活动的共有三百多人，他们来自全国 各地的高校和研究所，其中不少人刚刚回国。"),
        Good("第一章 总则\n第一条 为了规范市场秩序，保护消费者的合法权益，根据宪法，制定本法。"),
        Good("记者 张明 摄\n关键词 人才 创新 创业\n责任编辑 李华"),
        Good("出席会议的有王明、李 华、张国强等同志，他们都在会上发了言，提出了不少好的建议。"),
    )

    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        text = document.text
        lines = document.get(Lines)
        known = lexicon()
        parting: list[int] = []
        others: list[int] = []
        for line, spaces in groupby((at for at, _ in places), key=lines.index):
            start = lines.starts[line]
            if not is_sentence(text, start, lines.ends[line]):
                continue
            for at in spaces:
                if (
                    sum(halves(text, at)) >= LONGEST_NAME
                    and not is_spread(text, at)
                    and not is_quoted(text, max(start, at - REACH), at)
                ):
                    (parting if parts_word(text, at, known) else others).append(at)
        by_chance = len(parting) > 1 and SHARE * len(parting) >= len(others)
        if len(others) > FEW and not by_chance:
            others = []
        slips = [Slip(at, at + 1, "", Safety.UNSAFE) for at in parting]
        # Between two words that one space parts, a comma may have been lost.
        safety = Safety.UNSAFE if by_chance else Safety.SHOWN
        slips += (Slip(at, at + 1, "", safety) for at in others if is_alone(text, at))
        yield from tell(self, document, sorted(slips))


def parts_word(text: str, at: int, known: Lexicon) -> bool:
    """Whether a space parts a word of two characters, neither of which makes one on its own side."""
    word = (text[at - 1] + text[at + 1]).translate(known.folds)
    if word not in known.words or not LOOSE.isdisjoint(word):
        return False
    before = text[at - 2 : at].translate(known.folds)
    after = text[at + 1 : at + 3].translate(known.folds)
    return (
        before not in known.words
        and after not in known.words
        and known.single.keys().isdisjoint(word)
    )


def is_spread(text: str, at: int) -> bool:
    """Whether the characters of a title or a name are set apart, one or two between spaces."""
    return " " in text[max(0, at - 3) : at] or " " in text[at + 1 : at + 4]


def is_alone(text: str, at: int) -> bool:
    """Whether a space is neither one of a pair around something nor between the halves of a slogan."""
    if OTHER_SPACE.search(text, max(0, at - PAIR), at) or OTHER_SPACE.search(
        text, at + 1, at + 1 + PAIR
    ):
        return False
    before, after = halves(text, at)
    return before == LONGEST_HALF or before != after


def halves(text: str, at: int) -> tuple[int, int]:
    """How many Han, up to a few, stand before and after a space."""
    before = BEFORE_SPACE.search(text, max(0, at - LONGEST_HALF), at)
    after = AFTER_SPACE.match(text, at + 1, at + 1 + LONGEST_HALF)
    return (len(before[0]) if before else 0), (len(after[0]) if after else 0)


def is_sentence(text: str, start: int, end: int) -> bool:
    """Whether a line can be a paragraph: it is no short one, and ends as a sentence does."""
    return (
        end - start >= LEAST and text[end - 1] in ENDS and STOP.search(text, start, end) is not None
    )


def is_quoted(text: str, start: int, at: int) -> bool:
    """Whether a quote or bracket opens between two offsets and does not close there."""
    closed = 0
    for mark in reversed(text[start:at]):
        if mark in CLOSING:
            closed += 1
        elif mark in OPENING:
            if not closed:
                return True
            closed -= 1
    return False
