"""Derive the table by which EUC-TW is read, out of Big5.

    python bench/derive_cns_runs.py > lint/kanwu/documents/euc_tw.toml

CNS 11643 holds the characters of Big5 in the same order, but for a few dozen that were moved; a run is a
row of neighbours in both. What each code of planes 1 and 2 means is asked of the system's `iconv`, and
what the characters are in Big5 of Python. Characters that Big5 lacks are listed one by one.
"""

from __future__ import annotations

import subprocess
from typing import NamedTuple

SIDE = 94
"""So many rows a plane has, and so many characters a row."""
WIDTH = 100

HEADER = """\
# Where the characters of Big5 stand in CNS 11643, planes 1 and 2.
#
# Source: the standard CNS 11643-1992; made by bench/derive_cns_runs.py from what the codes mean to
# iconv and to Python. These are facts of two standards.
#
# A run is “first place in the plane, first place in Big5, length”. Places count from 0, in a plane by 94
# to the row from 0xA1A1 on, in Big5 by 157 from 0xA140 on. `others` are the characters of plane 1 that
# Big5 lacks, each after its place.
"""


class Run(NamedTuple):
    """Neighbours in CNS 11643 that are neighbours in Big5."""

    cns: int
    big5: int
    length: int


def plane(number: int) -> dict[int, str]:
    """The characters of a plane by their places."""
    prefix = bytes((0x8E, 0xA0 + number)) if number > 1 else b""
    codes = {at: prefix + bytes((0xA1 + at // SIDE, 0xA1 + at % SIDE)) for at in range(SIDE**2)}
    # A row at a time where it is full, which most are.
    found: dict[int, str] = {}
    for row in range(0, SIDE**2, SIDE):
        places = range(row, row + SIDE)
        text = converted(b"\n".join(codes[at] for at in places))
        if text is not None:
            found |= zip(places, text.split("\n"), strict=True)
        else:
            found |= {at: one for at in places if (one := converted(codes[at]))}
    return found


def converted(data: bytes) -> str | None:
    """EUC-TW as text, None where a code means nothing."""
    command = ["iconv", "-f", "EUC-TW", "-t", "UTF-8"]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    return None if done.returncode else done.stdout.decode()


def runs(characters: dict[int, str]) -> tuple[list[Run], dict[int, str]]:
    """The runs of a plane, and the characters that Big5 lacks."""
    found: list[Run] = []
    others: dict[int, str] = {}
    for at, character in sorted(characters.items()):
        try:
            lead, trail = character.encode("big5")
        except UnicodeEncodeError:
            others[at] = character
            continue
        place = (lead - 0xA1) * 157 + trail - (0x40 if trail < 0x80 else 0xA1 - 63)
        last = found[-1] if found else Run(-1, -1, 0)
        if (last.cns + last.length, last.big5 + last.length) == (at, place):
            found[-1] = last._replace(length=last.length + 1)
        else:
            found.append(Run(at, place, 1))
    return found, others


def wrapped(items: list[str]) -> str:
    """Items on lines that are not too long."""
    lines = [""]
    for item in items:
        if len(lines[-1]) + len(item) + 2 > WIDTH:
            lines.append("")
        lines[-1] += f"{'  ' if lines[-1] else ''}{item}"
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    print(HEADER, end="")
    for number in (1, 2):
        found, others = runs(plane(number))
        print(
            f'plane{number} = """', wrapped([f"{a} {b} {n}" for a, b, n in found]), '"""', sep="\n"
        )
        if others:
            print(
                'others = """', wrapped([f"{at} {c}" for at, c in others.items()]), '"""', sep="\n"
            )


if __name__ == "__main__":
    main()
