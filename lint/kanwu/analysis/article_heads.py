"""Heads: the places of a document where an article may begin, with what speaks for each."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.article_rows import SHORTEST_HEADLINE
from kanwu.analysis.article_signs import (
    IN_FORCE,
    JOINED,
    LONGEST_HEAD,
    Sign,
    article_words,
    ends_article,
)
from kanwu.analysis.line_patterns import CHAPTER
from kanwu.analysis.role import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu.analysis.article_rows import Rows

SHORTEST_AFTER_END = 4
SHORTEST_ALONE = 6
"""Of a headline that neither dateline, source nor byline follows."""
MOST_HEADLINES = 3
"""Lines of one headline: the one above it, itself, the one below it."""
MOST_HEAD_LINES = 6
LOOK_BACK = 4
"""Lines that are no paragraphs, between the end of an article and the next headline."""
LEAST_BODY = 40
"""Characters of paragraphs without which nothing is an article."""
NEAR_ROWS = 3


class Reason(StrEnum):
    """What speaks for an article's beginning."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    SOURCE = "source"
    BYLINE = "byline"
    LABEL = "label"
    FIRST_CLAUSE = "first-clause"
    END = "end-of-another"
    SEPARATOR = "separator"
    DOUBLE_RULE = "double-rule"
    PAGE_BREAK = "page-break"
    NEW_SUBJECT = "new-subject"
    ALIKE = "like-the-first"
    ENDS_TOO = "ends-too"
    DISPLACED = "displaced-headline"


class Head(NamedTuple):
    """A place where an article may begin. Numbers are those of rows."""

    start: int
    body: int
    """The row that made it a head, or the first one behind the headline."""
    headline: tuple[int, int] | None
    """The rows of the headline; the end is exclusive."""
    reasons: Mapping[Reason, int]
    """With the row on which each reason stands."""


def heads_of(rows: Rows) -> list[Head]:
    """The heads of a document in the order of the text, those that are one taken together."""
    found: list[Head] = []
    for row in range(len(rows.texts)):
        head = head_at(rows, row)
        if head is None:
            continue
        last = found[-1] if found else None
        if last is not None and rows.body_size(last.body, head.start) < LEAST_BODY:
            found[-1] = together(last, head)
        else:
            found.append(head)
    return found


def together(first: Head, second: Head) -> Head:
    """One head of two that have no text between them."""
    return Head(
        first.start,
        second.body,
        first.headline or second.headline,
        {**second.reasons, **first.reasons},
    )


def head_at(rows: Rows, row: int) -> Head | None:
    """The head that a row makes, or None."""
    reason = opening(rows, row)
    if reason is None:
        return None
    if reason is Reason.HEADLINE:
        end = row
        while end < len(rows.texts) and end - row < MOST_HEADLINES and rows.is_headline(end):
            end += 1
        reasons = {Reason.HEADLINE: row} | before_head(rows, row)
        return Head(row, end, (row, end), reasons)
    if reason is Reason.DOUBLE_RULE:
        return Head(row, row, None, before_head(rows, row))
    start, headline = headline_above(rows, row, reason)
    if reason is Reason.FIRST_CLAUSE:
        start, headline = statute_head(rows, row) or (start, headline)
    if reason is Reason.DATELINE and JOINED.match(rows.texts[row]):
        headline = (row, row + 1)
    if headline is None and reason in (Reason.SOURCE, Reason.BYLINE, Reason.FIRST_CLAUSE):
        return None
    reasons = {reason: row}
    if reason is Reason.LABEL:
        start, headline = row, labelled_headline(rows, row)
    if headline is not None:
        reasons[Reason.HEADLINE] = headline[0]
    return Head(start, row, headline, reasons | before_head(rows, start))


def opening(rows: Rows, row: int) -> Reason | None:
    """Why a row may belong to the head of an article."""
    sign = rows.signs[row]
    if sign is Sign.DATELINE:
        return Reason.DATELINE
    if sign is Sign.SOURCE:
        listed = rows.roles[row] is Role.BODY or is_listed(rows, row)
        return None if listed else Reason.SOURCE
    if sign is Sign.LABEL:
        return Reason.LABEL
    if sign is Sign.FIRST_CLAUSE:
        return Reason.FIRST_CLAUSE
    if rows.roles[row] is Role.BYLINE or sign is Sign.BYLINE:
        return Reason.BYLINE
    return behind_end(rows, row)


def behind_end(rows: Rows, row: int) -> Reason | None:
    """Why a row may begin an article where another one ends."""
    ruled = row > 0 and rows.signs[row - 1] is Sign.DOUBLE_RULE
    if not rows.is_headline(row):
        return Reason.DOUBLE_RULE if ruled and rows.roles[row] is Role.BODY else None
    if row and rows.is_headline(row - 1):
        return None
    found = before_head(rows, row)
    if Reason.END in found:
        least = SHORTEST_AFTER_END
    else:
        least = SHORTEST_HEADLINE if ruled else SHORTEST_ALONE
    return Reason.HEADLINE if found and len(rows.texts[row]) >= least else None


def is_listed(rows: Rows, row: int) -> bool:
    """Whether a date or an author belongs to an event, a book or a film."""
    around = rows.texts[max(0, row - NEAR_ROWS) : row + NEAR_ROWS + 1]
    return any(text.startswith(article_words().listing_labels) for text in around)


def headline_above(rows: Rows, row: int, reason: Reason) -> tuple[int, tuple[int, int] | None]:
    """The first row of the head to which a row belongs, and the rows of its headline."""
    sure = reason in (Reason.DATELINE, Reason.SOURCE)
    end = row
    while end > 0 and row - end < MOST_HEAD_LINES and is_about(rows, end - 1):
        end -= 1
    start = end
    while start > 0 and end - start < MOST_HEADLINES:
        if not rows.is_headline(start - 1, sure=sure and start == end):
            break
        start -= 1
    return (row, None) if start == end else (start, (start, end))


def labelled_headline(rows: Rows, row: int) -> tuple[int, int]:
    """The rows of the headline of which a label tells: its own, or those behind it."""
    start = row
    while start + 1 < len(rows.texts) and rows.texts[start].endswith(
        ("：", ":", ")", "）", "】", "]")
    ):
        start += 1
    end = start + 1
    while end - start < MOST_HEADLINES and end < len(rows.texts) and start > row:
        if not rows.is_headline(end):
            break
        end += 1
    return start, end


def statute_head(rows: Rows, row: int) -> tuple[int, tuple[int, int]] | None:
    """The head of a statute, where the one before it ends in its coming into force."""
    for start in range(row - 1, max(0, row - MOST_HEAD_LINES), -1):
        if IN_FORCE.search(rows.texts[start - 1][-LONGEST_HEAD:]):
            end = start
            while end < row and rows.is_headline(end, sure=True):
                end += 1
            return (start, (start, end)) if end > start else None
    return None


def is_about(rows: Rows, row: int) -> bool:
    """Whether a row may stand between a headline and what follows it."""
    if CHAPTER.match(rows.texts[row]):
        return True
    return rows.signs[row] in (Sign.SOURCE, Sign.BYLINE) or rows.roles[row] is Role.BYLINE


def before_head(rows: Rows, start: int) -> dict[Reason, int]:
    """What stands before a head and speaks for the end of another article."""
    found: dict[Reason, int] = {}
    if start in rows.breaks:
        found[Reason.PAGE_BREAK] = start
    for row in range(start - 1, max(-1, start - 1 - LOOK_BACK), -1):
        sign, text = rows.signs[row], rows.texts[row]
        if sign is Sign.SEPARATOR:
            found.setdefault(Reason.SEPARATOR, row)
        elif sign is Sign.DOUBLE_RULE:
            found.setdefault(Reason.DOUBLE_RULE, row)
        elif sign is Sign.END or (sign is Sign.SOURCE and rows.roles[row - 1] is Role.BODY):
            found.setdefault(Reason.END, row)
        elif rows.roles[row] in (Role.BODY, Role.BYLINE) or sign is not None:
            if ends_article(text) or IN_FORCE.search(text[-LONGEST_HEAD:]):
                found.setdefault(Reason.END, row)
            break
    return found
