"""Passages of a text that are written in the other of the two Chinese scripts."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from kanwu import Pattern, read_table
from kanwu.analysis.languages import KANA, Language, Languages
from kanwu.analysis.lines import Lines
from kanwu.analysis.roles import Role, Roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu import Document

FEWEST = 3
"""Characters of the other script that make a passage."""
FEWEST_KINDS = 2
"""Different ones among them."""
REACH = 12
"""Code points between two of them in one passage inside a line."""
SURPLUS = 3
"""So many times as many characters of the other script as of the text's own put a line into the other."""
# Characters of everyday words, which are rare in names.
EVERYDAY = frozenset(
    "這們個來說時為會對學發經過還進動種車開見問間無樣與從實現當關於點機業產體將員場處設議論記認證"
    "数數总總内內并並运運权權联聯请請单單号號备備头頭买買审審应應书書话話"
    "这们个来说时为会对学发经过还进动种车开见问间无样与从实现当关点机业产体将员场处设议论记认证"
)
EXEMPT_ROLES = frozenset((Role.VERSE, Role.CODE, Role.NAVIGATION))
PAIRS = dict(zip("”’」』》〉）)】〕]", "“‘「『《〈（(【〔[", strict=True))
# A text about the scripts has words of both.
NAME_OF_SCRIPT = Pattern("[简簡繁] [体體化]")
MOST_NAMES = 3
MARK = Pattern(r"[“”‘’「」『』《》〈〉（）()【】〔〕\[\]]")


class Passage(NamedTuple):
    """Text in the other script."""

    spans: tuple[tuple[int, int], ...]
    """Its parts: a span inside a line, or whole lines without what stands between them."""
    characters: int
    """How many of its characters belong to that script alone."""


class Mixture(NamedTuple):
    """What a document in two scripts holds of the one that it has less of."""

    script: str
    """`simplified` or `traditional`."""
    passages: Sequence[Passage]


@cache
def markers(script: str) -> Pattern:
    """A pattern for the characters that are written in one script alone."""
    table = read_table(__file__, "markers.toml")
    return Pattern("[" + table[script].replace("\n", "") + "]")


def is_traditional(text: str) -> bool:
    """Whether a text has characters that only traditional Chinese writes, and none that only simplified does."""
    return (
        markers("simplified").search(text) is None
        and markers("traditional").search(text) is not None
    )


class Scripts:
    """What a document holds of either script."""

    __slots__ = ("mixture",)

    def __init__(self, mixture: Mixture | None) -> None:
        self.mixture = mixture
        """The other script's passages; None where it has but one script, or none."""

    @classmethod
    def of(cls, document: Document) -> Scripts:
        return cls(mixture(document))


def mixture(document: Document) -> Mixture | None:
    """The other script's passages in a document; None where it has but one script, or none."""
    text = document.text
    counts: dict[str, int] = {}
    for script in ("traditional", "simplified"):
        counts[script] = len(markers(script).compiled.findall(text))
        if counts[script] < FEWEST:
            return None
    if len(NAME_OF_SCRIPT.compiled.findall(text)) > MOST_NAMES:
        return None
    script, own = sorted(counts, key=counts.__getitem__)
    return Mixture(script, list(passages(document, markers(script), markers(own))))


def passages(document: Document, other: Pattern, own: Pattern) -> Iterator[Passage]:
    """The passages around the characters of the other script, in order."""
    text, lines = document.text, document.get(Lines)
    block: list[tuple[int, int]] = []
    size = 0
    last = -1
    offsets = (match.start() for match in other.finditer(text))
    for line, group in groupby(offsets, key=lines.index):
        here = list(group)
        # What is asked about few lines is asked first.
        if not is_enough(text, here) or is_exempt(document, line):
            continue
        bounds = lines.starts[line], lines.ends[line]
        found = outside_quotations(text, bounds, here)
        if not is_enough(text, found):
            continue
        # A paragraph in the text's own script ends the passage; lines that tell nothing do not.
        if block and own.search(text, lines.starts[last + 1], lines.starts[line]):
            yield Passage(tuple(block), size)
            block, size = [], 0
        rivals = [match.start() for match in own.finditer(text, *bounds)]
        if len(found) >= SURPLUS * len(rivals):
            block.append(bounds)
            size += len(found)
            last = line
            continue
        if block:
            yield Passage(tuple(block), size)
            block, size = [], 0
        inside = [c for c in clusters(found, rivals) if is_enough(text, c)]
        everyday = {text[at] for at in found} & EVERYDAY
        if not inside and len(everyday) >= FEWEST_KINDS:
            inside = [found]
        for cluster in inside:
            yield Passage(((cluster[0], cluster[-1] + 1),), len(cluster))
    if block:
        yield Passage(tuple(block), size)


def is_exempt(document: Document, line: int) -> bool:
    """Whether a line may be in any script: verse, code, links, and Japanese, which has both kinds of forms."""
    if KANA.search(document.get(Lines)[line]) or (
        document.get(Languages).of_line(line) is not Language.ZH
    ):
        return True
    return document.get(Roles).of_lines[line] in EXEMPT_ROLES


def is_enough(text: str, offsets: Sequence[int]) -> bool:
    """Whether some characters of the other script are more than a name or a slip."""
    return len(offsets) >= FEWEST and len({text[at] for at in offsets}) >= FEWEST_KINDS


def outside_quotations(text: str, bounds: tuple[int, int], offsets: Sequence[int]) -> list[int]:
    """The offsets in a line that stand in no pair of quotes or brackets."""
    opened: list[tuple[str, int]] = []
    quoted: list[tuple[int, int]] = []
    for match in MARK.finditer(text, *bounds):
        mark, at = match[0], match.start()
        opener = PAIRS.get(mark)
        if opener is None:
            opened.append((mark, at))
        elif opened and opened[-1][0] == opener:
            _, start = opened.pop()
            while quoted and quoted[-1][0] > start:
                quoted.pop()
            quoted.append((start, at))
    kept = []
    index = 0
    for at in offsets:
        while index < len(quoted) and quoted[index][1] < at:
            index += 1
        if index == len(quoted) or at < quoted[index][0]:
            kept.append(at)
    return kept


def clusters(offsets: Sequence[int], rivals: Sequence[int]) -> Iterator[list[int]]:
    """The offsets in groups that lie close together, with none of the rivals between."""
    cluster: list[int] = []
    index = 0
    for at in offsets:
        while index < len(rivals) and rivals[index] < at:
            index += 1
        parted = index > 0 and cluster and rivals[index - 1] > cluster[-1]
        if cluster and (parted or at - cluster[-1] > REACH):
            yield cluster
            cluster = []
        cluster.append(at)
    if cluster:
        yield cluster
