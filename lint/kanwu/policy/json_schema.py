"""The configuration as a JSON schema, for editors that complete and check TOML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from kanwu.documents.document import Markup
from kanwu.engine.finding import Severity
from kanwu.policy import values
from kanwu.policy.keys import KEYS
from kanwu.policy.presets import PREFIX, preset_names
from kanwu.policy.vocabulary import ALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.rule import Option

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
"""What editors for TOML understand."""
WORD = {"type": "string", "pattern": "^[^\\s]+$"}
"""Any word: rules may come from plugins and files of rules, in any letter case."""
TEXT = {"type": "string", "minLength": 1}


def listed(items: Schema) -> Schema:
    """A list of such items."""
    return {"type": "array", "items": items}


def table(entries: Schema) -> Schema:
    """A table of any keys with such values."""
    return {"type": "object", "additionalProperties": entries}


def ref(name: str) -> Schema:
    """What stands under this name in the definitions."""
    return {"$ref": f"#/definitions/{name}"}


SUPPRESSION: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "rules": listed(ref("rules")),
        "paths": listed(TEXT),
        "contains": listed(TEXT),
        "fingerprints": listed(TEXT),
        "reason": {"type": "string"},
    },
    "anyOf": [{"required": [name]} for name in ("rules", "fingerprints", "reason")],
}

OF_READERS: dict[Callable[..., Any], Schema] = {
    values.read_words: listed(ref("rules")),
    values.read_ignored: listed(ref("rules")),
    values.read_per_file: table(listed(ref("rules"))),
    values.read_suppressions: listed(SUPPRESSION),
    values.read_severities: {**table(ref("severity")), "propertyNames": ref("rules")},
    values.read_severity: ref("severity"),
    values.read_rule_options: ref("options"),
    values.read_files: listed(TEXT),
    values.read_patterns: listed(TEXT),
    values.read_extensions: listed({"type": "string", "pattern": "^\\.[^/]+$"}),
    values.read_strings: listed(TEXT),
    values.read_name: TEXT,
    values.read_markup: {"enum": list(get_args(Markup))},
    values.read_flag: {"type": "boolean"},
    values.read_folders: listed(TEXT),
    values.read_folder: TEXT,
    values.read_file: TEXT,
    values.read_extend: {"anyOf": [ref("extended"), listed(ref("extended"))]},
}
"""What each reader of values takes."""


def json_schema(catalogue: Catalogue) -> Schema:
    """The schema of kanwu.toml, which knows the rules of a catalogue by name."""
    rules = list(catalogue)
    words = [word for rule in rules for word in (rule.code, rule.name)]
    words += [*sorted(catalogue.families), ALL]
    options = {
        word: {
            "type": "object",
            "description": rule.summary(),
            "additionalProperties": False,
            "properties": {name: of_option(option) for name, option in rule.options().items()},
        }
        for rule in rules
        for word in (rule.code, rule.name)
        if rule.options()
    }
    return {
        "$schema": DIALECT,
        "title": "kanwu.toml",
        "description": "The configuration of kanwu, a linter for Chinese text",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            key.name: {
                "description": key.help,
                "default": key.plain_default,
                **OF_READERS[key.read],
            }
            for key in KEYS.values()
        },
        "definitions": {
            "rules": {"anyOf": [{"enum": words}, WORD]},
            "severity": {"enum": [str(severity) for severity in Severity]},
            "options": {"properties": options, **table({"type": "object"})},
            "extended": {
                "anyOf": [
                    {"enum": [PREFIX + name for name in preset_names()]},
                    {"type": "string", "pattern": f"^(?!{PREFIX}).+"},
                ]
            },
        },
    }


def of_option(option: Option[Any]) -> Schema:
    """What an option of a rule takes."""
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string"}
    default = option.default
    schema: Schema = {"description": option.help}
    if option.choices:
        schema["enum"] = list(option.choices)
    elif isinstance(default, tuple):
        schema |= listed({"type": "string"})
    else:
        schema["type"] = kinds[type(default)]
    if option.minimum is not None:
        schema["minimum"] = option.minimum
    schema["default"] = list(default) if isinstance(default, tuple) else default
    return schema
