"""Which wrong forms of words are slips: the judgement behind commonly-confused-word."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern
from kanwu.documents.tables import read_bytes, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu import Span

SIMPLIFIED = ("confused_words.txt", "confused_idioms.txt")
TRADITIONAL = "confused_traditional.txt"
COLON = "："
FARTHEST = 60
"""Code points on each side in which a word can tell that the text is about writing."""
NAMED = 12
"""A quotation up to this long names a word, or plays with it."""
TITLE = 40
"""A title is up to this long."""
SHORTEST_SURE = 4
"""Of so many characters no two words meet by chance."""
QUOTES = Pattern(rf"[“‘「『\"'`【（(] [^“”‘’「」『』\"'`【】（）()\n]{{0,{NAMED}}} \Z")
TITLES = Pattern(rf"[《〈] [^《》〈〉\n]{{0,{TITLE}}} \Z")
CLOSING = frozenset("”’」』\"'`】）)")
MARKED = frozenset("@＠#＃")
# Exercises and guides to spelling: of these no form is used.
ABOUT_SLIPS = (
    "错别字",
    "錯別字",
    "易错字",
    "易錯字",
    "易错词",
    "易錯詞",
    "通假字",
    "改错题",
    "改錯題",
)
NAMING = Pattern(
    r"""
    [误誤][写寫作读讀] | [笔筆][误誤] | [应應][为為该該作写寫是] | [写寫][成作为為] | 不[是能应應作写寫] | 而非
    | [错錯別别]字 | 混淆 | 通假 | 同音 | 近音 | 形近 | [区區][别別分] | 又作 | 亦作 | 也作
    """
)
KANA = Pattern(r"[ぁ-ヺ]")


class Confusion(NamedTuple):
    """A word written with a wrong character."""

    start: int
    end: int
    right: str
    sure: bool
    """Whether nothing but the right word can be meant."""


def listed(name: str) -> str:
    """A list, its head left out."""
    return read_bytes(__file__, name).decode("utf-8").partition("\n\n")[2]


def lines_of(name: str) -> list[str]:
    """The lines of a list."""
    return listed(name).splitlines()


@cache
def confused_words() -> frozenset[str]:
    """Every wrong form."""
    # At every start: in a third of the time that it takes line by line.
    texts = (listed(name).replace(COLON, f"{COLON} ") for name in (*SIMPLIFIED, TRADITIONAL))
    return frozenset(part for text in texts for part in text.split() if part[-1] != COLON)


@cache
def right_words(*names: str) -> Mapping[str, str]:
    """For each wrong form of some lists the right word, by the first list that has it."""
    right: dict[str, str] = {}
    for name in reversed(names):
        for line in lines_of(name):
            word, _, forms = line.partition(COLON)
            right |= dict.fromkeys(forms.split(), word)
    return right


def right_in(text: str) -> Mapping[str, str]:
    """For each wrong form the right word in the script of a text."""
    traditional = sum(map(text.count, "這們說時會國來對")) > sum(
        map(text.count, "这们说时会国来对")
    )
    return right_words(*((TRADITIONAL, *SIMPLIFIED) if traditional else (*SIMPLIFIED, TRADITIONAL)))


@cache
def neighbours() -> Mapping[str, Mapping[str, tuple[frozenset[str], frozenset[str]]]]:
    """For `unless` and `only`: what stands before and behind each form that they speak of."""
    return {
        table: {word: beside(sets) for word, *sets in map(str.split, text.splitlines())}
        for table, text in read_table(__file__, "commonly_confused_word.toml").items()
    }


def beside(sets: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """`自知_ _过` as the characters before a form and those behind it."""
    before = "".join(part for part in sets if part.endswith("_"))
    after = "".join(part for part in sets if part.startswith("_"))
    return frozenset(before) - {"_"}, frozenset(after) - {"_"}


def confusions(text: str, places: Sequence[Span]) -> Iterator[Confusion]:
    """The slips among some places of wrong forms; of those that overlap the first and longest."""
    if any(word in text for word in ABOUT_SLIPS):
        return
    done = 0
    right = right_in(text)
    for start, end in sorted(places, key=lambda span: (span.start, -span.end)):
        if start < done or not (
            is_apart(text, start, end) and is_used(text, start, end, right[text[start:end]])
        ):
            continue
        done = end
        word = text[start:end]
        sure = len(word) >= SHORTEST_SURE and all(word not in t for t in neighbours().values())
        yield Confusion(start, end, right[word], sure)


def is_apart(text: str, start: int, end: int) -> bool:
    """Whether a form is a word of its own, and not where two words meet."""
    word, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    tables = neighbours()
    left, right = tables["unless"].get(word, ((), ()))
    if before in left or after in right:
        return False
    if word not in tables["only"]:
        return True
    left, right = tables["only"][word]
    return before in left or after in right


def is_used(text: str, start: int, end: int, right: str) -> bool:
    """Whether a form is used, and not named, quoted, or part of a title or a foreign sentence."""
    before = text[max(0, start - FARTHEST) : start].rpartition("\n")[2]
    after = text[end : end + FARTHEST].partition("\n")[0]
    if before[-1:] in MARKED or KANA.search(before + after) or TITLES.search(before):
        return False
    if QUOTES.search(before) and not CLOSING.isdisjoint(after[:NAMED]):
        return False
    return right not in before + after or not NAMING.search(before + after)
