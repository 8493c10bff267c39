"""What the commands that check have in common: how they begin, and what they refuse."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import click

from kanwu.cli.languages import current

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kanwu.cli.presenting import Shown
    from kanwu.engine.discovery import Catalogue
    from kanwu.policy.loading import Resolver
    from kanwu.reporters.progress import Progress
    from kanwu.session.corpus_index import Corpus
    from kanwu.session.run import Plan

CLEAN, FOUND, MISUSED = 0, 1, 2
"""The exit statuses: nothing found that counts, findings, wrong use or a named file that could not be read."""


class Configured(NamedTuple):
    """The options that say where settings come from."""

    config: str | None
    rule_files: tuple[str, ...]
    no_baseline: bool
    isolated: bool

    @classmethod
    def taken_from(cls, options: dict[str, Any]) -> Self:
        """Take them out of the options of a command."""
        return cls(**{name: options.pop(name) for name in cls._fields})

    def resolver(self, catalogue: Catalogue, options: Mapping[str, Any]) -> Resolver:
        """The settings, over which other options stand. Raises ConfigurationError."""
        from kanwu.policy.loading import Resolver

        return Resolver(
            catalogue,
            config=self.config,
            isolated=self.isolated,
            overrides=overrides_of(options),
            rule_files=self.rule_files,
            baseline=not self.no_baseline,
        )


def overrides_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that stand over configured ones, by their names there."""
    given = ((name.replace("_", "-"), value) for name, value in options.items() if value)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in given}


def make_ready() -> None:
    """Make this process ready for a run that may be a large one."""
    from kanwu.session.executors.choosing import spare_the_collector

    spare_the_collector()
    # numpy, where it is needed, starts a thread a core for sums that are never done here: 0.1 s.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@contextlib.contextmanager
def refused_as_misuse() -> Iterator[None]:
    """Within this, what a run refuses is told as wrong use of the command. Raises UsageError."""
    from kanwu.documents.reading import UnreadableError
    from kanwu.engine.discovery import PluginError
    from kanwu.policy.settings import ConfigurationError
    from kanwu.session.executors.deaths import WorkersDiedError

    try:
        yield
    except (ConfigurationError, PluginError, UnreadableError, WorkersDiedError) as error:
        raise click.UsageError(str(error)) from error


@contextlib.contextmanager
def rules_at_work() -> Iterator[None]:
    """Within this, what rules print goes to standard error, and each of their calls has a limit of time."""
    from kanwu.engine.time_limits import limited

    with contextlib.redirect_stdout(sys.stderr), limited():
        yield


def progress_of(planned: Plan, shown: Shown) -> Progress:
    """What tells on standard error how far a run is, if it takes long."""
    from kanwu.reporters.progress import Progress, look_for

    wording = shown.languages.wording()
    return Progress(
        planned.unpacked_bytes,
        look=look_for(sys.stderr, quiet=shown.quiet),
        wording=wording,
    )


@contextlib.contextmanager
def configured_corpus(resolver: Resolver, *, use_index: bool) -> Iterator[Corpus | None]:
    """The corpus that the settings of the working folder name, if it has an index."""
    settings = resolver.for_folder(os.getcwd())
    if not (settings.corpus and use_index):
        yield None
        return
    from kanwu.engine.index import IndexOutdatedError, IndexUnusableError
    from kanwu.session.corpus_index import Corpus, index_path, open_index

    try:
        with contextlib.closing(open_index(settings, make=False)) as index:
            yield Corpus(index, settings, resolver)
    except IndexOutdatedError:
        why = (
            "the index of the configured corpus is of another version or for other options"
            if os.path.exists(index_path(settings))
            else "the configured corpus has no index yet"
        )
        say = current()
        said = say(
            "{why}, so only the given files are compared with one another; run kanwu index",
            why=say.word(why),
        )
        click.echo(f"kanwu: {said}", err=True)
        yield None
    except IndexUnusableError as error:
        raise click.UsageError(str(error)) from error
