"""invalid-identifier: check digits against the standards' examples, and what a report may show."""

import pytest

from kanwu import Document
from kanwu.testing import run
from kanwu_rules.figures import check_digits
from kanwu_rules.figures.invalid_identifier import InvalidIdentifier


@pytest.mark.parametrize(
    ("check", "number"),
    [
        (check_digits.mod_11_2, "11010519491231002X"),
        (check_digits.mod_11_2, "0000000218250097"),
        (check_digits.credit_code, "91350100M000100Y43"),
        (check_digits.organisation_code, "D2143569X"),
        (check_digits.isbn_10, "0306406152"),
        (check_digits.isbn_10, "03785955"),
        (check_digits.ean, "9780306406157"),
        (check_digits.luhn, "79927398713"),
    ],
)
def test_check_digits_of_known_numbers(check, number):
    assert check(number) == number[-1]


def test_the_check_digit_of_a_vehicle_stands_inside():
    assert check_digits.vehicle("1M8GDM9AXKP042788") == "X"


def test_no_report_shows_a_whole_identity_number():
    text = "身份证号110105194912310021，又110105194912310021，卡号6222021835461290479。"
    findings = run(InvalidIdentifier(), Document(text)).findings
    assert len(findings) == 2
    for finding in findings:
        shown = (str(finding.message), *finding.place.excerpt, *finding.evidence.values())
        assert not any("19491231" in part or "02183546" in part for part in shown)
