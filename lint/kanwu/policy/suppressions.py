"""Suppressions: findings that a document or a configuration silences, and what is said of that."""

from __future__ import annotations

import os
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu.engine.finding import Fix, Safety, edit, place
from kanwu.engine.housekeeping import (
    UnexplainedSuppression,
    UnknownSuppression,
    UnusedSuppression,
)
from kanwu.engine.line_removal import remove_lines
from kanwu.engine.linting import in_order
from kanwu.engine.rule import CorpusRule
from kanwu.policy.directives import COMMANDS, ENABLE, SIGN, Directives, ended_by
from kanwu.policy.patterns import matches
from kanwu.policy.vocabulary import ALL, INTERNAL, Unacceptable, Vocabulary, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kanwu.documents.document import Document, Span
    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.finding import Finding, Place
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
        self._running = {rule.code for rule in rules}
        # What these find is known only when all documents are.
        self._later = {rule.code for rule in rules if isinstance(rule, CorpusRule)}
        self._root = root

    def sift(self, document: Document, findings: list[Finding]) -> Sifted:
        """Drop what the document or the configuration silences, and say which comments are of no use."""
        commented = document.markup != "plain" and SIGN in document.text
        if not (commented or (self._configured and findings)):
            return Sifted(findings, 0)
        effective, said = self._read(document)
        used: set[tuple[Directive, str]] = set()
        kept: list[Finding] = []
        for finding in findings:
            by = [(d, word) for d, word in effective if covers(d, word, finding)]
            used.update(by)
            if not by and not self._is_configured(finding, document):
                kept.append(finding)
        if UnusedSuppression.code in self._running:
            said += self._unused(document, [pair for pair in effective if pair not in used])
        silenced = len(findings) - len(kept)
        return Sifted(sorted([*kept, *in_order(said)], key=attrgetter("order")), silenced)

    def silences(self, finding: Finding, document: Document | None) -> bool:
        """Whether a finding that was made without its document is silenced; the document may be given."""
        if document is not None:
            effective, _ = self._read(document)
            if any(covers(directive, word, finding) for directive, word in effective):
                return True
        return self._is_configured(finding, document)

    def _read(self, document: Document) -> tuple[list[tuple[Directive, str]], list[Finding]]:
        """The directives with each rule that they concern, and what is wrong with the others."""
        effective: list[tuple[Directive, str]] = []
        said: list[Finding] = []
        for directive in document.get(Directives).all:
            at = place(document, *directive.span)
            if directive.command not in COMMANDS:
                said += self._say(UnknownSuppression, at, "command", word=directive.command)
            elif directive.words:
                for word in directive.words:
                    meaning = self._meaning(word)
                    where = place(document, *word.span)
                    if meaning is None:
                        hint = did_you_mean(word.text, self._vocabulary.words())
                        said += self._say(
                            UnknownSuppression,
                            where,
                            "rule",
                            word=word.text,
                            hint=hint and f"; {hint}",
                        )
                    elif meaning.startswith(INTERNAL):
                        said += self._say(UnknownSuppression, where, "internal", word=word.text)
                    else:
                        effective.append((directive, meaning))
            elif directive.reason or directive.command == ENABLE:
                effective.append((directive, ALL))
            else:
                said += self._say(UnexplainedSuppression, at, "bare")
        return effective, said

    def _meaning(self, word: Word) -> str | None:
        try:
            return self._vocabulary.canonical(word.text)
        except Unacceptable:
            return None

    def _say(self, rule: type[AnyRule], at: Place, message: str, **said: str) -> Iterator[Finding]:
        if rule.code in self._running:
            speaker = rule()
            yield speaker.finding(at, speaker.say(message, **said))

    def _is_configured(self, finding: Finding, document: Document | None) -> bool:
        return any(
            (not meanings or is_meant(finding, meanings))
            and (not one.fingerprints or finding.fingerprint in one.fingerprints)
            and (not one.paths or self._is_in(finding.place.path, one.paths))
            and (not one.contains or said_in(finding, document, one.contains))
            and not finding.code.startswith(INTERNAL)
            for one, meanings in self._configured
        )

    def _is_in(self, path: str, patterns: Iterable[str]) -> bool:
        relative = os.path.relpath(path, self._root).replace(os.sep, "/")
        return any(matches(pattern, relative) for pattern in patterns)

    def _unused(
        self, document: Document, unused: Sequence[tuple[Directive, str]]
    ) -> Iterator[Finding]:
        """The findings on directives that silence nothing, or not all that they name."""
        speaker = UnusedSuppression()
        everything = document.get(Directives).all
        idle: dict[Directive, list[str]] = {}
        for directive, meaning in unused:
            if directive.command == ENABLE:
                before = everything[: everything.index(directive)]
                if not any(
                    d.scope.end == directive.span.start and ended_by(d, directive) for d in before
                ):
                    idle.setdefault(directive, []).append(meaning)
            elif self._can_judge(meaning):
                idle.setdefault(directive, []).append(meaning)
        for directive, meanings in idle.items():
            words = [w for w in directive.words if self._meaning(w) in meanings]
            whole = len(words) == len(directive.words)
            message = "enable" if directive.command == ENABLE else "comment" if whole else "words"
            yield speaker.finding(
                place(document, *directive.span),
                speaker.say(
                    message, **({} if whole else {"words": ", ".join(w.text for w in words)})
                ),
                fix=self._removal(document, directive, None if whole else words),
            )

    def _can_judge(self, meaning: str) -> bool:
        """Whether a word that silenced nothing was of no use: all that it means ran on this document."""
        if meaning == ALL:
            return True
        codes = {code for code in self._vocabulary.catalogue.by_code if code.startswith(meaning)}
        return not codes.isdisjoint(self._running) and codes.isdisjoint(self._later)

    @staticmethod
    def _removal(document: Document, directive: Directive, words: list[Word] | None) -> Fix:
        title = UnusedSuppression().say("fix")
        if words is None:
            if directive.alone:
                line = document.get(Lines).index(directive.span.start)
                return Fix(Safety.SAFE, title, (remove_lines(document, line, line),))
            return Fix(Safety.SAFE, title, (edit(document, *directive.span, ""),))
        kept = ", ".join(word.text for word in directive.words if word not in words)
        listed = directive.words[0].span.start, directive.words[-1].span.end
        return Fix(Safety.SAFE, title, (edit(document, *listed, kept),))


def covers(directive: Directive, meaning: str, finding: Finding) -> bool:
    """Whether a directive silences a finding.

    A habit of the whole document, which stands at its first occurrence, is silenced only where all of
    its known places are.
    """
    if directive.command == ENABLE or not is_meant(finding, {meaning}):
        return False
    if not is_within(finding.place, directive.scope):
        return False
    return "count" not in finding.evidence or all(
        is_within(related.place, directive.scope)
        for related in finding.related
        if related.place.path == finding.place.path
    )


def is_meant(finding: Finding, meanings: Collection[str]) -> bool:
    """Whether a code, a family or `ALL` among some means the rule of a finding."""
    code = finding.code
    if code.startswith(INTERNAL):
        return False
    return code in meanings or code[:3] in meanings or ALL in meanings


def is_within(at: Place, scope: Span) -> bool:
    """Whether a place begins within a span."""
    return scope.start <= at.start.offset <= scope.end and scope.start < scope.end


def said_in(finding: Finding, document: Document | None, strings: Iterable[str]) -> bool:
    """Whether one of some strings stands in the lines of a finding, as far as these are at hand."""
    if document is None:
        text = "".join(finding.place.excerpt)
    else:
        lines = document.get(Lines)
        first, last = finding.place.start.line - 1, finding.place.end.line - 1
        text = document.text[lines.starts[first] : lines.ends[last]]
    return any(string in text for string in strings)
