"""What the rules of this family share: Chinese neighbours, names of characters, and when slips are a habit."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from kanwu import Fix, Listed, Related, Span, edit, place
from kanwu.engine.triggers import CharacterClass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu import Document, Edit, Finding, Rule, Safety
    from kanwu.engine.finding import Message

T = TypeVar("T")

HABIT = 5
"""More places than this in one document are told in one finding."""
LISTED = 20
"""So many other places a finding names."""
MANY = 1000
CLOSE = 16
"""Of more changes than `MANY`, those that stand no farther apart are made by one edit."""

# Han, kana, Bopomofo, CJK punctuation and full-width forms.
CHINESE = CharacterClass(
    ranges=(
        "\u2e80\u312f",
        "\u31a0\u9fff",
        "\uf900\ufaff",
        "\ufe30\ufe4f",
        "\uff01\uff65",
        "\uffe0\uffe6",
        "\U00020000\U0003ffff",
    )
)


def is_chinese(character: str) -> bool:
    """Whether a character, or the nothing beyond the text, is Chinese."""
    return bool(character) and character in CHINESE


def apart_or_together(places: Sequence[T]) -> Iterable[Sequence[T]]:
    """Each place alone, or all of them where there are so many that they are one habit."""
    return (places,) if len(places) > HABIT else ((one,) for one in places)


def others(document: Document, spans: Sequence[Span], message: Message) -> list[Related]:
    """The places after the first, as many as a finding lists."""
    return [
        Related(place(document, start, end), message) for start, end in islice(spans, 1, 1 + LISTED)
    ]


def edits(document: Document, changes: Iterable[tuple[Span, str]]) -> tuple[Edit, ...]:
    """The edits that make some changes, which come in order and do not touch one another.

    Damage can be as dense as the text itself. Then neighbouring changes become one edit, together with
    the little text that stays between them, so that a fix does not weigh a hundred times its document.
    """
    listed = list(changes)
    if len(listed) > MANY:
        listed = list(merged(document.text, listed))
    return tuple(edit(document, start, end, text) for (start, end), text in listed)


def merged(text: str, changes: Iterable[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """The same changes, those that are close to one another made one."""
    start = at = -1
    parts: list[str] = []
    for span, new in changes:
        if parts and span[0] - at <= CLOSE:
            parts += (text[at : span[0]], new)
        else:
            if parts:
                yield Span(start, at), "".join(parts)
            start, parts = span[0], [new]
        at = span[1]
    if parts:
        yield Span(start, at), "".join(parts)


def removed(
    rule: Rule, document: Document, spans: Sequence[Span], said: Message, safety: Safety
) -> Finding:
    """One finding on characters that say nothing where they stand, with the fix that takes them out.

    The rule has the messages `again` and `remove`.
    """
    return rule.finding(
        place(document, *spans[0]),
        said,
        related=others(document, spans, rule.say("again")),
        evidence={"count": len(spans), "characters": str(names(document.text, spans))},
        fix=Fix(safety, rule.say("remove"), edits(document, ((span, "") for span in spans))),
    )


def names(text: str, spans: Iterable[Span]) -> Listed:
    """The characters in some spans: `zero width space U+200B, word joiner U+2060`."""
    from unicodedata import name

    characters: set[str] = set()
    for start, end in spans:
        characters.update(text[start:end])
    return Listed(
        tuple(f"{name(c, 'unassigned').lower()} U+{ord(c):04X}" for c in sorted(characters))
    )
