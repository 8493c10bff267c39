"""A catalogue of a few rules of two families, so that these tests hold whatever rules there are."""

import pytest

from kanwu.engine.discovery import Catalogue
from kanwu.engine.finding import Safety, Severity
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.rule import Bad, Good, Option, Rule


class Silent(Rule):
    def check(self, document, places):
        yield from ()


class WrongComma(Silent):
    """A comma is wrong.

    It should be right.

    **What it leaves alone.** Commas that are right.
    """

    code = "PUN001"
    name = "wrong-comma"
    safety = Safety.SAFE
    least = Option(3, "fewest commas that count", minimum=1)
    marks = Option((",",), "the marks that count")
    width = Option("full", "the width that is right", choices=("full", "half"))
    strict = Option(False, "whether doubtful commas count")
    share = Option(0.5, "share of wrong commas", minimum=0)
    examples = (
        Bad("你好,世界", fixed="你好，世界"),
        Bad("\u200b行\u3000尾  \n下一行", fixed="", options={"least": 2}, markup="markdown"),
        Good("你好，世界"),
    )


class WrongDash(Silent):
    """A dash is wrong."""

    code = "PUN002"
    name = "wrong-dash"
    severity = Severity.INFO
    safety = Safety.UNSAFE
    default = False


class LostByte(Silent):
    """A byte is lost."""

    code = "ENC001"
    name = "lost-byte"
    severity = Severity.ERROR


class OddByte(Silent):
    """A byte is odd."""

    code = "ENC002"
    name = "odd-byte"
    default = False


RULES = (WrongComma, WrongDash, LostByte, OddByte)


@pytest.fixture(scope="session")
def catalogue():
    return Catalogue(
        [*((rule, "example") for rule in RULES), *((r, "kanwu") for r in INTERNAL_RULES)]
    )


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working folder with no configuration above it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
