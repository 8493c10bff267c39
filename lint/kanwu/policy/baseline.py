"""The baseline: findings that were there when a team began, so that only new ones are told.

A finding is known again by its rule and the lines that it stands on, not by their numbers: text that
moves keeps its findings known, and a line that changes brings its findings back. Where several
findings of one rule stand on equal lines, as many as were recorded are old.

A row of a dataset may hold an article on one line, and is not looked up again: there, and in HTML, a finding
is known by its own text and some characters around it, in whichever row these stand.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from kanwu.analysis.lines import Lines
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.toml_files import display
from kanwu.policy.vocabulary import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from kanwu.documents.document import Document
    from kanwu.engine.finding import Finding, Place

FORMAT = 1
"""Raised when findings are known again by something else: older baselines are then refused."""

AGAIN = "delete it and record it again with kanwu baseline"

Known = dict[str, Counter[str]]
"""For each file, relative to the folder of the baseline and with `/`, how many findings of each identity."""


class Difference(NamedTuple):
    """What recording changed in a baseline."""

    recorded: int
    """Findings in it now."""
    new: int
    gone: int


def identity(finding: Finding, document: Document | None) -> str:
    """What a finding is known again by: its code, and a digest of the lines that it stands on.

    The document is needed only where it is no row of a dataset.
    """
    from hashlib import blake2b  # not at every start: few folders have a baseline

    at = finding.place
    if at.record is not None:
        # Of a finding about a whole row there is no more than its number.
        text = at.anchor if at.end.offset else at.record
    elif document is not None and document.origin is not None:
        text = at.anchor if at.end.offset else ""
    else:
        assert document is not None
        text = lines_of(at, document).strip() if at.end.offset else ""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{finding.code} {digest}"


def lines_of(at: Place, document: Document) -> str:
    """The lines that a place stands on, whatever ends them, as far as the document has them still."""
    lines = document.source.get(Lines)
    return "\n".join(lines[i] for i in range(at.start.line - 1, min(at.end.line, len(lines))))


class Baseline:
    """The findings that are old, by file."""

    def __init__(self, path: str, known: Known | None = None) -> None:
        """Take the absolute path of its file, which need not exist yet."""
        self.path = path
        self.known: Known = known or {}

    @classmethod
    def read(cls, path: str) -> Baseline:
        """The baseline in a file. Raises ConfigurationError where it is none, or of another version."""
        try:
            with open(path, encoding="utf-8-sig") as file:
                data = json.load(file)
            if data["version"] != FORMAT:
                raise ConfigurationError(
                    f"{display(path)}: a baseline of version {data['version']}, this kanwu reads "
                    f"version {FORMAT}; {AGAIN}"
                )
            return cls(path, {name: counted(found) for name, found in data["findings"].items()})
        except OSError as error:
            raise ConfigurationError(
                f"{display(path)}: cannot be read: {error.strerror}"
            ) from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ConfigurationError(f"{display(path)}: no baseline of kanwu; {AGAIN}") from error

    def name_of(self, path: str) -> str:
        """A file as the baseline names it."""
        return os.path.relpath(path, os.path.dirname(self.path)).replace(os.sep, "/")

    def old_of(self, path: str) -> Counter[str]:
        """How many findings of each identity are old in a file: a copy, to be counted down."""
        return Counter(self.known.get(self.name_of(path), ()))

    def record(
        self,
        found: Mapping[str, Iterable[str]],
        *,
        beside: Mapping[str, Iterable[str]] = MappingProxyType({}),
        between: Container[str] = (),
        prune: bool = False,
    ) -> Difference:
        """Put the identities found in some files in place of what was known of these.

        `beside` are those found in further files, whose other findings were not looked for. What the rules
        with codes in `between` found before stays known: they compare documents, and not all were
        looked at together. With `prune` nothing is added: only what is found no more goes. What is known
        of files that are there no longer goes in any case.
        """
        before = sum(counter.total() for counter in self.known.values())
        new = gone = 0
        folder = os.path.dirname(self.path)
        for name in [n for n in self.known if not os.path.lexists(os.path.join(folder, n))]:
            gone += self.known.pop(name).total()
        for path, identities in (*found.items(), *beside.items()):
            name = self.name_of(path)
            now, old = Counter(identities), self.known.pop(name, Counter[str]())
            if path in beside:
                now |= old
            else:
                now |= Counter({i: n for i, n in old.items() if i.partition(" ")[0] in between})
            new += 0 if prune else (now - old).total()
            gone += (old - now).total()
            if kept := (now & old) if prune else now:
                self.known[name] = kept
        recorded = sum(counter.total() for counter in self.known.values())
        assert recorded == before + new - gone
        return Difference(recorded, new, gone)

    def write(self) -> None:
        """Write the file anew, whole or not at all. Raises ConfigurationError."""
        findings = {name: dict(sorted(self.known[name].items())) for name in sorted(self.known)}
        # A line an identity, in order: two branches' changes can be merged.
        text = json.dumps({"version": FORMAT, "findings": findings}, ensure_ascii=True, indent=1)
        target = os.path.realpath(self.path)
        temporary = f"{target}.{os.getpid()}.tmp"
        try:
            with open(temporary, "w", encoding="utf-8", newline="\n") as file:
                file.write(text + "\n")
            os.replace(temporary, target)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise ConfigurationError(
                f"{display(self.path)}: cannot be written: {error.strerror}"
            ) from error


def counted(found: Mapping[str, object]) -> Counter[str]:
    """How many findings of each identity a baseline holds for a file. Raises ValueError."""
    counter: Counter[str] = Counter()
    for known, number in found.items():
        if not isinstance(number, int) or number < 1:
            raise ValueError(f"{number!r} findings")
        counter[known] = number
    return counter


def may_be_old(finding: Finding) -> bool:
    """Whether a finding may be in a baseline: what says that something was not checked may not."""
    return not finding.code.startswith(INTERNAL)
