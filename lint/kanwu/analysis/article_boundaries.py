"""Boundaries: which heads of a document do begin another article."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.article_heads import LEAST_BODY, Head, Reason, heads_of
from kanwu.analysis.article_rows import FAR_ROWS
from kanwu.analysis.article_signs import Sign
from kanwu.analysis.languages import Language, chinese_or_english
from kanwu.analysis.role import Role
from kanwu.analysis.subjects import names_new_subject, numbers_apart, shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu.analysis.article_rows import Rows

WEIGHTS = {
    Reason.DATELINE: 3.0,
    Reason.LABEL: 3.0,
    Reason.SOURCE: 2.5,
    Reason.FIRST_CLAUSE: 2.5,
    Reason.BYLINE: 2.0,
    Reason.END: 2.0,
    Reason.SEPARATOR: 2.0,
    Reason.DOUBLE_RULE: 2.5,
    Reason.PAGE_BREAK: 1.5,
    Reason.HEADLINE: 1.0,
    Reason.NEW_SUBJECT: 1.5,
    Reason.ALIKE: 0.5,
    Reason.ENDS_TOO: 1.0,
}
ENDS = (Reason.END, Reason.SEPARATOR, Reason.DOUBLE_RULE, Reason.PAGE_BREAK)
ENOUGH = 4.0
FEW_SHARED = 0.1
"""Pairs of characters: two articles of one genre share fewer in nine cases of ten."""
SOME_SHARED = 0.15
MANY_SHARED = 0.22
"""Half of the articles that were cut in two for a test share as many, of two articles hardly any."""
LEAST_BODY_OF_NEWS = 40
LEAST_BODY_OF_OTHERS = 80
LATIN = (Language.EN, Language.OTHER)


class Boundary(NamedTuple):
    """The head of a further article, with the weight of what speaks for it."""

    head: Head
    reasons: Mapping[Reason, int]
    weight: float


def boundaries_of(rows: Rows) -> tuple[Head | None, list[Boundary]]:
    """The head of the first article, if it has one, and the boundaries behind it."""
    heads = heads_of(rows)
    first = None
    if heads and rows.body_size(0, heads[0].start) < LEAST_BODY:
        first = heads.pop(0)
    found: list[Boundary] = []
    start = first.body if first else 0
    names = {headline_of(rows, first)} if first else set()
    for number, head in enumerate(heads):
        # A page may repeat its headline, on every sheet or below a summary.
        name = headline_of(rows, head)
        if name and name in names:
            continue
        end = heads[number + 1].start if number + 1 < len(heads) else len(rows.texts)
        boundary = displaced(rows, start, head) or weighed(rows, first, start, head, end)
        if boundary is not None:
            found.append(boundary)
            start = boundary.head.start
            names.add(name)
    return first, found


def headline_of(rows: Rows, head: Head) -> str:
    """The headline of a head, its lines with spaces between; empty where it has none."""
    return " ".join(rows.texts[slice(*head.headline)]) if head.headline else ""


def weighed(rows: Rows, first: Head | None, start: int, head: Head, end: int) -> Boundary | None:
    """The boundary at a head, where enough speaks for it.

    `start` is where the article before it begins, `end` where the next head stands.
    """
    reasons = dict(head.reasons)
    sure = (
        Reason.DATELINE in reasons
        or Reason.LABEL in reasons
        or (Reason.FIRST_CLAUSE in reasons and Reason.END in reasons)
    )
    # How the first article of a document begins says how others would.
    if first is not None and any(
        r in first.reasons for r in reasons if r in (Reason.SOURCE, Reason.BYLINE)
    ):
        reasons[Reason.ALIKE] = first.start
    elif not sure and reasons.keys().isdisjoint(ENDS):
        return None
    if Reason.END in reasons:
        last = next((r for r in range(head.body, end) if rows.signs[r] is Sign.END), None)
        if last is not None:
            reasons[Reason.ENDS_TOO] = last
    weight = sum(WEIGHTS[reason] for reason in reasons)
    if weight + WEIGHTS[Reason.NEW_SUBJECT] < ENOUGH:
        return None
    least = LEAST_BODY_OF_NEWS if sure else LEAST_BODY_OF_OTHERS
    before, after = rows.text_before(start, head.start), rows.text_behind(head.start, end)
    if min(len(before), len(after)) < least:
        return None
    if (chinese_or_english(before) in LATIN) != (chinese_or_english(after) in LATIN):
        # The same in another language is a translation, unless no figure is the same.
        return (
            Boundary(head, reasons, weight)
            if numbers_apart(before, after) and weight >= ENOUGH
            else None
        )
    share = shared(before, after)
    if share > MANY_SHARED and not (sure and Reason.HEADLINE in reasons):
        return None
    name = headline_of(rows, head)
    if share < FEW_SHARED or (share < SOME_SHARED and names_new_subject(name, before, after)):
        reasons[Reason.NEW_SUBJECT] = head.start
        weight += WEIGHTS[Reason.NEW_SUBJECT]
    return Boundary(head, reasons, weight) if weight >= ENOUGH else None


def displaced(rows: Rows, start: int, head: Head) -> Boundary | None:
    """The boundary that belongs to a headline which stands inside a sentence.

    Columns of a page that were read in the wrong order leave a headline and its byline in the middle
    of their article. It begins where the words of the headline come first, if furniture stands there.
    """
    if head.headline is None or Reason.BYLINE not in head.reasons:
        return None
    end = head.reasons[Reason.BYLINE] + 1
    if not rows.cuts_sentence(head.start, end):
        return None
    title = "".join(rows.texts[slice(*head.headline)])
    around = rows.texts[head.start - 1] + rows.texts[end]
    triples = {title[at : at + 3] for at in range(len(title) - 2)}
    words = {word for word in triples if word.isalnum() and word in around}
    paragraphs = rows.paragraphs(max(start, head.start - FAR_ROWS), head.start)
    where = [row for row in paragraphs if any(word in rows.texts[row] for word in words)]
    if (
        not where
        or where[0] == paragraphs[0]
        or rows.roles[where[0] - 1] not in (Role.CAPTION, Role.CREDIT, Role.BYLINE, Role.META)
    ):
        return None
    reasons = {Reason.DISPLACED: head.headline[0], Reason.BYLINE: end - 1}
    return Boundary(Head(where[0], end, head.headline, reasons), reasons, ENOUGH)
