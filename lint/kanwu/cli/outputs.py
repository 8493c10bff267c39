"""Where results are written, in which formats: one to standard output, any number to files."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from click.shell_completion import CompletionItem

# What `kanwu.reporters.base` names too; a test holds them together. Spelled out here so that the help and
# the parsing of options do not import it.
OUTPUT_FORMATS = ("full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit")
COUNTED = ("full", "concise", "json", "jsonl")
"""The formats in which findings can be counted in place of being listed."""

EXPLAINED = "full"
"""The format in which findings can be explained."""

INSTALL_REPORT = "pip install 'kanwu[report]'"
"""Installs what makes pages."""


class Output(NamedTuple):
    """A format, and the file that it goes to; None for standard output."""

    format: str
    path: str | None = None


class Outputs(click.ParamType[tuple[Output, ...]]):
    """Formats with commas between them, each perhaps with a file: `full,sarif=found.sarif`."""

    name = "outputs"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[Output, ...]:
        found = []
        for part in filter(None, map(str.strip, value.split(","))):
            word, _, path = part.partition("=")
            if word not in OUTPUT_FORMATS:
                self.fail(f"{word!r} is not one of {', '.join(OUTPUT_FORMATS)}", param, ctx)
            found.append(Output(word, path or None))
        return tuple(found) or self.fail("found nothing, expected a format", param, ctx)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - as click calls it
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        before, comma, word = incomplete.rpartition(",")
        return [
            CompletionItem(before + comma + known)
            for known in OUTPUT_FORMATS
            if known.startswith(word)
        ]


def flattened(
    _context: click.Context, _option: click.Parameter, value: tuple[tuple[Output, ...], ...]
) -> tuple[Output, ...]:
    """All outputs of an option that may be given several times."""
    return tuple(output for outputs in value for output in outputs) or (Output("full"),)


OUTPUT_OPTIONS = (
    click.option(
        "--output-format",
        "outputs",
        type=Outputs(),
        multiple=True,
        callback=flattened,
        metavar="FORMATS",
        help=f"How findings are written: {', '.join(OUTPUT_FORMATS)}. With =FILE into a file; several with "
        "commas (full,sarif=found.sarif).  [default: full]",
    ),
    click.option(
        "--output-file",
        type=click.Path(dir_okay=False),
        metavar="FILE",
        help="Write the findings to this file, not to standard output.",
    ),
)


def settled(
    outputs: tuple[Output, ...], output_file: str | None, *, statistics: bool, explain: bool
) -> tuple[Output, ...]:
    """The outputs with the file for what names none. Raises UsageError for what contradicts itself."""
    outputs = tuple(output._replace(path=output.path or output_file) for output in outputs)
    if output_file is not None and all(output.path != output_file for output in outputs):
        raise click.UsageError(
            f"nothing is left to be written to {output_file}: every format names its own file"
        )
    if explain and (statistics or all(output.format != EXPLAINED for output in outputs)):
        raise click.UsageError(
            f"--explain explains findings in the format {EXPLAINED}, and none are listed in that; the "
            "formats that programs read hold the evidence in any case"
        )
    seen: set[str | None] = set()
    for _, path in outputs:
        real = path and os.path.realpath(path)
        if real in seen:
            where = "standard output" if path is None else path
            raise click.UsageError(f"two formats cannot both be written to {where}")
        seen.add(real)
    for output in outputs:
        if statistics and output.format not in COUNTED:
            raise click.UsageError(
                f"--statistics counts findings, and the format {output.format} lists them"
            )
    return outputs


@contextlib.contextmanager
def opened(path: str | None, standard: TextIO) -> Iterator[TextIO]:
    """The stream for an output. A file is written whole or not at all. Raises UsageError."""
    if path is None:
        yield standard
        return
    # A device or a pipe is written to: it must never be replaced by a file of its name.
    in_place = os.path.exists(path) and (path.startswith("/dev/") or not os.path.isfile(path))
    target = os.path.realpath(path)
    written = path if in_place else f"{target}.{os.getpid()}.tmp"
    try:
        with open(written, "a" if in_place else "w", encoding="utf-8", newline="\n") as file:
            yield file
        if not in_place:
            os.replace(written, target)
    except OSError as error:
        raise click.UsageError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        if not in_place:
            with contextlib.suppress(OSError):
                os.unlink(written)


@contextlib.contextmanager
def told_where_unwritable() -> Iterator[None]:
    """Raise UsageError where standard output takes no more, as on a full disk."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:  # its reader has seen enough
        raise
    except OSError as error:
        # What is left in the buffers would fail once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.UsageError(f"standard output cannot be written: {error.strerror}") from error


def refuse_unwritable(outputs: tuple[Output, ...]) -> None:
    """Raise UsageError for a file that could not be written when the work is done."""
    for _, path in outputs:
        if path is None:
            continue
        folder = os.path.dirname(os.path.realpath(path))
        if os.path.isdir(path):
            raise click.UsageError(f"{path}: cannot be written: it is a folder")
        if os.path.exists(path) and not os.path.isfile(path):
            continue
        if not os.path.isdir(folder):
            raise click.UsageError(
                f"{path}: cannot be written: there is no folder {os.path.dirname(path)}"
            )
        if not os.access(folder, os.W_OK) or (
            os.path.exists(path) and not os.access(path, os.W_OK)
        ):
            raise click.UsageError(f"{path}: cannot be written: permission denied")


def terminal_width(stream: TextIO) -> int | None:
    """The cells of a terminal; None for anything else."""
    if stream is not sys.stdout and stream is not sys.stderr:
        return None
    return (os.get_terminal_size(stream.fileno()).columns or 80) if stream.isatty() else None
