"""`--diff`: what `fix` would write, as a unified diff that `git apply` and `patch` accept."""

from __future__ import annotations

import io
import os
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from kanwu.documents.decoding import encode
from kanwu.documents.document import Encoding
from kanwu.documents.transcoding import is_wide
from kanwu.reporters.alignment import Block, changed_blocks
from kanwu.reporters.terminal import Palette, readable, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

CONTEXT = 3
NO_NEWLINE = "\\ No newline at end of file"

# Changed parts of a line are looked for where the code points of its two states multiply to no more.
LARGEST_COMPARED = 250_000


def write_diff(
    stream: TextIO,
    path: str,
    old: str,
    new: str,
    encoding: Encoding | None = None,
    *,
    new_encoding: Encoding | None = None,
    color: bool = False,
) -> bool:
    """Write the difference between two texts of a file, and say whether there is any.

    Without colour these are the bytes of the file in its encoding, line ends as they are, which is
    what programs that apply a diff compare. Lines end at LF only, as they do for those programs.
    With colour it is text for a terminal, what is invisible made visible. A file in UTF-16 or UTF-32
    is shown as UTF-8: no program applies a diff to it. Where `new_encoding` is another one, a line
    before the difference says so, which those programs pass over.

    Raises UnicodeEncodeError where the encoding lacks a character of a text.
    """
    encoding = encoding or Encoding()
    new_encoding = new_encoding or encoding
    before = _Side.of(old, encoding, shown=color)
    after = _Side.of(new, new_encoding, shown=color)
    blocks = changed_blocks(before.lines, after.lines, before.keys(), after.keys())
    converted = new_encoding != encoding
    if not blocks and not converted:
        return False
    if color:
        if converted:
            stream.write(f"{visible(path)}: {_conversion(encoding, new_encoding)}\n")
        stream.writelines(_coloured(path, before, after, blocks) if blocks else ())
        return True
    note = (
        os.fsencode(path.replace("\n", " ")) + f": {_conversion(encoding, new_encoding)}\n".encode()
    )
    plain = [note] * converted + list(_plain(path, before, after, blocks) if blocks else ())
    if isinstance(stream, io.TextIOWrapper):
        stream.flush()
        stream.buffer.writelines(plain)
    else:
        stream.writelines(line.decode("utf-8", "surrogateescape") for line in plain)
    return True


class _Side(NamedTuple):
    """One state of a file: its lines with their ends, as text and as bytes."""

    texts: list[str]
    lines: list[bytes]

    @classmethod
    def of(cls, text: str, encoding: Encoding, *, shown: bool) -> _Side:
        """A text as its bytes, or as UTF-8 where it is only shown or no program applies the diff."""
        mark = "\ufeff" if encoding.bom else ""
        if shown or is_wide(encoding.codec):
            data = (mark + text).encode("utf-8", "backslashreplace")
        else:
            data = encode(text, encoding)
        texts = [part + "\n" for part in (mark + text).split("\n")]
        lines = [part + b"\n" for part in data.split(b"\n")]
        texts[-1], lines[-1] = texts[-1][:-1], lines[-1][:-1]
        if not lines[-1]:
            texts.pop()
            lines.pop()
        return cls(texts, lines)

    def keys(self) -> list[str]:
        """What is the same in a line after its punctuation, spaces and hidden characters changed."""
        return ["".join(filter(str.isalnum, text)) for text in self.texts]


def _conversion(old: Encoding, new: Encoding) -> str:
    return " to ".join(
        encoding.name + (" with a byte-order mark" if encoding.bom else "")
        for encoding in (old, new)
    )


class _Hunk(NamedTuple):
    """Blocks that stand near one another, and the lines from the first one's context to the last's."""

    whole: Block
    blocks: list[Block]

    def header(self) -> str:
        old_start, old_end, new_start, new_end = self.whole
        return f"@@ -{_range(old_start, old_end)} +{_range(new_start, new_end)} @@"


def _range(start: int, end: int) -> str:
    """Lines as a hunk's header counts them: from 1, an empty range by the line before it."""
    if end - start == 1:
        return str(end)
    return f"{start + (end > start)},{end - start}"


def _hunks(blocks: Sequence[Block], lines: int) -> Iterator[_Hunk]:
    """The blocks in groups whose contexts touch; `lines` counts those of the old file."""
    first = 0
    for index, block in enumerate(blocks):
        if index + 1 < len(blocks) and blocks[index + 1].old_start - block.old_end <= 2 * CONTEXT:
            continue
        start, end = blocks[first], block
        lead = min(CONTEXT, start.old_start)
        tail = min(CONTEXT, lines - end.old_end)
        whole = Block(
            start.old_start - lead, end.old_end + tail, start.new_start - lead, end.new_end + tail
        )
        yield _Hunk(whole, list(blocks[first : index + 1]))
        first = index + 1


def _plain(path: str, old: _Side, new: _Side, blocks: Sequence[Block]) -> Iterator[bytes]:
    yield b"--- " + _label("a", path) + b"\n+++ " + _label("b", path) + b"\n"
    for hunk in _hunks(blocks, len(old.lines)):
        yield hunk.header().encode() + b"\n"
        at = hunk.whole.old_start
        for block in hunk.blocks:
            yield from _signed(b" ", old.lines[at : block.old_start])
            yield from _signed(b"-", old.lines[block.old_start : block.old_end])
            yield from _signed(b"+", new.lines[block.new_start : block.new_end])
            at = block.old_end
        yield from _signed(b" ", old.lines[at : hunk.whole.old_end])


def _signed(sign: bytes, lines: Sequence[bytes]) -> Iterator[bytes]:
    for line in lines:
        end = b"" if line.endswith(b"\n") else f"\n{NO_NEWLINE}\n".encode()
        yield sign + line + end


def _label(side: str, path: str) -> bytes:
    """A file's name in a header, as git writes it: quoted where it would be read otherwise."""
    name = os.fsencode(f"{side}/{path.lstrip('/')}")
    if all(byte >= 0x20 and byte not in b'"\\\x7f' for byte in name):
        return name + (b"\t" if b" " in name else b"")
    quoted = b"".join(
        b"\\%03o" % byte if byte < 0x20 or byte in b'"\\\x7f' else bytes([byte]) for byte in name
    )
    return b'"' + quoted + b'"'


def _coloured(path: str, old: _Side, new: _Side, blocks: Sequence[Block]) -> Iterator[str]:
    palette = Palette(enabled=True)
    yield palette("strong", f"--- a/{visible(path)}\n+++ b/{visible(path)}") + "\n"
    for hunk in _hunks(blocks, len(old.lines)):
        yield palette("hunk", hunk.header()) + "\n"
        at = hunk.whole.old_start
        for block in hunk.blocks:
            yield from (_row(" ", readable(_bare(t)), t) for t in old.texts[at : block.old_start])
            yield from _changed_rows(
                palette,
                old.texts[block.old_start : block.old_end],
                new.texts[block.new_start : block.new_end],
            )
            at = block.old_end
        yield from (_row(" ", readable(_bare(t)), t) for t in old.texts[at : hunk.whole.old_end])


def _row(sign: str, shown: str, text: str) -> str:
    return f"{sign}{shown}\n" if text.endswith("\n") else f"{sign}{shown}\n{NO_NEWLINE}\n"


def _bare(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r")


def _changed_rows(palette: Palette, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """A block's lines, the parts that changed reversed where lines can be compared one by one."""
    if len(old) == len(new):
        pairs = [
            _parts(a.removesuffix("\n"), b.removesuffix("\n"))
            for a, b in zip(old, new, strict=True)
        ]
    else:
        pairs = []
    for sign, style, side, texts in (("-", "removed", 0, old), ("+", "added", 1, new)):
        for index, text in enumerate(texts):
            parts = pairs[index][side] if pairs else [(False, _bare(text))]
            shown = "".join(
                palette(f"{style}-part", visible(part))
                if differs
                else palette(style, readable(part))
                for differs, part in parts
            )
            yield _row(palette(style, sign), shown, text)


Parts = list[tuple[bool, str]]


def _parts(old: str, new: str) -> tuple[Parts, Parts]:
    """Both states of a line in parts, each with whether it differs from the other state."""
    if old.endswith("\r") and new.endswith("\r"):
        old, new = old[:-1], new[:-1]
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    middle = old[start : len(old) - end], new[start : len(new) - end]
    sides: tuple[Parts, Parts] = ([(False, old[:start])], [(False, new[:start])])
    if len(middle[0]) * len(middle[1]) > LARGEST_COMPARED:
        spans = [("replace", 0, len(middle[0]), 0, len(middle[1]))]
    else:
        spans = list(SequenceMatcher(None, *middle, autojunk=False).get_opcodes())
    for tag, a, a_end, b, b_end in spans:
        sides[0].append((tag != "equal", middle[0][a:a_end]))
        sides[1].append((tag != "equal", middle[1][b:b_end]))
    for side in sides:
        side.append((False, old[len(old) - end :]))
    return sides


def _shared(one: str, other: str) -> int:
    """How many characters two strings have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
