"""Numbers with a check digit: where they stand in a text, and what is wrong with them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from kanwu import Pattern, read_words
from kanwu.engine.finding import Excerpt
from kanwu_rules.contacts.identifiers import folded
from kanwu_rules.figures.check_digits import (
    credit_code,
    ean,
    isbn_10,
    luhn,
    mod_11_2,
    organisation_code,
    vehicle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kanwu import Place

# How far behind its label a number is looked for, and how far around it the words are read.
REACH = 70
NEAR = 30
AROUND = 30
MOST_LETTERS = 3

# What may stand between a label and its number: （13位）, 号码为：, No.
LEAD = Pattern(
    r"""
    (?: 号码 | 號碼 | [证證号號码碼为為是编編\s:(\[【\#=|、-] | (?i:no\.|number|id)
      | (?:10|13)(?=[\s:)]) | \([^()]{1,12}\)
    ){0,8}
    """
)
DIGIT = Pattern(r"[0-9０-９]")
TOKEN = Pattern(r"[0-9A-Za-z*×]+")
LONG_NUMBER = Pattern(r"[0-9][0-9 -]{5,40}[0-9Xx]?")
MASK = Pattern(r"[*×]|[xX]{2}")
# An ISBN in this form is none other even where no label stands near.
HYPHENATED_ISBN = Pattern(
    r"(?<![0-9A-Za-z./-])97[89]-[0-9]{1,5}-[0-9]{1,7}-[0-9]{1,7}-[0-9](?![0-9A-Za-z/-])"
)


class Scheme(NamedTuple):
    """One kind of number with a check digit."""

    name: str
    lengths: tuple[int, ...]
    """Numbers of characters, without spaces and hyphens."""
    letters: str
    """The letters that may stand before the check digit."""
    check: Callable[[str], str]
    begins: tuple[str, ...] = ("",)
    """What the number begins with; another is of a kind that has no check digit, or another one."""
    at: int = -1
    """Where its check character stands."""
    private: bool = False
    """Whether it is shown only in part."""


class Checked(NamedTuple):
    """A number at code points `start` to `end` of a text."""

    scheme: Scheme
    number: str
    """Without spaces and hyphens, full-width forms narrowed."""
    start: int
    end: int

    @property
    def shown(self) -> str:
        """The number as a report may show it."""
        return masked(self.number) if self.scheme.private else self.number


SCHEMES = {
    "identity": Scheme("identity number", (18,), "", mod_11_2, private=True),
    "credit": Scheme("unified social credit code", (18,), "ABCDEFGHJKLMNPQRTUWXY", credit_code),
    "taxpayer": Scheme(
        "unified social credit code",
        (18,),
        "ABCDEFGHJKLMNPQRTUWXY",
        credit_code,
        ("91", "92", "93"),
    ),
    "organisation": Scheme(
        "organisation code", (9,), "ABCDEFGHIJKLMNOPQRSTUVWXYZ", organisation_code
    ),
    "isbn": Scheme("ISBN", (10, 13), "", isbn_10),
    "issn": Scheme("ISSN", (8,), "", isbn_10),
    "card": Scheme("bank card number", (16, 17, 18, 19), "", luhn, ("62",), private=True),
    "vehicle": Scheme(
        "vehicle identification number", (17,), "ABCDEFGHJKLMNPRSTUVWXYZ", vehicle, ("L",), 8
    ),
    "orcid": Scheme("ORCID", (16,), "", mod_11_2, ("0000", "0009")),
    "barcode": Scheme("bar code", (13,), "", ean, ("69",)),
}
ISBN_10 = SCHEMES["isbn"]._replace(lengths=(10,))
ISBN_13 = SCHEMES["isbn"]._replace(lengths=(13,), check=ean, begins=("978", "979"))
# Behind these labels a number with one digit more or less is a slip, and behind the others another number.
COUNTED = frozenset(("identity", "isbn"))
# These systems write X for a check digit of ten.
X_ENDS = frozenset((mod_11_2, isbn_10, organisation_code))


def masked(number: str) -> str:
    """A number of which only the ends can be read."""
    return f"{number[:4]}{'*' * (len(number) - 6)}{number[-2:]}"


def labelled(text: str, kind: str, after: int) -> Checked | None:
    """The number of a kind that stands right behind a label, which ends at an offset of the text."""
    if not DIGIT.search(text, after, after + NEAR):
        return None  # as mostly: 身份证 is a word of prose
    window = folded(text[after : after + REACH])
    lead = LEAD.match(window)
    scheme = SCHEMES[kind]
    start = lead.end() if lead else 0
    number, end = "", start
    best: tuple[str, int] | None = None
    while (token := TOKEN.match(window, end)) and len(number) < max(scheme.lengths):
        number, end = number + token[0], token.end()
        if len(number) in scheme.lengths:
            best = number, end
            if number == token[0]:
                break
        if window[end : end + 1] not in (" ", "-", "–", "—"):
            break
        end += 1
    if best is not None:
        number, end = best
    if MASK.search(number) or TOKEN.match(window, end):
        return None
    if kind == "isbn":
        scheme = ISBN_13 if number.startswith(ISBN_13.begins) else ISBN_10
    if len(number) not in scheme.lengths and not (kind in COUNTED and is_one_off(scheme, number)):
        return None
    return Checked(scheme, number, after + start, after + end)


def is_one_off(scheme: Scheme, number: str) -> bool:
    """Whether a number of digits has one character too many or too few."""
    sizes = [abs(len(number) - length) for length in scheme.lengths]
    return min(sizes) == 1 and number[:-1].isdecimal()


def unlabelled(text: str, start: int) -> Checked | None:
    """An ISBN of thirteen digits with all its hyphens, which stands at an offset of the text."""
    match = HYPHENATED_ISBN.match(text, start)
    number = match[0].replace("-", "") if match else ""
    if match is None or len(number) != 13:
        return None
    return Checked(ISBN_13, number, start, match.end())


class Fault(NamedTuple):
    """What is wrong with a number: the id of a message, and its parameters."""

    message: str
    parameters: dict[str, str]


def fault(checked: Checked) -> Fault | None:
    """What is wrong with a number; None where nothing is, or where it is none of its kind."""
    scheme, number = checked.scheme, checked.number
    if len(number) not in scheme.lengths:
        sizes = " or ".join(map(str, scheme.lengths))
        told = scheme is not ISBN_10 and not is_placeholder(number)
        return Fault("length", {"count": str(len(number)), "expected": sizes}) if told else None
    letters = wrong_letters(scheme, number)
    alike = look_alikes()
    if len(letters) > MOST_LETTERS or any(letter not in alike for letter in letters):
        return None
    digits = number
    for letter in letters:
        digits = digits.replace(letter, alike[letter])
    digits = digits.upper()
    if is_placeholder(digits) or not digits.startswith(scheme.begins):
        return None
    try:
        expected = scheme.check(digits)
    except ValueError:
        return None
    right = digits[scheme.at] == expected
    if letters:
        said = "letter-fits" if right else "letter"
        return Fault(said, {"letter": letters[0], "digit": alike[letters[0]]})
    if not right:
        return Fault("check", {"expected": expected, "found": digits[scheme.at]})
    if scheme is SCHEMES["identity"] and not is_birth(digits):
        return Fault("birth", {})
    return None


def wrong_letters(scheme: Scheme, number: str) -> Sequence[str]:
    """The letters of a number that its system does not have at their place."""
    last = len(number) - 1
    return [
        c
        for place, c in enumerate(number)
        if c.isalpha()
        and not (c.upper() in scheme.letters and c not in "lo")
        and not (
            c in "Xx" and place in (last, scheme.at) and (scheme.check in X_ENDS or scheme.at >= 0)
        )
    ]


def is_placeholder(number: str) -> bool:
    """Whether somebody typed it to fill a space: 111111, 123456789012345678."""
    return (
        len(set(number[:-1])) < 4 or "0123456789012".find(number[:8]) >= 0 or "1234567890" in number
    )


def is_birth(number: str) -> bool:
    """Whether an identity number begins with a province and holds a date."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return number[:2] in _table()["provinces"]["codes"] and 1850 < born.year < 2100


@cache
def look_alikes() -> dict[str, str]:
    """Letters, and the digits that they are taken for."""
    return dict(_table()["look_alikes"])


def masked_place(at: Place) -> Place:
    """A place whose excerpt shows a number only in part, and of other long ones beside it nothing."""
    before, inside, after = at.excerpt
    before, after = (LONG_NUMBER.compiled.sub("***", beside) for beside in (before, after))
    return at._replace(excerpt=Excerpt(before, masked(inside), after))


def is_spoken_of(text: str, checked: Checked) -> bool:
    """Whether the words around a number say that it is an example, or wrong on purpose."""
    around = text[max(0, checked.start - AROUND) : checked.end + AROUND].lower()
    return any(word in around for word in _table()["spoken_of"]["words"])


@cache
def _table() -> dict[str, Any]:
    return read_words(__file__, "invalid_identifier.toml")
