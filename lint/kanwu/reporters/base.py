"""The contract of a reporter, and which one writes which format."""

from __future__ import annotations

import io
from abc import ABC, abstractmethod
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from kanwu.fixes.applying import applicable
from kanwu.reporters.terminal import Palette
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from kanwu.engine.finding import Finding
    from kanwu.reporters.summary import Summary
    from kanwu.reporters.wording import Wording

# Named and not imported, so that a format is loaded when it is asked for.
_HOMES = {
    "full": "kanwu.reporters.full:Full",
    "concise": "kanwu.reporters.concise:Concise",
    "json": "kanwu.reporters.machine:Json",
    "jsonl": "kanwu.reporters.machine:JsonLines",
    "sarif": "kanwu.reporters.sarif:Sarif",
    "github": "kanwu.reporters.github:Github",
    "gitlab": "kanwu.reporters.gitlab:Gitlab",
    "junit": "kanwu.reporters.junit:Junit",
}
_STATISTICS = {
    "full": "kanwu.reporters.statistics:Statistics",
    "concise": "kanwu.reporters.statistics:Statistics",
    "json": "kanwu.reporters.machine:JsonStatistics",
    "jsonl": "kanwu.reporters.machine:JsonLinesStatistics",
}
FORMATS = tuple(_HOMES)


class Reporter(ABC):
    r"""Writes findings to a text stream in one format.

    `write` takes findings as they come and is called any number of times; `close` is called once, at
    the end, and leaves the stream open. The stream is made able to hold whatever a text may hold: in
    UTF-8 where a program reads, else in its own encoding with `\uXXXX` for what that lacks.
    """

    machine: ClassVar[bool] = False
    """Whether programs read this format: then it is UTF-8 with LF, whatever the locale."""

    def __init__(
        self,
        stream: TextIO,
        *,
        color: bool = False,
        width: int | None = None,
        chosen: frozenset[str] = frozenset(),
        explained: Mapping[str, str] = MappingProxyType({}),
        wording: Wording = ENGLISH,
    ) -> None:
        """Take the stream, and how to write to it.

        `width` is the terminal's, in cells; None leaves lines as long as they are. `chosen` holds the
        codes of rules selected by code or name: only those repair what is no more than information.
        `explained` holds for codes what their rules flag, in a sentence: a format for reading says it
        with each finding, and the evidence.
        `wording` is the language that it is told in.
        """
        self.stream = stream
        self.palette = Palette(enabled=color)
        self.width = width
        self.explained = explained
        self.wording = wording
        self.is_fixable = applicable(unsafe=False, chosen=chosen)
        self.is_fixable_unsafely = applicable(unsafe=True, chosen=chosen)
        if isinstance(stream, io.TextIOWrapper):
            if self.machine:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
            else:
                stream.reconfigure(errors="backslashreplace")

    @abstractmethod
    def write(self, findings: Iterable[Finding]) -> None:
        """Write findings, which come in the order of the report."""

    def close(self, summary: Summary) -> None:  # noqa: B027 - most formats have nothing to add
        """Write what belongs after the last finding."""


def reporter_for(format_name: str, *, statistics: bool = False) -> type[Reporter]:
    """The reporter of one of FORMATS; with `statistics`, the one that counts findings by rule."""
    home = (_STATISTICS if statistics else _HOMES)[format_name]
    module, _, name = home.partition(":")
    found: type[Reporter] = getattr(import_module(module), name)
    return found
