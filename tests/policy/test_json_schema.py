"""The JSON schema for editors says what reading a configuration says."""

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from kanwu.engine.discovery import discover
from kanwu.policy.json_schema import OF_READERS, json_schema
from kanwu.policy.keys import KEYS, read_table
from kanwu.policy.presets import preset_names, preset_text
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.vocabulary import Vocabulary

SCHEMA = json_schema(discover())
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def validator():
    kind = jsonschema.validators.validator_for(SCHEMA)
    kind.check_schema(SCHEMA)
    return kind(SCHEMA)


def test_every_key_has_a_schema(validator):
    assert set(SCHEMA["properties"]) == set(KEYS)
    assert {key.read for key in KEYS.values()} == set(OF_READERS)
    for name, schema in SCHEMA["properties"].items():
        if schema["default"] is not None:
            assert validator.is_valid({name: schema["default"]}), name


@pytest.mark.parametrize(
    "text",
    [
        *(key.example for key in KEYS.values()),
        *map(preset_text, preset_names()),
        "",
        'extend = "preset:training"',
        'extend = "../kanwu.toml"',
        'select = ["all", "pun", "SHO001", "shop-advertisement"]',
        "rules.shop-advertisement.anything = 1",
    ],
)
def test_what_can_be_used_is_valid(validator, text):
    validator.validate(tomllib.loads(text))


@pytest.mark.parametrize(
    "text",
    [
        'ignor = ["PUN"]',
        'extend = "preset:nonsense"',
        'select = "PUN"',
        "select = [1]",
        'severity = {PUN = "loud"}',
        "respect-ignore-files = 1",
        "extensions = ['txt']",
        "suppressions = [{}]",
        "suppressions = [{rules = ['PUN'], why = 'x'}]",
        "rules.half-width-punctuation.wide = true",
        "rules.half-width-punctuation.width = 'wide'",
        "rules.PUN013.most = 'many'",
        "rules.PUN013.most = 0",
        "fail-on = 'never'",
        "baseline = ''",
    ],
)
def test_what_cannot_be_used_is_invalid(validator, text):
    table = tomllib.loads(text)
    assert not validator.is_valid(table)
    with pytest.raises(ConfigurationError):
        read_table(table, Vocabulary(discover()))


def test_the_command_prints_it_and_the_page_is_not_stale(kanwu):
    printed = json.loads(kanwu("config", "--schema").stdout)
    assert printed == SCHEMA
    stored = (ROOT / "docs" / "kanwu.schema.json").read_text(encoding="utf-8")
    assert json.loads(stored) == SCHEMA, "run python docs/check.py --write"


def test_declared_rules_are_in_it(kanwu):
    kanwu.put(
        "house.toml",
        '[[rule]]\ncode = "SHO001"\nname = "shop"\nsummary = "A shop."\nlines = [{equals = ["甲"]}]\n',
    )
    printed = json.loads(kanwu("config", "--schema", "--rule-file", "house.toml").stdout)
    assert {"SHO001", "shop", "SHO"} <= set(printed["definitions"]["rules"]["anyOf"][0]["enum"])
