"""The library's entry points: `check_text`, `check_paths`, `iter_findings` and `fix_text`."""

from __future__ import annotations

import os
from operator import attrgetter
from typing import TYPE_CHECKING

from kanwu.documents.reading import marked_up
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.discovery import discover
from kanwu.engine.linting import Linter
from kanwu.fixes.applying import applicable, repair
from kanwu.policy.loading import Resolver
from kanwu.policy.rule_files import catalogue_for
from kanwu.policy.selection import Policy
from kanwu.policy.sieve import Sieve
from kanwu.session.run import Request, carry_out, plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kanwu.documents.document import Markup
    from kanwu.engine.finding import Finding


def check_text(
    text: str,
    *,
    select: Iterable[str] = (),
    rule_files: Iterable[str | os.PathLike[str]] = (),
    path: str = "-",
    markup: Markup = "plain",
) -> list[Finding]:
    """The findings in one text, in order; no configuration file is read, but comments in it are honoured.

    `select` takes families, codes and names of rules, and without any those that are on by default
    run. `rule_files` are files in which further rules are declared. Raises ConfigurationError for a
    word that names no rule and for a file of rules that cannot be used.
    """
    policy, sieve = _policy(select, rule_files)
    document = marked_up(text, path=path, markup=markup)
    (checked,) = Linter(policy.rules, sift=sieve.sift).check([document])
    store = RecordStore()
    store.add(checked.records)
    between = (
        finding
        for finding in compare(policy.rules, store)
        if not sieve.suppressor.silences(finding, document)
    )
    return sorted([*checked.findings, *between], key=attrgetter("order"))


def fix_text(
    text: str,
    *,
    select: Iterable[str] = (),
    rule_files: Iterable[str | os.PathLike[str]] = (),
    unsafe: bool = False,
    markup: Markup = "plain",
) -> str:
    """The text with all safe fixes applied, and with `unsafe` those that may change the meaning.

    `select` and `rule_files` are as for `check_text`.
    """
    policy, sieve = _policy(select, rule_files)
    may_apply = applicable(unsafe=unsafe, chosen=policy.chosen)
    linter = Linter(policy.rules, sift=sieve.sift)
    return repair(marked_up(text, markup=markup), linter, may_apply).document.source.text


def check_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    select: Iterable[str] = (),
    rule_files: Iterable[str | os.PathLike[str]] = (),
    jobs: int | None = 1,
) -> list[Finding]:
    """The findings in files and folders, in order, under their configuration files.

    `select` and `rule_files` are as for `check_text`, over what the configuration files say. Files
    that cannot be read are findings too. `jobs` is the number of processes; None chooses it by
    the size of the input.
    """
    return list(iter_findings(paths, select=select, rule_files=rule_files, jobs=jobs))


def iter_findings(
    paths: Iterable[str | os.PathLike[str]],
    *,
    select: Iterable[str] = (),
    rule_files: Iterable[str | os.PathLike[str]] = (),
    jobs: int | None = 1,
) -> Iterator[Finding]:
    """The findings that `check_paths` gives, one by one: those of large input are never in memory together.

    All is checked before it returns, since some rules compare documents.
    """
    resolver = _resolver(select, rule_files)
    request = Request(tuple(os.fspath(path) for path in paths), jobs=jobs)
    planned = plan(request, resolver)
    return iter(carry_out(planned, resolver, advance=_ignore, keep_removals=_ignore).findings)


def _policy(
    select: Iterable[str], rule_files: Iterable[str | os.PathLike[str]]
) -> tuple[Policy, Sieve]:
    resolver = _resolver(select, rule_files, isolated=True)
    settings = resolver.for_folder(".")
    resolver.refuse_unknown_words()
    catalogue = catalogue_for(discover(), settings)
    policy = Policy(settings, catalogue)
    return policy, Sieve(policy, catalogue)


def _resolver(
    select: Iterable[str],
    rule_files: Iterable[str | os.PathLike[str]],
    *,
    isolated: bool = False,
) -> Resolver:
    words = list(select)
    return Resolver(
        discover(),
        isolated=isolated,
        overrides={"select": words} if words else {},
        rule_files=[os.fspath(path) for path in rule_files],
    )


def _ignore(_: object) -> None:
    """Nobody looks at the progress of a library call, nor at what fixes took out."""
