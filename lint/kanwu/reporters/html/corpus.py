"""The page of a cleaned corpus: one HTML file with its style inside, which loads nothing and has no script."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from kanwu import __version__
from kanwu.reporters.cleaning import lines_of
from kanwu.reporters.html.badges import badged
from kanwu.reporters.html.page import file, policy, template
from kanwu.reporters.html.plots import Plot, histogram, short
from kanwu.reporters.html.view import GRAVEST_FIRST
from kanwu.reporters.html.words import Words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kanwu.cleaning.examples import Example
    from kanwu.cleaning.profile import Profile, Removed, Source
    from kanwu.cleaning.running import Cleaned
    from kanwu.engine.finding import Severity
    from kanwu.reporters.cleaning import Line
    from kanwu.reporters.wording import Wording

SOURCES_SHOWN = 30
ACROSS = 8
"""Sources in the table of rules by sources, which has so many rules at most:"""
DOWN = 24
RULES_SHOWN = 150
TEXTS_SHOWN = 8
"""Removed texts of a rule."""
FILES_SHOWN = 50
FAULTS_SHOWN = 20
PER = 10_000
"""Characters: findings are told for so many of them."""


class SourceLine(NamedTuple):
    """What came from one place."""

    name: str
    source: Source

    @property
    def findings(self) -> int:
        return self.source.findings.total()

    @property
    def rate(self) -> float:
        """Findings for so many characters."""
        return per_characters(self.findings, self.source)


class Cell(NamedTuple):
    """How often a rule finds something in what comes from one place."""

    findings: int
    rate: float
    weight: int
    """From 0 to 4, by the highest rate of the rule."""


def corpus_page(
    cleaned: Cleaned, profile: Profile, summaries: Mapping[str, str], *, wording: Wording
) -> str:
    """The whole page. `summaries` say by its code what a rule is about."""
    words = Words(wording.language, "corpus.toml")
    style = file("page.css") + file("corpus.css")
    rules = lines_of(cleaned.counts, cleaned.fixed, cleaned.names)
    sources = source_lines(profile)
    return template("corpus.html.jinja").render(
        badged=badged,
        cells=cells(sources[:ACROSS], rules[:DOWN]) if len(sources) > 1 else [],
        cleaned=cleaned,
        clusters=profile.clusters,
        cluster_sizes=cluster_sizes(profile.cluster_sizes),
        examples=example_groups(cleaned, profile)[:RULES_SHOWN],
        files=sorted(cleaned.files, key=lambda f: (-f.rows, f.path))[:FILES_SHOWN],
        faults_shown=FAULTS_SHOWN,
        left_out=sorted(profile.left_out.items()),
        others=SourceLine("", profile.others),
        place=place,
        plots=plots(profile, words),
        policy=policy(style),
        profile=profile,
        reason=partial(told_reason, words),
        removed=removed_rules(profile),
        rules=drawn(rules),
        rules_left_out=max(0, len(profile.examples) - RULES_SHOWN),
        severities=severities(cleaned),
        short=short,
        size=size,
        sources=sources[:SOURCES_SHOWN],
        sources_left_out=max(0, len(sources) - SOURCES_SHOWN),
        style=Markup(style),  # noqa: S704 - it is a file of the program
        summaries=summaries,
        swapped=swapped,
        texts_shown=TEXTS_SHOWN,
        version=__version__,
        words=words,
    )


def drawn(lines: Sequence[Line]) -> list[tuple[Line, float, float]]:
    """The rules, each with the lengths of the bars for what is left and what was repaired, in percent."""
    longest = max((line.left + line.fixed for line in lines), default=1)
    return [
        (line, round(100 * line.left / longest, 2), round(100 * line.fixed / longest, 2))
        for line in lines
    ]


def severities(cleaned: Cleaned) -> dict[Severity, int]:
    """The findings that are left, by severity."""
    counts: Counter[Severity] = Counter()
    for count in cleaned.counts:
        counts[count.severity] += count.findings
    return {severity: counts[severity] for severity in GRAVEST_FIRST}


def per_characters(findings: int, source: Source) -> float:
    """So many findings for so many characters; 0 where nothing of a source could be read."""
    return PER * findings / source.characters if source.characters else 0.0


def source_lines(profile: Profile) -> list[SourceLine]:
    """The sources with the most rows first."""
    lines = [SourceLine(name, source) for name, source in profile.sources.items()]
    return sorted(lines, key=lambda line: (-line.source.rows, line.name))


def cells(
    sources: Sequence[SourceLine], rules: Sequence[Line]
) -> list[tuple[str, str, list[Cell]]]:
    """How often rules find something in what comes from the largest sources."""
    made = []
    names = {rule.code: rule.name for rule in rules}
    for code, name in names.items():
        rates = [
            (s.source.findings[code], per_characters(s.source.findings[code], s.source))
            for s in sources
        ]
        highest = max(rate for _, rate in rates)
        if highest:
            row = [Cell(n, rate, round(4 * rate / highest)) for n, rate in rates]
            made.append((code, name, row))
    return made


def example_groups(
    cleaned: Cleaned, profile: Profile
) -> list[tuple[str, str, Severity, int, list[Example]]]:
    """The examples of every rule, of those with the most findings first."""
    found = {count.code: count for count in reversed(cleaned.counts)}
    numbers: Counter[str] = Counter()
    for count in cleaned.counts:
        numbers[count.code] += count.findings
    groups = [
        (code, found[code].name, found[code].severity, numbers[code], sample.items())
        for code, sample in profile.examples.items()
        if code in found
    ]
    return sorted(groups, key=lambda group: (-group[3], group[0]))


def removed_rules(profile: Profile) -> list[tuple[str, Removed]]:
    """What fixes took out or replaced, by rule, the most pieces first."""
    return sorted(profile.removed.items(), key=lambda item: (-item[1].pieces, item[0]))


def cluster_sizes(sizes: Mapping[int, int]) -> list[tuple[str, int]]:
    """How many clusters there are of a size; the larger ones are told together."""
    steps = ((2, 2), (3, 3), (4, 4), (5, 9), (10, 19), (20, 49), (50, 99), (100, None))
    told = []
    for least, most in steps:
        number = sum(n for s, n in sizes.items() if s >= least and (most is None or s <= most))
        label = f"{least}+" if most is None else str(least) if most == least else f"{least}–{most}"
        if number:
            told.append((label, number))
    return told


def plots(profile: Profile, words: Words) -> list[Plot]:
    """The distributions."""
    return [
        histogram(words("plot-length"), [profile.before, profile.after], words),
        histogram(words("plot-findings"), [profile.found], words),
        histogram(words("plot-taken"), [profile.taken], words),
    ]


def told_reason(words: Words, kind: str, condition: str, number: int | None = None) -> str:
    """A condition on which rows are left out, in one of the ways to say it; one without words has its name."""
    try:
        return words(f"{kind}-{condition}", n=number)
    except KeyError:
        return condition


def swapped(text: str) -> Markup:
    """A short text that was replaced by another: blanks alone can be seen."""
    return badged(text) if text.strip(" ") else Markup("␣" * len(text))  # noqa: S704 - a sign


def size(number: int) -> str:
    """Bytes for people: `20.0 MB`."""
    if number < 1000:
        return f"{number} B"
    for unit in ("kB", "MB", "GB"):
        number_of = number / {"kB": 1e3, "MB": 1e6, "GB": 1e9}[unit]
        if number_of < 999.95 or unit == "GB":
            return f"{number_of:,.1f} {unit}"
    raise AssertionError(number)


def place(path: str, record: str | None, line: int = 0) -> str:
    """Where something stands: `corpus.jsonl 12#text:3`."""
    parts = [path] if record is None else [path, record]
    return " ".join(parts) + (f":{line}" if line else "")
