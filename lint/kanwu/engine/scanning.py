"""The scan: one look through the texts for the triggers of all rules.

Two backends with equal results. This module has the one for small inputs, on the standard library
alone; `kanwu.engine.batch_scanning` has the one for corpora, on numpy.
"""

from __future__ import annotations

from heapq import merge
from typing import TYPE_CHECKING, Protocol

from kanwu.engine.triggers import (
    Characters,
    CharacterClass,
    LinesOf,
    Literals,
    Repeats,
    Runs,
    Span,
    TextTrigger,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kanwu.documents.document import Document
    from kanwu.engine.rule import AnyRule

Places = list[tuple["AnyRule", "Sequence[Span]"]]
"""The rules to be called on a document, each with the places where its triggers fired."""


class Scanner(Protocol):
    """A backend of the scan."""

    def scan(self, documents: Sequence[Document]) -> Iterator[tuple[Document, Places]]:
        """Each document, in order, with the places of every rule that has any."""


class TriggerTable:
    """The triggers of some rules, each kind once, and which rules asked for which."""

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        self.rules = tuple(rules)
        self.triggers: list[TextTrigger] = []
        self.wanted: list[tuple[int, ...]] = []
        """For each rule the indices of its triggers in `triggers`."""
        self.lines: list[tuple[LinesOf, ...]] = []
        """For each rule what it wants by the role of lines."""
        known: dict[tuple[object, ...], int] = {}
        for rule in self.rules:
            wanted = []
            for trigger in rule.where:
                if isinstance(trigger, LinesOf):
                    continue
                if trigger.key not in known:
                    known[trigger.key] = len(self.triggers)
                    self.triggers.append(trigger)
                wanted.append(known[trigger.key])
            self.wanted.append(tuple(wanted))
            self.lines.append(tuple(t for t in rule.where if isinstance(t, LinesOf)))

    def places(self, document: Document, found: Sequence[Sequence[Span]]) -> Places:
        """The places of each rule, from what each trigger found in the document."""
        places: Places = []
        for rule, wanted, lines in zip(self.rules, self.wanted, self.lines, strict=True):
            parts: list[Sequence[Span]] = [found[index] for index in wanted if found[index]]
            parts += [spans for trigger in lines if (spans := list(trigger.of(document)))]
            if not parts:
                continue
            spans: Sequence[Span] = parts[0] if len(parts) == 1 else list(merge(*parts))
            if document.markup != "plain" and rule.zone == "prose":
                from kanwu.analysis.zones import Zones  # noqa: PLC0415 - Markdown only

                spans = document.get(Zones).in_prose(spans)
            if spans:
                places.append((rule, spans))
        return places


def classes_of(trigger: TextTrigger) -> CharacterClass | None:
    """The characters of which at least one must stand in a text for the trigger to fire."""
    if isinstance(trigger, Characters | Runs | Repeats):
        return trigger.characters
    return None


class DocumentScanner:
    """The backend for small inputs: document by document, with `re`.

    A trigger is looked for only in a text that holds one of its characters (a literal: a
    first one), which the set of a text's characters tells at once.
    """

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        self.table = TriggerTable(rules)
        self._bits: dict[str, int] = {}
        self._always = sum(
            1 << index
            for index, trigger in enumerate(self.table.triggers)
            if classes_of(trigger) is None and not isinstance(trigger, Literals)
        )

    def scan(self, documents: Sequence[Document]) -> Iterator[tuple[Document, Places]]:
        for document in documents:
            yield document, self.table.places(document, self._find(document.text))

    def _find(self, text: str) -> list[list[Span]]:
        present = set(text)
        bits, fired = self._bits, self._always
        for character in present:
            if character not in bits:
                bits[character] = self._bits_of(character)
            fired |= bits[character]
        return [
            list(trigger.find(text)) if fired >> index & 1 else []
            for index, trigger in enumerate(self.table.triggers)
        ]

    def _bits_of(self, character: str) -> int:
        bits = 0
        for index, trigger in enumerate(self.table.triggers):
            characters = classes_of(trigger)
            if (characters is not None and character in characters) or (
                isinstance(trigger, Literals) and character in trigger.beginnings
            ):
                bits |= 1 << index
        return bits
