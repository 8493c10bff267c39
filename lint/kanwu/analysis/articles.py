"""Articles: where each article of a document begins, and why.

Nearly every document is one article. Others are a page of a newspaper, a page whose scraper took the next
article along, a collection with dividing lines. What is compared inside an article (figures, names) must
not be compared across such a boundary.

A boundary needs reasons of two kinds: what an article begins with (headline, dateline, date and source,
第一条), and what the one before it ends with (责任编辑, （完）, a dividing line) or another subject. Subheadings,
captions, bylines and lists alone are none.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.article_heads import Reason
from kanwu.analysis.article_rows import Rows
from kanwu.analysis.article_signs import RULES, signs_of
from kanwu.analysis.languages import Language, Languages
from kanwu.analysis.lines import Lines
from kanwu.documents.document import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu.analysis.article_signs import Sign
    from kanwu.documents.document import Document

__all__ = ["Article", "Articles", "Part", "Parts", "Reason"]

DIVIDING = frozenset(RULES)
LEAST_SIGNS = 2
"""Lines that speak of a beginning or an end; with fewer a document is one article."""
CERTAIN = 8.0
"""The weight of reasons beyond which there is no doubt."""


class Article(NamedTuple):
    """One article: code points `start` to `end` and lines `first` to `last`, ends exclusive.

    Lines count from 0, as in `Lines`.
    """

    start: int
    end: int
    first: int
    last: int
    headline: Span | None
    """None where it has none; in a document without signs of several articles it is not looked for."""
    reasons: Mapping[Reason, int]
    """Why it was thought to begin here, with the line on which each reason stands."""
    confidence: float
    """From 0 to 1; 1 for the first article of a document."""


class Articles:
    """The articles of a document in order; together they cover its whole text."""

    __slots__ = ("all",)

    def __init__(self, articles: Sequence[Article]) -> None:
        self.all = articles
        """At least one, even of an empty document."""

    @classmethod
    def of(cls, document: Document) -> Articles:
        lines = document.get(Lines)
        signs = signs_of(lines)
        if (
            len(signs) < LEAST_SIGNS
            and DIVIDING.isdisjoint(signs.values())
            and "\f" not in document.text
        ):
            return cls((Article(0, len(document.text), 0, len(lines), None, {}, 1.0),))
        return cls(split(document, signs))

    def __len__(self) -> int:
        return len(self.all)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.all)

    def at(self, offset: int) -> Article:
        """The article that holds an offset of the text."""
        return self.all[bisect_right(self.all, offset, key=attrgetter("start")) - 1]


def split(document: Document, signs: Mapping[int, Sign]) -> list[Article]:
    """The articles of a document that bears signs of several."""
    from kanwu.analysis.article_boundaries import ENOUGH, boundaries_of
    from kanwu.analysis.roles import Roles

    lines, roles = document.get(Lines), document.get(Roles).of_lines
    stripped = [line.strip() for line in lines]
    at = [index for index, text in enumerate(stripped) if text]
    breaks = (
        frozenset(
            row
            for row, index in enumerate(at)
            if row and "\f" in document.text[lines.ends[at[row - 1]] : lines.ends[index]]
        )
        if "\f" in document.text
        else frozenset()
    )
    rows = Rows(
        [stripped[index] for index in at],
        [roles[index] for index in at],
        [signs.get(index) for index in at],
        breaks,
    )
    first, boundaries = boundaries_of(rows)

    def span(headline: tuple[int, int] | None) -> Span | None:
        return (
            Span(lines.starts[at[headline[0]]], lines.ends[at[headline[1] - 1]])
            if headline
            else None
        )

    heads: list[tuple[int, Span | None, Mapping[Reason, int], float]] = [
        (0, span(first.headline if first else None), {}, 1.0)
    ]
    heads += [
        (
            at[head.start],
            span(head.headline),
            {reason: at[row] for reason, row in reasons.items()},
            min(1.0, 0.5 + 0.5 * (weight - ENOUGH) / (CERTAIN - ENOUGH)),
        )
        for head, reasons, weight in boundaries
    ]
    ends = [head[0] for head in heads[1:]] + [len(lines)]
    return [
        Article(
            lines.starts[line],
            lines.starts[end] if end < len(lines) else len(document.text),
            line,
            end,
            headline,
            reasons,
            confidence,
        )
        for (line, headline, reasons, confidence), end in zip(heads, ends, strict=True)
    ]


class Part(NamedTuple):
    """A stretch of an article in one language. The end is exclusive."""

    language: Language
    start: int
    end: int


class Parts:
    """The parts of each article by language.

    An article with its translation below, or paragraph by paragraph, stays one article: its parts tell
    which text is in which language.
    """

    __slots__ = ("of_articles",)

    def __init__(self, of_articles: Sequence[Sequence[Part]]) -> None:
        self.of_articles = of_articles
        """Parallel to the articles; an article without letters has no part."""

    @classmethod
    def of(cls, document: Document) -> Parts:
        lines, languages = document.get(Lines), document.get(Languages).of_lines

        def parts(article: Article) -> list[Part]:
            spoken = (
                line
                for line in range(article.first, article.last)
                if languages[line] is not Language.NONE
            )
            found = []
            for language, run in groupby(spoken, key=languages.__getitem__):
                several = list(run)
                found.append(Part(language, lines.starts[several[0]], lines.ends[several[-1]]))
            return found

        return cls([parts(article) for article in document.get(Articles)])
