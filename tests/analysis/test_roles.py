"""The role of each line, on the seeds and on small documents of other genres."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kanwu.analysis.lines import Lines
from kanwu.analysis.roles import Roles
from kanwu.documents.document import Document

LABELS = Path(__file__).parent / "roles"
SEEDS = tomllib.loads((LABELS / "seeds.toml").read_text(encoding="utf-8"))
GENRES = tomllib.loads((LABELS / "genres.toml").read_text(encoding="utf-8"))["document"]


def numbers(items):
    for item in items:
        first, _, last = str(item).partition("-")
        yield from range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("name", SEEDS)
def test_every_line_of_the_seeds(name, seeds):
    document = Document((seeds / name).read_bytes().decode())
    labels = {n: role for role, items in SEEDS[name].items() for n in numbers(items)}
    lines = document.get(Lines)
    expected = [
        labels.get(number, "body" if line.strip() else "blank")
        for number, line in enumerate(lines, 1)
    ]
    found = [str(role) for role in document.get(Roles).of_lines]
    wrong = {
        number: (lines[number - 1][:20], role, label)
        for number, (role, label) in enumerate(zip(found, expected, strict=True), 1)
        if role != label
    }
    assert not wrong


def genres():
    for case in GENRES:
        marks = [pytest.mark.xfail(strict=True)] if case.get("known-failure") else []
        yield pytest.param(case, id=case["note"], marks=marks)


@pytest.mark.parametrize("case", list(genres()))
def test_other_genres(case):
    document = Document(case["text"], markup=case.get("markup", "plain"))
    assert " ".join(document.get(Roles).of_lines) == case["roles"]


@given(st.text("甲乙，。 \n\r\t1A#-|:>（", max_size=60), st.sampled_from(["plain", "markdown"]))
def test_every_line_has_a_role_and_blank_lines_are_blank(text, markup):
    document = Document(text, markup=markup)
    lines = document.get(Lines)
    roles = document.get(Roles).of_lines
    assert len(roles) == len(lines)
    if markup == "plain":
        blank = [role for role, line in zip(roles, lines, strict=True) if not line.strip()]
        assert set(blank) <= {"blank"}
