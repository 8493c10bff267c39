"""A part of a dataset in two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.documents.datasets.parts import content

if TYPE_CHECKING:
    from kanwu.documents.datasets.parts import Part


def halved(path: str, part: Part) -> tuple[Part, Part] | None:
    """The first and the last rows of a part; None where it is one row. Raises UnreadableError."""
    if part.fault is not None:
        return None
    data = content(path, part)
    end = data.rfind(b"\n", 0, max(1, len(data) // 2)) + 1
    end = end or data.find(b"\n") + 1
    if end in {0, len(data)}:
        return None
    packed = part.data is not None
    return (
        part._replace(length=end, data=data[:end] if packed else None),
        part._replace(
            first=part.first + data.count(b"\n", 0, end),
            start=part.start + end,
            length=len(data) - end,
            data=data[end:] if packed else None,
        ),
    )
