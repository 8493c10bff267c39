"""The outward signs that a paragraph is half of one, and what they weigh.

Each function gives named signs of 0, 1 or a score; `halves.toml` holds the weights. All are natural log
odds, in nats.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log, sqrt
from typing import TYPE_CHECKING

from kanwu import Pattern, read_table
from kanwu.analysis.line_words import is_han
from kanwu.analysis.roles import Role
from kanwu_rules.broken_paragraphs.continuation import continuation
from kanwu_rules.broken_paragraphs.edges import torn_head, torn_line
from kanwu_rules.broken_paragraphs.paragraphs import INSIDE, End

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kanwu_rules.broken_paragraphs.paragraphs import Paragraph

    Signs = Mapping[str, float]

# Code points beside a gap that the model is shown.
SHOWN = 12
# Code points of a paragraph that the model of edges is shown.
HEAD = 72
OPENERS, CLOSERS = frozenset("“（《「『【("), frozenset("”）》」』】)")
# Code points before and behind a gap in which the words beside it are looked for.
AROUND = 10_000
PAIRS = ("“”", "（）", "《》", "「」", "『』", "【】", "()")
ARTICLE = Pattern(r"第 [一二三四五六七八九十百零〇0-9]{1,6} [条條] \s")
SPACED = Pattern(r"[^ -~] [ \u3000] [^ -~]")
# 运行以下命令，: what it speaks of was a picture or a block of code.
LEADS_IN = Pattern(r"""
    (?: 如下 | 下面 | 以下 | 下列 | 下图 | 下圖 | 例如 | 比如 ) [^，,]{0,8} [，,]? \Z
    | (?: 命令 | 屏幕 | 窗口 | 界面 | 画面 | 内容 | 输出 | 结果 | 信息 | 提示 | 代码 | 图 | 语句 | 参数 | 文件
        | 步骤 | 按钮 | 运行 | 执行 | 输入 | 显示 ) [，,]? \Z
""")
# The first mark in it closes what nothing opened: 港建设总体方案》印发后. No “1)” of a list, nor a face.
CLOSES_FIRST = Pattern(r"[^“（《「『【(\[〈〔”）》」』】)\]〉〕:;：；]{3,24} [”》」』】〉]")
# 筑巢引凤，创新要素聚集: a headline of two clauses.
COUPLET = Pattern(r"""
    [^，,；;。！？]{4,16} [，,；;] [^，,；;。！？]{4,16} \Z | [^，,；;。！？]{3} [，,；;] [^，,；;。！？]{3} \Z
""")
# Words that lead on: nothing that is whole ends with them.
LEADING_ON = frozenset("的了在是與与及對向從从將将把被和或但而若因並并且就也又於于")
# A sentence is looked at as far as that.
FIRST_SENTENCE = Pattern(r"[^。！？；]{0,120} [。！？；]?")
# What the models say of a beginning is looked at within these bounds, in nats.
LEAST_HEAD, MOST_HEAD = -6.0, 8.0
MOST_LINE = 6.0
# What is added to the deviation of lengths, in nats, lest paragraphs of one length make it nothing.
LEAST_SPREAD = 0.25
# So many others show what length is usual.
FEWEST = 2
# At most twice so many beginnings show how paragraphs begin.
SAMPLE = 24
SHORT, SHORT_HEAD = 6, 8
LONGEST_RUN = 4


class Usual:
    """What the paragraphs of the body of a document are like."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.count = len(texts)
        self.paragraphs = log(max(self.count, 1))
        self._sample = texts[:: max(self.count // SAMPLE, 1)]
        self._heads = sum(cut_head(text[:SHOWN]) for text in self._sample)
        lengths = [log(len(text)) for text in texts]
        self._sum, self._squares = sum(lengths), sum(length * length for length in lengths)

    def head(self, text: str) -> float:
        """What the model says of the beginnings of the others than one of the paragraphs, in the mean."""
        if text in self._sample:
            return (self._heads - cut_head(text[:SHOWN])) / max(len(self._sample) - 1, 1)
        return self._heads / len(self._sample) if self._sample else 0.0

    def shorter(self, text: str) -> float:
        """By how many of their deviations one of the paragraphs is shorter than the others."""
        others = self.count - 1
        if others < FEWEST:
            return 0.0
        length = log(len(text))
        mean = (self._sum - length) / others
        spread = sqrt(max((self._squares - length * length) / others - mean * mean, 0.0))
        return min(max((mean - length) / (spread + LEAST_SPREAD), -2.0), 4.0)


def odds(kind: str, signs: Signs) -> float:
    """The log odds that some signs of a kind give together."""
    weights = read_weights()[kind]
    return weights["constant"] + sum(weights[name] * value for name, value in signs.items())


@cache
def read_weights() -> Mapping[str, Mapping[str, float]]:
    """The weights of the signs, by kind and name."""
    return read_table(__file__, "halves.toml")


@lru_cache(maxsize=4096)
def cut_head(beginning: str) -> float:
    """What the model says of the first characters of a paragraph; asked for several times each."""
    return continuation().cut_head(beginning)


@lru_cache(maxsize=4096)
def cut_tail(ending: str) -> float:
    """The same of the last characters of a paragraph."""
    return continuation().cut_tail(ending)


def prose_signs(paragraph: Paragraph, *, habit: bool) -> Signs:
    """The signs that a paragraph of prose lost its end.

    `habit` says that several paragraphs of its document do not end like sentences.
    """
    return {
        "tail": cut_tail(paragraph.text[-SHOWN:]),
        "pause": paragraph.ends is End.PAUSE,
        "bracket": paragraph.ends is End.BRACKET,
        "opener": bool(left_open(paragraph.text)),
        "deck": paragraph.opens_body and not paragraph.dateline and "。" not in paragraph.text,
        "habit": habit,
        "short": len(paragraph.text) < SHORT,
        "latin": paragraph.text[-1].isascii() and paragraph.text[-1].isalnum(),
        "leads-in": leads_in(paragraph.text),
    }


def label_signs(paragraph: Paragraph, *, first: bool, titled: bool) -> Signs:
    """The signs that a line is no headline but the beginning of a sentence.

    `first` says that it is the first of its document, `titled` that articles of a statute have titles.
    """
    text = paragraph.text
    return {
        "tail": cut_tail(text[-SHOWN:]),
        "torn": min(max(torn_line(text), -MOST_LINE), MOST_LINE),
        "inside": not INSIDE.isdisjoint(text),
        "couplet": COUPLET.match(text) is not None,
        "comma": "、" in text,
        "colon": "：" in text or ":" in text,
        "article": not titled and ARTICLE.match(text) is not None,
        "leading-on": text[-1] in LEADING_ON,
        "opener": bool(left_open(text)),
        "first": first,
        "spaced": SPACED.search(text) is not None,
        "marked": text[0] in "【《“",
        "short": len(text) < SHORT,
        "bracket": paragraph.ends is End.BRACKET,
        "leads-in": leads_in(text),
        "item": paragraph.role is Role.LIST_ITEM,
        "latin": text[-1].isalpha() and not is_han(text[-1]),
    }


def head_signs(paragraph: Paragraph, usual: Usual, *, begins_elsewhere: bool) -> Signs:
    """The signs that a paragraph lost its beginning, among what is usual in its document."""
    text = paragraph.text
    sentence = FIRST_SENTENCE.match(text)
    assert sentence is not None
    return {
        "head": min(max(cut_head(text[:SHOWN]), LEAST_HEAD), MOST_HEAD),
        "torn": min(max(torn_head(text[:HEAD]), -MOST_HEAD), MOST_HEAD),
        "usual-head": usual.head(text),
        "paragraphs": usual.paragraphs,
        "shorter": usual.shorter(text),
        "begins-elsewhere": begins_elsewhere,
        "closer": CLOSES_FIRST.match(text) is not None,
        "unopened": bool(left_closed(text)),
        "first-sentence": log(sentence.end() + 1),
        "open": paragraph.ends is not End.CLOSED,
        "short": len(text) < SHORT_HEAD,
    }


def join_signs(
    text: str, before: Paragraph, after: Paragraph, between: Sequence[Paragraph]
) -> Signs:
    """The signs that a paragraph of a text goes on in another one."""
    opened, closed = left_open(before.text), left_closed(after.text)
    matched = not opened.isdisjoint(closed)
    run = longest_run_across(text, before, after)
    return {
        "joins": continuation().joins(before.text[-SHOWN:], after.text[:SHOWN]),
        "word": continuation().word_across(before.text[-SHOWN:], after.text[:SHOWN]) != "",
        "head": cut_head(after.text[:SHOWN]),
        "torn": torn_head(after.text[:HEAD]),
        "paragraphs-between": sum(paragraph.role is Role.BODY for paragraph in between),
        "lines-between": any(paragraph.role is not Role.BODY for paragraph in between),
        "seen-two": run == 2,
        "seen-three": run == 3,
        "seen-four": run == LONGEST_RUN,
        "brackets": matched,
        "other-brackets": not matched and bool(opened or closed),
        "pause": before.ends is End.PAUSE,
        "bracket": before.ends is End.BRACKET,
        "label-after": after.role is not Role.BODY
        or (after.ends is End.OPEN and not after.is_prose),
    }


def leads_in(text: str) -> bool:
    """Whether a text leads to a picture or a block of code, which may be gone."""
    return LEADS_IN.search(text, max(0, len(text) - SHOWN)) is not None


def left_open(text: str) -> set[str]:
    """The kinds of brackets and quotes of which more open than close in a text."""
    if OPENERS.isdisjoint(text):
        return set()
    return {pair for pair in PAIRS if text.count(pair[0]) > text.count(pair[1])}


def left_closed(text: str) -> set[str]:
    """The kinds of brackets and quotes of which more close than open in a text."""
    if CLOSERS.isdisjoint(text):
        return set()
    return {pair for pair in PAIRS if text.count(pair[0]) < text.count(pair[1])}


def longest_run_across(text: str, before: Paragraph, after: Paragraph) -> int:
    """The size of the longest run of Han across the gap that stands whole somewhere around it.

    Runs of up to four characters are tried; 0 if there is none.
    """
    around = max(0, before.end - AROUND), after.start + AROUND
    for size in range(LONGEST_RUN, 1, -1):
        for left in range(1, size):
            run = before.text[-left:] + after.text[: size - left]
            if len(run) == size and all(map(is_han, run)) and text.find(run, *around) >= 0:
                return size
    return 0
