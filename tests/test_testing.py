"""The test kit checks the translations that a rule brings along."""

import importlib.util
import sys

import pytest

from kanwu import Rule
from kanwu.testing import verify_translations


@pytest.fixture
def rule(tmp_path, monkeypatch):
    """A rule class whose module lies in a folder of its own."""
    path = tmp_path / "house.py"
    path.write_text(
        "from kanwu import Option, Rule\n"
        "class House(Rule):\n"
        "    code, name = 'HOU001', 'house'\n"
        "    least = Option(3, 'fewest signs')\n"
        "    messages = {'one': 'found {word}'}\n"
        "    def check(self, document, places):\n"
        "        yield from ()\n"
    )
    spec = importlib.util.spec_from_file_location("translated_house", path)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "translated_house", module)
    spec.loader.exec_module(module)
    assert issubclass(module.House, Rule)
    return module.House


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("[messages]\none = '有{word}'\n", None),
        ("[messages]\none = '有{words}'\n", r"the parameters \['words'\] and not \['word'\]"),
        ("[messages]\ntwo = '有'\n", "has no message two"),
        ("[options]\nmost = '最多'\n", r"has no options \['most'\]"),
        ("[terms.kind]\na = '甲'\n", r"no message has the parameters \['kind'\]"),
        ("summary = '一句话。'\n", "a page has a summary and a page"),
        ("title = '甲'\n", "unknown keys"),
    ],
)
def test_translations(rule, tmp_path, text, wrong):
    (tmp_path / "zh").mkdir()
    (tmp_path / "zh" / "house.toml").write_text(text, encoding="utf-8")
    if wrong is None:
        verify_translations(rule)
    else:
        with pytest.raises(AssertionError, match=wrong):
            verify_translations(rule)
