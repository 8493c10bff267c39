"""`kanwu baseline`: record today's findings, so that from now on only new ones are told."""

from __future__ import annotations

import os
from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kanwu.policy.loading import Resolver
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
@click.option(
    "--config", type=click.Path(dir_okay=False), metavar="FILE", help="Use this configuration file."
)
def command(paths: tuple[str, ...], *, prune: bool, config: str | None) -> None:
    """Record today's findings, so that only new ones are told.

    `kanwu check` and `kanwu fix` pass over what the baseline holds and say how much that is. A finding is
    known again by its rule and its lines: moved text keeps its findings old, and a line that changes
    brings its findings back. The file kanwu-baseline.json belongs into version control.
    """
    from kanwu.engine.discovery import PluginError, discover
    from kanwu.policy.loading import Resolver
    from kanwu.policy.settings import ConfigurationError
    from kanwu.session.executors import WorkersDiedError
    from kanwu.session.run import Request, carry_out, plan

    try:
        resolver = Resolver(discover(), config=config, baseline=False)
        planned = plan(Request(paths or (".",)), resolver)
        result = carry_out(planned, resolver, advance=lambda _: None, keep_removals=lambda _: None)
        record(planned, result, resolver, prune=prune)
    except (ConfigurationError, PluginError, WorkersDiedError) as error:
        raise click.UsageError(str(error)) from error


def record(planned: Plan, result: Result, resolver: Resolver, *, prune: bool) -> None:
    """Write the findings of a run into the baselines of their files, and say what changed."""
    from kanwu.engine.internal import UnreadableFile
    from kanwu.policy.baseline import Baseline, identity, may_be_old
    from kanwu.session.run import document_at

    found: defaultdict[str, list[str]] = defaultdict(list)
    by_path: defaultdict[str, list[str]] = defaultdict(list)
    sources = [source for shard in planned.shards for source in shard.sources]
    unreadable = {f.place.path for f in result.findings if f.code == UnreadableFile.code}
    for source in sources:
        if source.display not in unreadable:
            folder = os.path.dirname(source.path)
            found[resolver.for_folder(folder).baseline].append(source.display)
    for path, findings in groupby(result.findings, lambda finding: finding.place.path):
        if (document := document_at(path)) is not None:
            by_path[path] += (identity(f, document) for f in findings if may_be_old(f))
    for file, names in sorted(found.items()):
        baseline = Baseline.read(file) if os.path.lexists(file) else Baseline(file)
        changed = baseline.record({name: by_path[name] for name in names}, prune=prune)
        baseline.write()
        click.echo(
            f"{os.path.relpath(file)}: {changed.recorded:,} findings recorded "
            f"({changed.new:,} new, {changed.gone:,} gone)"
        )
    if unreadable:
        click.echo(f"kanwu: {len(unreadable):,} files could not be read", err=True)
