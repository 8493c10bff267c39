"""`kanwu baseline`: record today's findings, so that from now on only new ones are told."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from kanwu.cli.languages import LANG, Languages, current
from kanwu.cli.options import DATASETS, grouped
from kanwu.cli.runs import (
    MISUSED,
    configured_corpus,
    overrides_of,
    refused_as_misuse,
    rules_at_work,
)
from kanwu.documents.reading import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kanwu.policy.loading import Resolver
    from kanwu.policy.settings import Settings
    from kanwu.session.run import Plan, Result


@click.command(
    "baseline",
    epilog="""\b
Examples:
  kanwu baseline               record what is found today
  kanwu baseline articles/     the same in some folders; the rest of the baseline stays
  kanwu baseline --prune       drop what has been repaired since, add nothing
""",
)
@click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATHS]...")
@click.option(
    "--prune", is_flag=True, help="Only drop what is found no more; new findings stay new."
)
@grouped(DATASETS)
@LANG
@click.option(
    "--config", type=click.Path(dir_okay=False), metavar="FILE", help="Use this configuration file."
)
def command(
    paths: tuple[str, ...],
    *,
    prune: bool,
    config: str | None,
    languages: Languages,  # noqa: ARG001 - what is said asks the context for it
    **rows: Any,
) -> None:
    """Record today's findings, so that only new ones are told.

    `kanwu check` and `kanwu fix` pass over what the baseline holds and say how much that is. A finding is
    known again by its rule and its lines: moved text keeps its findings old, and a line that changes
    brings its findings back. The file kanwu-baseline.json belongs into version control.
    """
    from kanwu.engine.discovery import discover
    from kanwu.policy.loading import Resolver
    from kanwu.session.run import Request, carry_out, plan

    if STDIN in paths:
        raise click.UsageError("standard input is no file that a baseline could name")
    with refused_as_misuse():
        resolver = Resolver(discover(), config=config, overrides=overrides_of(rows), baseline=False)
        planned = plan(Request(paths or (".",)), resolver)
        with rules_at_work(), configured_corpus(resolver, use_index=True) as corpus:
            result = carry_out(
                planned,
                resolver,
                advance=lambda _: None,
                keep_removals=lambda _: None,
                corpus=corpus,
            )
        record(paths or (".",), planned, result, resolver, prune=prune)
    if result.named_unreadable:
        sys.exit(MISUSED)


def record(
    given: Sequence[str], planned: Plan, result: Result, resolver: Resolver, *, prune: bool
) -> None:
    """Write the findings of a run into the baselines of their files, and say what changed."""
    from kanwu.documents.datasets.parts import is_dataset
    from kanwu.engine.internal import UnreadableFile
    from kanwu.policy.baseline import Baseline, identity, may_be_old
    from kanwu.session.run import document_at

    unreadable = {f.place.path for f in result.findings if f.code == UnreadableFile.code}
    checked = {source.display for source in planned.sources} - unreadable
    identities: defaultdict[str, list[str]] = defaultdict(list)
    for path, findings in groupby(result.findings, lambda finding: finding.place.path):
        document = None if is_dataset(path) else document_at(path)
        if document is not None or is_dataset(path):
            identities[path] = [identity(f, document) for f in findings if may_be_old(f)]
    say = current()
    by_baseline: defaultdict[Settings, set[str]] = defaultdict(set)
    # Where nothing was found, files may be gone all the same.
    by_baseline[resolver.for_folder(os.getcwd())] = set()
    for path in checked | identities.keys():
        by_baseline[resolver.for_file(os.path.abspath(path))].add(path)
    for settings, paths in sorted(by_baseline.items(), key=lambda item: item[0].baseline):
        exists = os.path.lexists(settings.baseline)
        if not (exists or paths):
            continue
        baseline = Baseline.read(settings.baseline) if exists else Baseline(settings.baseline)
        changed = baseline.record(
            {path: identities[path] for path in paths & checked},
            beside={path: identities[path] for path in paths - checked},
            between=() if is_below(settings.root, given) else codes_between(settings),
            prune=prune,
        )
        baseline.write()
        click.echo(
            say(
                "{file}: {recorded:,} findings recorded ({new:,} new, {gone:,} gone)",
                file=os.path.relpath(settings.baseline),
                recorded=changed.recorded,
                new=changed.new,
                gone=changed.gone,
            )
        )
    for path in sorted(unreadable):
        click.echo(f"kanwu: {say('{path} could not be read', path=path)}", err=True)


def is_below(folder: str, paths: Iterable[str]) -> bool:
    """Whether a folder is, or lies below, one of some paths."""
    above = {os.path.abspath(path) for path in paths}
    return any(os.path.commonpath([folder, path]) == path for path in above)


def codes_between(settings: Settings) -> set[str]:
    """The codes of the rules that compare documents."""
    from kanwu.engine.discovery import discover
    from kanwu.policy.rule_files import catalogue_for
    from kanwu.policy.selection import corpus_rules

    return {rule.code for rule in corpus_rules(catalogue_for(discover(), settings), settings)}
