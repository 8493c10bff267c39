"""ISBNs and credit codes with the book or the organisation that they stand beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kanwu import Literals, Pattern
from kanwu.analysis.lines import Lines
from kanwu_rules.contacts.identifiers import folded
from kanwu_rules.figures.check_digits import CREDIT_CODE, credit_code, ean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kanwu import Document, Span

LONGEST_LINE = 3000
FARTHEST = 3
"""Lines between a number and the name above or below it."""

# Volumes and sets are sold under one number.
OF_A_SET = Pattern(
    r"[上中下全][册冊卷部集]|[套函辑輯]|第[0-9一二三四五六七八九十]{1,3}[册冊卷部集]|[（(][上中下][)）]"
)


class System(NamedTuple):
    """A system of numbers whose check digits make a valid one unmistakable, and who has them."""

    kind: str
    number: Pattern
    check: Callable[[str], str]
    owner: Pattern
    labels: tuple[str, ...]


SYSTEMS = (
    System(
        "isbn",
        Pattern(r"(?<![0-9A-Za-z./-])97[89](?:[ -]?[0-9]){10}(?![0-9A-Za-z/-])"),
        ean,
        Pattern(r"《([^《》]{1,40})》"),
        ("ISBN", "978-"),
    ),
    System(
        "credit",
        Pattern(r"(?<![0-9A-Za-z])[0-9A-Y][0-9A-Y][0-9]{6}[0-9A-Y]{10}(?![0-9A-Za-z])"),
        credit_code,
        Pattern(
            r"""
            (?<![㐀-鿿]) (?:(?:公司|企业|企業|单位|單位|机构|機構)?(?:名称|名稱)[:]?)?
            ( (?=[㐀-鿿]) [㐀-鿿()]{2,40}
              (?: 公司 | [厂廠] | 合作社 | 事务所 | 事務所 | 中心 | 医院 | 醫院 | 学校 | 學校 | 大学 | 大學
                | 协会 | 協會 | 学会 | 學會 | 基金会 | 基金會 | 研究院 | 研究所 ) )
            (?! (?!的|[统統]一|社[会會])[㐀-鿿] )
            """
        ),
        ("社会信用代码", "社會信用代碼"),
    ),
)
REGISTERED = Literals(*(label for system in SYSTEMS for label in system.labels))


class Registered(NamedTuple):
    """A valid number at code points `start` to `end` of a text, and what it was given to."""

    kind: str
    number: str
    owner: str
    start: int
    end: int


class Row(NamedTuple):
    """A line with numbers of a system, or with names that may have them."""

    line: int
    numbers: tuple[Registered, ...]
    owners: tuple[str, ...]


def registered(document: Document, places: Sequence[Span]) -> Iterator[Registered]:
    """The numbers of the systems that a document names, as far as it is plain whose they are."""
    text = document.text
    named = {
        folded(text[start:end]).upper()
        for start, end in places
        if end - start <= len("社会信用代码")
    }
    for system in SYSTEMS:
        if not named.isdisjoint(system.labels):
            yield from owned(rows(document.get(Lines), system))


def rows(lines: Lines, system: System) -> list[Row]:
    """The lines of a document that hold numbers of a system or names, very long ones left out."""
    found = []
    for line, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
        if end - start > LONGEST_LINE:
            continue
        said = folded(lines.text[start:end])
        numbers = []
        for match in system.number.finditer(said):
            number = match[0].replace("-", "").replace(" ", "")
            if set(number) <= set(CREDIT_CODE) and system.check(number) == number[-1]:
                at = start + match.start(), start + match.end()
                numbers.append(Registered(system.kind, number, "", *at))
        owners = tuple(match[1] for match in system.owner.finditer(said))
        if numbers or owners:
            sets = OF_A_SET.search(said) is not None
            found.append(Row(line, tuple(numbers), ("",) * len(owners) if sets else owners))
    return found


def owned(found: Sequence[Row]) -> Iterator[Registered]:
    """Numbers with their owners: in their line, as many names as numbers; else above, or below."""
    bare = [at for at, row in enumerate(found) if len(row.numbers) == 1 and not row.owners]
    step = 1 if bare and not is_name_row(found, bare[0] - 1, bare[0]) else -1
    alone = frozenset(bare)
    for at, row in enumerate(found):
        owners = row.owners
        if at in alone and is_name_row(found, at + step, at):
            owners = found[at + step].owners
        if len(owners) == len(row.numbers):
            for number, owner in zip(row.numbers, owners, strict=True):
                if owner:
                    yield number._replace(owner=owner)


def is_name_row(found: Sequence[Row], at: int, beside: int) -> bool:
    """Whether a row near another one holds one name and no number."""
    if not 0 <= at < len(found):
        return False
    row = found[at]
    near = abs(row.line - found[beside].line) <= FARTHEST
    return near and len(row.owners) == 1 and not row.numbers
