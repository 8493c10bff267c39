"""Suppressions: findings that a document or a configuration silences, and what is said of that."""

from __future__ import annotations

import os
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu.engine.finding import Fix, Listed, Safety, edit, place
from kanwu.engine.housekeeping import (
    UnexplainedSuppression,
    UnknownSuppression,
    UnusedSuppression,
)
from kanwu.engine.line_removal import remove_lines
from kanwu.engine.linting import Linter, in_order
from kanwu.engine.rule import CorpusRule
from kanwu.policy.baseline import lines_of
from kanwu.policy.directives import COMMANDS, DISABLE, ENABLE, SIGN, WORD, Directives
from kanwu.policy.patterns import matches
from kanwu.policy.silencers import Remainder, Silencer, Silencers, is_among, is_internal
from kanwu.policy.vocabulary import ALL, INTERNAL, Unacceptable, Vocabulary, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kanwu.documents.document import Document
    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.finding import Finding, Message, Place
    from kanwu.engine.rule import AnyRule
    from kanwu.policy.directives import Directive, Word
    from kanwu.policy.settings import Suppression


class Sifted(NamedTuple):
    """Findings of a document after its suppressions."""

    findings: list[Finding]
    suppressed: int
    """How many were silenced."""


class Suppressor:
    """What silences findings under some settings."""

    def __init__(
        self,
        configured: Sequence[Suppression],
        catalogue: Catalogue,
        rules: Collection[AnyRule],
        root: str,
    ) -> None:
        """Take the configured suppressions, the rules that run, and the folder that paths refer to."""
        self._vocabulary = Vocabulary(catalogue)
        self._configured = [
            (one, frozenset(map(self._vocabulary.canonical, one.rules))) for one in configured
        ]
        self.reads_lines = any(one.contains for one in configured)
        """Whether it matters what stands in the lines of a finding."""
        self._rules = tuple(rules)
        self._running = {rule.code for rule in rules}
        # What these find is known only when all documents are.
        self._later = {rule.code for rule in rules if isinstance(rule, CorpusRule)}
        self._failed: set[str] = set()
        """The codes of rules that failed on a document, or were given up."""
        self._root = root
        self._latest: tuple[Document | None, Silencers] = (None, Silencers())

    def sift(self, document: Document, findings: list[Finding]) -> Sifted:
        """Drop what the document or the configuration silences, and say which comments are of no use."""
        self._failed.update(f.evidence.get("rule", "") for f in findings if is_internal(f))
        commented = document.markup != "plain" and SIGN in document.source.text
        if not (commented or (self._configured and findings)):
            return Sifted(findings, 0)
        silencers, said = self._read(document)
        used: set[Silencer] = set()
        kept: list[Finding] = []
        for finding in findings:
            by = silencers.of(finding)
            used.update(by)
            if not by and not self._is_configured(finding, document):
                kept.append(finding)
        if UnusedSuppression.code in self._running:
            said += self._unused(document, silencers.all, used)
        told = [one for one in in_order(said) if not self._is_configured(one, document)]
        silenced = len(findings) - len(kept) + len(said) - len(told)
        return Sifted(sorted([*kept, *told], key=attrgetter("order")), silenced)

    def silences(self, finding: Finding, document: Document | None) -> bool:
        """Whether a finding that was made without its document is silenced; the document may be given."""
        if document is not None:
            if self._latest[0] is not document:
                self._latest = (document, self._read(document)[0])
            if self._latest[1].of(finding):
                return True
        return self._is_configured(finding, document)

    def _read(self, document: Document) -> tuple[Silencers, list[Finding]]:
        """What the directives silence, in order, and what is wrong with the others."""
        silencers: list[Silencer] = []
        said: list[Finding] = []
        for directive in document.get(Directives).all:
            at = place(document.source, *directive.span)
            if not directive.command:
                said += self._say(UnknownSuppression, at, "form")
            elif directive.command not in COMMANDS:
                said += self._say(UnknownSuppression, at, "command", word=directive.command)
            elif directive.words:
                for word in directive.words:
                    meaning = self._meaning(word.text)
                    where = place(document.source, *word.span)
                    if meaning is None:
                        hint = self._hint(word.text)
                        said += self._say(
                            UnknownSuppression, where, "rule", word=word.text, hint=hint
                        )
                    elif meaning.startswith(INTERNAL):
                        said += self._say(UnknownSuppression, where, "internal", word=word.text)
                    else:
                        silencers.append(Silencer(directive, meaning))
            elif named := self._unbracketed(directive.reason):
                said += self._say(UnknownSuppression, at, "brackets", word=named)
            elif directive.reason or directive.command == ENABLE:
                silencers.append(Silencer(directive, ALL))
            else:
                said += self._say(UnexplainedSuppression, at, "bare")
        return Silencers(silencers), said

    def _meaning(self, word: str) -> str | None:
        try:
            return self._vocabulary.canonical(word)
        except Unacceptable:
            return None

    def _hint(self, word: str) -> Message | str:
        near = nearest(word, self._vocabulary.words())
        return UnknownSuppression().say("hint", word=near) if near else ""

    def _unbracketed(self, reason: str) -> str:
        """The word that begins a reason, where it names a rule and so belongs into brackets."""
        first = WORD.match(reason)
        word = first[0] if first else ""
        # “all” and the names of some rules are words of English.
        named = word.isupper() or "-" in word or word == reason
        return word if named and self._meaning(word) not in {None, ALL} else ""

    def _say(
        self, rule: type[AnyRule], at: Place, message: str, **said: object
    ) -> Iterator[Finding]:
        if rule.code in self._running:
            speaker = rule()
            yield speaker.finding(at, speaker.say(message, **said))

    def _is_configured(self, finding: Finding, document: Document | None) -> bool:
        return any(
            (not meanings or any(is_among(finding.code, meaning) for meaning in meanings))
            and (not one.fingerprints or finding.fingerprint in one.fingerprints)
            and (not one.paths or self._is_in(finding.place.path, one.paths))
            and (not one.contains or said_in(finding, document, one.contains))
            and not is_internal(finding)
            for one, meanings in self._configured
        )

    def _is_in(self, path: str, patterns: Iterable[str]) -> bool:
        relative = os.path.relpath(path, self._root).replace(os.sep, "/")
        return any(matches(pattern, relative) for pattern in patterns)

    def _unused(
        self, document: Document, silencers: Sequence[Silencer], used: set[Silencer]
    ) -> Iterator[Finding]:
        """The findings on directives that silence nothing, or not all that they name."""
        speaker = UnusedSuppression()
        idle = self._idle(document, silencers, used)
        # In HTML no text is another one without its comments.
        if idle and document.origin is None:
            idle = self._idle(document, silencers, used | self._hiding(document, silencers, idle))
        for directive, meanings in idle.items():
            words = [w for w in directive.words if self._meaning(w.text) in meanings]
            whole = len(words) == len(directive.words)
            message = "enable" if directive.command == ENABLE else "comment" if whole else "words"
            yield speaker.finding(
                place(document.source, *directive.span),
                speaker.say(
                    message, **({} if whole else {"words": Listed(tuple(w.text for w in words))})
                ),
                fix=removal(document.source, directive, None if whole else words),
            )

    def _idle(
        self, document: Document, silencers: Sequence[Silencer], used: Collection[Silencer]
    ) -> dict[Directive, list[str]]:
        """The directives that silence nothing, each with what of its meanings is of no use."""
        idle: dict[Directive, list[str]] = {}
        # One that silences everything and says not why has no effect, but its `enable` belongs to it.
        disabled = {ALL} if any(is_bare(d) for d in document.get(Directives).all) else set[str]()
        for silencer in silencers:
            directive, meaning = silencer
            if directive.command == ENABLE:
                if not any(is_among(one, meaning) or is_among(meaning, one) for one in disabled):
                    idle.setdefault(directive, []).append(meaning)
                disabled = {one for one in disabled if not is_among(one, meaning)}
                continue
            if directive.command == DISABLE:
                disabled.add(meaning)
            if silencer not in used and self._can_judge(meaning):
                idle.setdefault(directive, []).append(meaning)
        return idle

    def _hiding(
        self,
        document: Document,
        silencers: Sequence[Silencer],
        idle: Mapping[Directive, Collection[str]],
    ) -> set[Silencer]:
        """What would silence something if no comment hid it.

        To some rules a line that ends in a comment, or a text that does, is another one.
        """
        rest = Remainder(
            document.text,
            [
                (one.start.offset, one.end.offset)
                for directive in idle
                for one in removal(document, directive, None).edits
            ],
        )
        meanings = {meaning for several in idle.values() for meaning in several}
        rules = [r for r in self._rules if any(is_among(r.code, meaning) for meaning in meanings)]
        (checked,) = Linter(rules).check([document.with_text(rest.text)])
        moved = {
            one._replace(
                directive=one.directive._replace(scope=rest.span(one.directive.scope))
            ): one
            for one in silencers
        }
        there = Silencers(tuple(moved))
        return {moved[one] for finding in checked.findings for one in there.of(finding)}

    def _can_judge(self, meaning: str) -> bool:
        """Whether a word that silenced nothing was of no use: all that it means ran on this document."""
        meant = {
            code
            for code, rule in self._vocabulary.catalogue.by_code.items()
            if is_among(code, meaning) and (rule.default or code == meaning)
        }
        return meant <= self._running - self._later - self._failed


def removal(document: Document, directive: Directive, words: Collection[Word] | None) -> Fix:
    """The fix that takes out a comment, or some of its words."""
    title = UnusedSuppression().say("fix")
    start, end = directive.span
    if words is not None:
        kept = ", ".join(word.text for word in directive.words if word not in words)
        listed = directive.words[0].span.start, directive.words[-1].span.end
        return Fix(Safety.SAFE, title, (edit(document, *listed, kept),))
    lines = document.get(Lines)
    first, last = lines.index(start), lines.index(end - 1)
    if document.text[lines.starts[first] : lines.ends[last]].strip() == document.text[start:end]:
        return Fix(Safety.SAFE, title, (remove_lines(document, first, last),))
    return Fix(Safety.SAFE, title, (edit(document, start, end, ""),))


def is_bare(directive: Directive) -> bool:
    """Whether a directive would silence every rule from here on, and does not say why."""
    return directive.command == DISABLE and not (directive.words or directive.reason)


def said_in(finding: Finding, document: Document | None, strings: Iterable[str]) -> bool:
    """Whether one of some strings stands in the lines of a finding, as far as these are at hand."""
    text = "".join(finding.place.excerpt) if document is None else lines_of(finding.place, document)
    return any(string in text for string in strings)
