"""Bilingual documents: which paragraphs and sentences of the two languages say the same."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, Span
from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu_rules.figures.translation_alignment import Part, align

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu_rules.figures.translation_alignment import Bead

# English letters to a Chinese character in translations, from terse news to verbose ones.
FEWEST, MOST = 1.2, 8.0
LEAST_HAN = 8
SAMPLE = 256
# How far the share of a sample may lie from that of the text.
DOUBT = 0.15
# More paragraphs than these are a book or no text.
MOST_PARAGRAPHS = 4000
MOST_SENTENCES = 500
# A paragraph pair that costs more may be no pair.
DEAR = 9.0
MARK = Pattern(r"[0-9][0-9.,，]*|[A-Z][A-Za-z]{2,30}|[A-Z]{2,30}")
SENTENCE = {
    "zh": Pattern(r"[。！？!?；;]++[”’」』）)\"]*+"),
    # Mr. Wang and the U.S. end no sentence.
    "en": Pattern(r"(?<!Mr)(?<!Ms)(?<!Dr)(?<!Mrs)(?<![ .][A-Z])[.!?;]++[”’)\"]*+(?=\s|$)"),
}


class SentencePair(NamedTuple):
    """Sentences of the two languages that seem to say the same; offsets of the document."""

    zh: Sequence[Span]
    en: Sequence[Span]


class ParagraphPair(NamedTuple):
    """Paragraphs of the two languages that seem to say the same, and their sentences."""

    zh: Sequence[Span]
    en: Sequence[Span]
    sentences: Sequence[SentencePair]


class Bilingual:
    """The paragraph pairs of a document in Chinese and English, in the order of the text.

    A document whose lines are not both Chinese and English, in the amounts of a text and its
    translation, has none.
    """

    __slots__ = ("pairs",)

    def __init__(self, pairs: Sequence[ParagraphPair]) -> None:
        self.pairs = pairs

    @classmethod
    def of(cls, document: Document) -> Bilingual:
        return cls(tuple(pairs_of(document)) if may_be_bilingual(document.text) else ())


def may_be_bilingual(text: str) -> bool:
    """Whether a text holds both scripts in the amounts of a text and its translation, at a quick look."""
    if text.isascii():
        return False
    # Every so many characters first: most texts are of one language.
    sample = text[:: len(text) // SAMPLE + 1]
    if len(sample) < 2 * wide_characters(sample) * (1 - DOUBT):
        return False
    wide = wide_characters(text)
    return wide >= LEAST_HAN and len(text) - wide >= FEWEST * wide and " " in text


def wide_characters(text: str) -> int:
    """How many Chinese characters a text holds, or others that take three bytes in UTF-8."""
    return (len(text.encode("utf-8", "surrogatepass")) - len(text)) // 2


def pairs_of(document: Document) -> Iterator[ParagraphPair]:
    """Align the paragraphs of a document."""
    text = document.text
    lines = document.get(Lines)
    if len(lines) > 2 * MOST_PARAGRAPHS:
        return
    told = document.get(Languages).of_lines
    sides: dict[Language, list[Part]] = {Language.ZH: [], Language.EN: []}
    count = 0
    for start, end, language in zip(lines.starts, lines.ends, told, strict=True):
        side = sides.get(language)
        if side is not None and start < end:
            side.append(Part(start, end, marks_of(text, start, end), count))
            count += 1
    zh, en = sides[Language.ZH], sides[Language.EN]
    han = sum(part.end - part.start for part in zh)
    latin = sum(part.end - part.start for part in en)
    if han < LEAST_HAN or not FEWEST * han <= latin <= MOST * han:
        return
    for bead in align(zh, en):
        if bead.left and bead.right and bead.cost < DEAR:
            yield paragraph_pair(text, bead)


def paragraph_pair(text: str, bead: Bead) -> ParagraphPair:
    """The pair that a bead of paragraphs makes, its sentences aligned."""
    zh = [part for whole in bead.left for part in sentences(text, whole, "zh")]
    en = [part for whole in bead.right for part in sentences(text, whole, "en")]
    if max(len(zh), len(en)) > MOST_SENTENCES:
        zh = en = []
    pairs = [
        SentencePair(spans(inner.left), spans(inner.right))
        for inner in align(zh, en)
        if inner.left and inner.right
    ]
    return ParagraphPair(spans(bead.left), spans(bead.right), pairs)


def spans(parts: Sequence[Part]) -> Sequence[Span]:
    """Where parts stand."""
    return [Span(part.start, part.end) for part in parts]


def sentences(text: str, paragraph: Part, language: str) -> Iterator[Part]:
    """The sentences of a paragraph."""
    start, end = paragraph.start, paragraph.end
    ends = [found.end() for found in SENTENCE[language].finditer(text, start, end)]
    for first, last in pairwise([start, *(at for at in ends if at < end), end]):
        yield Part(first, last, marks_of(text, first, last), -9)


def marks_of(text: str, start: int, end: int) -> frozenset[str]:
    """The digits of figures without zeros at either end (4500万 and 45 million are 45), and Latin names."""
    found = set()
    for match in MARK.finditer(text, start, end):
        mark = match[0]
        if mark[0].isdigit():
            mark = "".join(filter(str.isdigit, mark)).strip("0")
        if mark:
            found.add(mark)
    return frozenset(found)
