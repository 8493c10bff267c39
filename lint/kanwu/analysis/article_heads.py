"""Heads: the places of a document where an article may begin, with what speaks for each."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.article_rows import ANNEX, COMMA, SHORTEST_HEADLINE
from kanwu.analysis.article_signs import (
    IN_FORCE,
    JOINED,
    LAST_CLAUSE,
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
LABEL_ENDS = ("：", ":", ")", "）", "】", "]")


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
    if reason is Reason.FIRST_CLAUSE:
        return statute_head(rows, row)
    if reason is Reason.DOUBLE_RULE:
        return Head(row, row, None, before_head(rows, row))
    start = row
    if reason is Reason.HEADLINE:
        headline: tuple[int, int] | None = (row, headline_end(rows, row))
    elif reason is Reason.LABEL:
        headline = labelled_headline(rows, row)
    elif reason is Reason.DATELINE and JOINED.match(rows.texts[row]):
        headline = (row, row + 1)
    else:
        headline = headline_above(rows, row, sure=reason is not Reason.BYLINE)
        if headline is not None:
            start = headline[0]
        elif reason is not Reason.DATELINE:
            return None
    reasons = {reason: row}
    if headline is not None:
        reasons[Reason.HEADLINE] = headline[0]
    body = headline[1] if reason is Reason.HEADLINE and headline else row
    return Head(start, body, headline, reasons | before_head(rows, start))


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


def headline_end(rows: Rows, start: int) -> int:
    """The end of the lines of a headline, the first of which is known to be one."""
    end = start + 1
    while end - start < MOST_HEADLINES and end < len(rows.texts) and rows.is_headline(end):
        end += 1
    return end


def headline_above(rows: Rows, row: int, *, sure: bool) -> tuple[int, int] | None:
    """The rows of the headline of an article to whose head a row belongs."""
    end = row
    while end > 0 and row - end < MOST_HEAD_LINES and is_about(rows, end - 1):
        end -= 1
    start = end
    while start > 0 and end - start < MOST_HEADLINES:
        if not rows.is_headline(start - 1, sure=sure and start == end):
            break
        # The first half of a torn sentence stands above a headline, too.
        if start < end and COMMA.search(rows.texts[start - 1]):
            break
        start -= 1
    return (start, end) if start < end else None


def labelled_headline(rows: Rows, row: int) -> tuple[int, int]:
    """The rows of the headline of which a label tells: its own, or those behind it."""
    start, last = row, min(row + MOST_HEAD_LINES, len(rows.texts) - 1)
    while start < last and rows.texts[start].endswith(LABEL_ENDS):
        start += 1
    return start, start + 1 if start == row else headline_end(rows, start)


def statute_head(rows: Rows, row: int) -> Head | None:
    """The head of a statute: behind the last clause of another one, or where its headline stands."""
    for start in range(row - 1, max(0, row - MOST_HEAD_LINES), -1):
        if LAST_CLAUSE.search(rows.texts[start - 1][-LONGEST_HEAD:]):
            end = start
            while end < row and rows.is_headline(end, sure=True):
                end += 1
            if start < end:
                reasons = {Reason.HEADLINE: start, Reason.FIRST_CLAUSE: row, Reason.END: start - 1}
                return Head(start, row, (start, end), reasons)
            break
    headline = headline_above(rows, row, sure=False)
    if headline is None or (headline[0] and ANNEX.match(rows.texts[headline[0] - 1])):
        return None
    reasons = {Reason.HEADLINE: headline[0], Reason.FIRST_CLAUSE: row}
    return Head(headline[0], row, headline, reasons | before_head(rows, headline[0]))


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
        elif sign is Sign.END or (sign is Sign.SOURCE and row and rows.roles[row - 1] is Role.BODY):
            found.setdefault(Reason.END, row)
        elif rows.roles[row] in (Role.BODY, Role.BYLINE) or sign is not None:
            if ends_article(text) or IN_FORCE.search(text[-LONGEST_HEAD:]):
                found.setdefault(Reason.END, row)
            break
    return found
