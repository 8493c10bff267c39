"""Which rules run, and what becomes of their findings."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kanwu.engine.discovery import made
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.rule import CorpusRule
from kanwu.policy.patterns import matches
from kanwu.policy.vocabulary import ALL, INTERNAL, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.finding import Finding
    from kanwu.engine.rule import AnyRule
    from kanwu.policy.settings import Settings


class Choice(NamedTuple):
    """Whether a rule runs, and why."""

    rule: type[AnyRule]
    key: str
    """The setting that decided: `select`, `extend-select`, `ignore`, or nothing for the default."""
    word: str
    """The word of that setting which decided."""
    selected: bool


def choices(catalogue: Catalogue, settings: Settings) -> Iterator[Choice]:
    """For every rule, in order of codes, whether it runs. Raises ConfigurationError.

    The most exact word decides: a code or name before a family, a family before `ALL`. Between
    words that are equally exact, `ignore` wins. A family selects only what is on by default. The
    rules through which the engine itself speaks are no matter of choice and not among these.
    """
    vocabulary = Vocabulary(catalogue)
    wanted = {
        **_by_meaning(vocabulary, "extend-select", settings.extend_select),
        **_by_meaning(vocabulary, "select", settings.select or ()),
    }
    unwanted = _by_meaning(vocabulary, "ignore", settings.ignore)
    for rule in catalogue:
        if rule not in INTERNAL_RULES:
            yield _choice(rule, wanted, unwanted, default=settings.select is None)


def _choice(
    rule: type[AnyRule],
    wanted: dict[str, tuple[str, str]],
    unwanted: dict[str, tuple[str, str]],
    *,
    default: bool,
) -> Choice:
    for meaning in exactness(rule):
        if meaning in unwanted:
            return Choice(rule, *unwanted[meaning], selected=False)
        if meaning in wanted and (rule.default or meaning != rule.family()):
            return Choice(rule, *wanted[meaning], selected=True)
    return Choice(rule, "", "", selected=rule.default and default)


def exactness(rule: type[AnyRule]) -> tuple[str, str, str]:
    """What a word may stand for to mean this rule, the most exact first."""
    return (rule.code, rule.family(), ALL)


def _by_meaning(
    vocabulary: Vocabulary, key: str, words: Iterable[str]
) -> dict[str, tuple[str, str]]:
    """The words of a setting by the code, family or `ALL` that they stand for."""
    return {vocabulary.canonical(word): (key, word) for word in words}


def selected(catalogue: Catalogue, settings: Settings) -> tuple[AnyRule, ...]:
    """The rules that run, with their options, in order of codes. Raises ConfigurationError."""
    vocabulary = Vocabulary(catalogue)
    options = {vocabulary.rule(word).code: dict(values) for word, values in settings.rules}
    return tuple(
        made(choice.rule, options.get(choice.rule.code))
        for choice in choices(catalogue, settings)
        if choice.selected
    )


def corpus_rules(catalogue: Catalogue, settings: Settings) -> tuple[CorpusRule, ...]:
    """Every corpus rule with its options, selected or not. Raises ConfigurationError."""
    everything = replace(settings, select=(ALL,), extend_select=(), ignore=())
    return tuple(r for r in selected(catalogue, everything) if isinstance(r, CorpusRule))


def chosen(catalogue: Catalogue, settings: Settings) -> frozenset[str]:
    """The codes of the rules that run because their own code or name was selected.

    A rule both in a selected family and named is chosen: the name is the more exact word.
    """
    if not (settings.select or settings.extend_select):
        return frozenset()
    return frozenset(
        choice.rule.code
        for choice in choices(catalogue, settings)
        if choice.selected and catalogue.find(choice.word) is choice.rule
    )


class Policy:
    """One settings, ready to be used: which rules run, and what becomes of their findings.

    `rules` are the rules that run, `chosen` the codes of those that were selected by code or name,
    `severities` the configured severities by code.
    """

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        """Raises ConfigurationError where the settings name rules that are not."""
        self.settings = settings
        self.rules = selected(catalogue, settings)
        self.chosen = chosen(catalogue, settings)
        vocabulary = Vocabulary(catalogue)
        severities = {vocabulary.canonical(word): s for word, s in settings.severity}
        self.severities = {
            rule.code: severities[meaning]
            for rule in catalogue
            for meaning in reversed(exactness(rule))
            if meaning in severities
        }
        self._ignored = [
            (
                glob,
                frozenset(
                    rule.code
                    for rule in catalogue
                    if rule not in INTERNAL_RULES
                    and {vocabulary.canonical(word) for word in words} & {*exactness(rule)}
                ),
            )
            for glob, words in settings.per_file_ignores
        ]
        self._latest: tuple[str, frozenset[str]] = ("", frozenset())

    def ignored_in(self, path: str) -> frozenset[str]:
        """The codes of the rules whose findings are dropped in a file."""
        if not self._ignored:
            return frozenset()
        if path != self._latest[0]:
            # Findings come file by file: the latest answer is the next one, nearly always.
            relative = os.path.relpath(path, self.settings.root).replace(os.sep, "/")
            codes = frozenset[str]().union(
                *(
                    ignored
                    for glob, ignored in self._ignored
                    # A leading `!` stands for every file that the rest does not match.
                    if matches(glob.removeprefix("!"), relative) != glob.startswith("!")
                )
            )
            self._latest = (path, codes)
        return self._latest[1]

    def adjust(self, finding: Finding) -> Finding | None:
        """The finding with its configured severity, or None where it is ignored in its file.

        What the engine itself reports is returned as it is.
        """
        code = finding.code
        if code.startswith(INTERNAL):
            return finding
        if self._ignored and code in self.ignored_in(finding.place.path):
            return None
        severity = self.severities.get(code, finding.severity)
        return finding if severity is finding.severity else finding._replace(severity=severity)
