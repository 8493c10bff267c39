"""The library's entry points: `check_text`, `check_paths` and `fix_text`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kanwu.documents.document import Document
from kanwu.engine.corpus import RecordStore, compare
from kanwu.engine.discovery import discover
from kanwu.engine.linting import Linter, in_order
from kanwu.fixes.applying import applicable, repair
from kanwu.policy.loading import Resolver
from kanwu.policy.rule_files import catalogue_for
from kanwu.policy.selection import Policy
from kanwu.session.run import Request, carry_out, plan

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """The findings in one text, in order; no configuration file is read.

    `select` takes families, codes and names of rules, and without any those that are on by default
    run. `rule_files` are files in which further rules are declared. Raises ConfigurationError for a
    word that names no rule and for a file of rules that cannot be used.
    """
    policy = _policy(select, rule_files)
    (checked,) = Linter(policy.rules).check([Document(text, path=path, markup=markup)])
    store = RecordStore()
    store.add(checked.records)
    return in_order([*checked.findings, *compare(policy.rules, store)])


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
    policy = _policy(select, rule_files)
    may_apply = applicable(unsafe=unsafe, chosen=policy.chosen)
    return repair(Document(text, markup=markup), Linter(policy.rules), may_apply).document.text


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
    resolver = _resolver(select, rule_files)
    request = Request(tuple(os.fspath(path) for path in paths), jobs=jobs)
    return carry_out(
        plan(request, resolver), resolver, advance=_ignore, keep_removals=_ignore
    ).findings


def _policy(select: Iterable[str], rule_files: Iterable[str | os.PathLike[str]]) -> Policy:
    resolver = _resolver(select, rule_files, isolated=True)
    settings = resolver.for_folder(".")
    resolver.refuse_unknown_words()
    return Policy(settings, catalogue_for(discover(), settings))


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
