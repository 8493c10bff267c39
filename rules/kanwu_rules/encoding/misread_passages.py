"""The passages of a document that were read in a wrong encoding, as far as they can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from kanwu import Span
from kanwu.analysis.lines import Lines
from kanwu.analysis.patterns import Pattern
from kanwu_rules.encoding.misreadings import (
    CERTAIN,
    COMMONEST,
    IN_LATIN,
    LATIN_SIGN,
    MISREADINGS,
    REPLACEMENT,
    SEQUENCES,
    Misreading,
    cost,
)
from kanwu_rules.encoding.rereadings import FAMILIAR, STRICT, Rereading, rereadings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document

NEAR = 5
"""So many characters around a telltale say whether it stands among likely ones."""
UNLIKELY = 8.6
"""What characters outside ASCII cost in the mean where a closer look is worth while."""
USUAL = 7.5
"""What costs more than this adds to a suspicion, by so much as it does; what costs less takes away."""
RARE = 13
FEWEST_RARE = 3
APART = 24
"""Telltales that are so far from one another are looked at apart."""
REACH = 24
"""So far around them one looks first."""
LONGEST = 4000
"""Of longer lines only so much around a telltale is looked at."""
CORE = 24
"""So many of the unlikely characters tell which readings are worth trying."""
PIECE = 200
"""Of a long run of telltales so much is looked at together."""
PATIENCE = 50
"""After so many looks at unlikely characters that were sound, nothing is looked for any more."""
SURE = 40
"""What a reading in which nearly any bytes are characters has to gain to be beyond doubt."""
LEGIBLE = 4
BYTE_ORDER_MARK = "\ufeff"
HEAVY = 10.5
FEWEST_LOST = 2
MOST_LEFT = 4
"""Where nothing more can be told than that a passage is misread, its characters cost so much in the mean,
at least so many were lost, and no more are left for each of these."""

# Bytes of Chinese that were read as UTF-8, each pair become U+FFFD, and that read as GBK; what new
# memory is filled with, read as GBK. Food is hot in speech too, before an exclamation mark.
REMAINS = Pattern(
    r"""
    (?P<replaced> (?: 锟斤拷 | 锟[^\x00-\x7f]{1,3}拷 ) [^\n]{0,400} (?<=[拷锟]) | 锟斤拷 )
    | (?P<memory> 屯{3,} | 烫{4,} (?! [！!，,。…~～、烫] ) )
    """
)
LATIN_RUN = Pattern(rf"(?:[\xc0-\xff]|{LATIN_SIGN}){{3,}}|{CERTAIN.source}")
TORN = Pattern(r"[㐀-鿿]\?(?=[㐀-鿿])")
"""A question mark for a lost byte stands where none could stand for itself."""
NEIGHBOURHOOD = 12
SPEAKS_OF_IT = Pattern(
    r"(?i:[乱亂]码|亂碼|[编解转]码|[編解轉]碼|字[符元]集|UTF-?8|GBK|GB\ ?2312|GB\ ?18030|Big\ ?5|Unicode|mojibake)"
)

Kind = Literal["reading", "replaced", "memory", "heavy"]


class Passage(NamedTuple):
    """A passage that was misread."""

    span: Span
    kind: Kind
    """`reading` where it can be read again; else what is known of it."""
    reading: Rereading | None = None
    exact: bool = False
    """Whether nothing is lost in or beside it, and no other reading is nearly as likely."""


def passages(document: Document, places: Sequence[Span]) -> Iterator[Passage]:
    """The misread passages around some telltales, in order."""
    text = document.text
    done = failures = 0
    likely: tuple[Misreading, ...] = MISREADINGS
    for near, line, suspected in suspicions(document, places):
        if near.end <= done:
            continue
        part = text[slice(*near)]
        found = rereadings(part, suspected)
        if not (found or REMAINS.search(part) or is_heavy(part)):
            failures += 1
            if failures > PATIENCE:
                return
            continue
        if found:
            likely = tuple(m for m in MISREADINGS if m.resembles(found[0].path[0]))
        start = max(done, line.start, near.start - LONGEST)
        done = min(line.end, near.end + LONGEST)
        yield from in_line(text, Span(start, done), likely)


def _read(part: str, likely: Sequence[Misreading]) -> list[Rereading]:
    """The readings of a part, those that were right before tried first."""
    found = rereadings(part, likely)
    return found if found or likely == MISREADINGS else rereadings(part)


def suspicions(
    document: Document, places: Sequence[Span]
) -> Iterator[tuple[Span, Span, tuple[Misreading, ...]]]:
    """Where unlikely characters stand together, the line of each place, and what may have made them."""
    text = document.text
    at = 0
    while at < len(places):
        first = last = places[at]
        at += 1
        while at < len(places) and places[at].start - last.end <= APART:
            last = places[at]
            at += 1
        end = min(last.end, first.start + PIECE) + NEAR
        suspected = suspects(text[max(0, first.start - NEAR) : end])
        if not suspected:
            continue
        lines = document.get(Lines)
        for index in range(lines.index(first.start), lines.index(last.start) + 1):
            line = Span(lines.starts[index], lines.ends[index])
            start, end = max(line.start, first.start - REACH), min(line.end, last.end + REACH)
            for piece in range(start, end, PIECE):
                yield Span(piece, min(end, piece + PIECE)), line, suspected


def suspects(part: str) -> tuple[Misreading, ...]:
    """The misreadings that may have made some characters, which hardly stand together in sound text."""
    costs = [cost(c) for c in part if c >= "\x80"]
    # A character that is lost, or that no script has, weighs double.
    rare = sum((each >= RARE) + (each > RARE) for each in costs)
    if rare >= FEWEST_RARE and sum(costs) >= UNLIKELY * len(costs):
        gain = most = 0.0
        for each in costs:
            gain = max(0.0, gain + each - USUAL)
            most = max(most, gain)
        if most >= STRICT.gain:
            if REPLACEMENT in part:
                return MISREADINGS
            unlikely = [at for at, c in enumerate(part) if c >= "\x80" and cost(c) >= RARE]
            core = part[unlikely[0] : min(unlikely[-1] + 1, unlikely[0] + CORE)]
            plausible = tuple(
                m for m in MISREADINGS if m.may_have_made(part) and m.is_plausible(core)
            )
            if plausible:
                return plausible
    if LATIN_RUN.search(part):
        return IN_LATIN
    is_likely = bool(rare) and has_utf8("".join(COMMONEST[0].bytes_of(part)))
    return COMMONEST if is_likely or REMAINS.search(part) else ()


def has_utf8(data: str) -> bool:
    """Whether some bytes hold familiar characters of UTF-8, one after the other."""
    return any(
        sum(cost(c) <= FAMILIAR for c in match[0].encode("latin-1").decode("utf-8", "ignore"))
        >= STRICT.familiar
        for match in SEQUENCES.finditer(data)
    )


def is_heavy(part: str) -> bool:
    """Whether a part is misread, and so many of its bytes lost that it cannot be read again."""
    lost = part.count(REPLACEMENT)
    rest = [cost(c) for c in part if c >= "\x80" and c != REPLACEMENT]
    return (
        lost >= FEWEST_LOST
        and any(each >= RARE for each in rest)
        and sum(rest) >= HEAVY * len(rest)
        and len(rest) <= MOST_LEFT * lost
    )


def in_line(text: str, line: Span, likely: Sequence[Misreading]) -> Iterator[Passage]:
    """The misread passages of a line."""
    part = text[slice(*line)]
    found: list[Passage] = [
        Passage(
            Span(line.start + m.start(), line.start + m.end()),
            "replaced" if m["replaced"] else "memory",
        )
        for m in REMAINS.finditer(part)
    ]
    if not found:
        readings = _read(part, likely)
        exact = all(is_exact(part, r) for r in readings)
        found = [
            Passage(Span(line.start + r.start, line.start + r.end), "reading", r, exact)
            for r in readings
        ]
    if not found and is_heavy(part):
        found = [Passage(line, "heavy")]
    if found and not is_about_it(part, line.start, found):
        yield from found


def is_exact(part: str, reading: Rereading) -> bool:
    """Whether a reading leaves no doubt and nothing beside it that may belong to it."""
    before, after = part[: reading.start], part[reading.end :]
    beside = before[-1:] + after[:2]
    return (
        reading.sure
        and not TORN.search(before[-NEIGHBOURHOOD:])
        and not TORN.search(after[:NEIGHBOURHOOD])
        and not reading.lost
        and (reading.path[0].strict or reading.gain >= SURE)
        and REPLACEMENT not in part
        and not any(each.written.startswith("UTF-16") for each in reading.path)
        and not any(c == "?" or (c >= "\x80" and cost(c) >= RARE) for c in beside)
    )


def is_about_it(part: str, start: int, found: Sequence[Passage]) -> bool:
    """Whether a line speaks of wrong encodings, and shows what they make of text."""
    rest = part
    for passage in reversed(found):
        rest = rest[: passage.span.start - start] + rest[passage.span.end - start :]
    legible = sum(c >= "\x80" and cost(c) < RARE for c in rest)
    return legible >= LEGIBLE and SPEAKS_OF_IT.search(rest) is not None
