"""Check digits: the character of an identifier that follows from all the others.

Each function takes an identifier without spaces and hyphens, in capital letters, and returns the check
character that it should have. What it has at that place is not looked at. Raises ValueError for a character
that the identifier cannot hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CREDIT_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
VEHICLE_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
# Of ISO 3779: I, O and Q are not used.
VEHICLE = dict(
    zip(
        "0123456789ABCDEFGHJKLMNPRSTUVWXYZ",
        map(int, "012345678912345678123457923456789"),
        strict=True,
    )
)


def mod_11_2(number: str) -> str:
    """The last character by ISO/IEC 7064 MOD 11-2: identity numbers (GB 11643), ORCID."""
    remainder = 0
    for character in number[:-1]:
        remainder = (remainder + int(character)) * 2 % 11
    return "0123456789X"[(12 - remainder) % 11]


def credit_code(number: str) -> str:
    """The last character of a unified social credit code (GB 32100)."""
    total = weighed(map(CREDIT_CODE.index, number[:-1]), CREDIT_WEIGHTS)
    return CREDIT_CODE[-total % 31]


def organisation_code(number: str) -> str:
    """The last character of an organisation code (GB 11714)."""
    total = weighed(map(ORGANISATION.index, number[:-1]), ORGANISATION_WEIGHTS)
    return "0123456789X"[-total % 11]


def isbn_10(number: str) -> str:
    """The last character of an ISBN of ten or an ISSN, both by modulus 11 with falling weights."""
    total = weighed(map(int, number[:-1]), range(len(number), 1, -1))
    return "0123456789X"[-total % 11]


def ean(number: str) -> str:
    """The last digit of an ISBN of thirteen or another number of EAN-13."""
    total = weighed(map(int, number[:-1]), (1, 3) * (len(number) // 2))
    return str(-total % 10)


def luhn(number: str) -> str:
    """The last digit of a bank card (ISO/IEC 7812-1)."""
    total = 0
    for place, character in enumerate(reversed(number[:-1])):
        digit = int(character)
        total += digit if place % 2 else digit * 2 - 9 * (digit > 4)
    return str(-total % 10)


def vehicle(number: str) -> str:
    """The ninth character of a vehicle identification number (GB 16735)."""
    try:
        return "0123456789X"[weighed((VEHICLE[c] for c in number), VEHICLE_WEIGHTS) % 11]
    except KeyError as error:
        raise ValueError(number) from error


def weighed(values: Iterable[int], weights: Sequence[int]) -> int:
    """The sum of values, each multiplied by its weight."""
    return sum(value * weight for value, weight in zip(values, weights, strict=False))
