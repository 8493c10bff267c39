"""Reading declared rules: from what TOML gives to rule classes.

A file holds a list of tables, `[[rule]]`. Each reader raises Unacceptable with what it found and what
it expected.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING, Any

from kanwu.engine.bounded_patterns import BoundedPattern
from kanwu.engine.declared_rules import PARAMETERS, declare
from kanwu.engine.finding import Severity
from kanwu.engine.line_phrases import PhraseError, read_phrases
from kanwu.engine.rule import Bad, Good
from kanwu.policy.settings import ConfigurationError
from kanwu.policy.toml_files import display, parsed
from kanwu.policy.toml_values import as_toml, shown
from kanwu.policy.values import read_flag, read_severity
from kanwu.policy.vocabulary import ALL, INTERNAL, Unacceptable, Vocabulary, did_you_mean, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kanwu.engine.declared_rules import DeclaredRule
    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.line_phrases import PhraseTable

CODE = re.compile(r"[A-Z]{3}[0-9]{3}")
NEEDED = ("code", "name", "summary", "lines")


def with_declarations(catalogue: Catalogue, path: str, text: str) -> Catalogue:
    """A catalogue with the rules that a file of rules declares. Raises ConfigurationError."""
    origin = display(path)
    try:
        for number, table in enumerate(_tables(parsed(text, path)), 1):
            with inside(f"rule[{number}]"):
                rule = _read_rule(table, Vocabulary(catalogue))
            catalogue = catalogue.with_rules([(rule, origin)])
    except Unacceptable as error:
        where = ": ".join(filter(None, (origin, ".".join(error.at))))
        raise ConfigurationError(f"{where}: {error}") from None
    except RecursionError:
        raise ConfigurationError(
            f"{origin}: found tables too deeply nested, expected [[rule]] and [[rule.lines]]"
        ) from None
    return catalogue


def _tables(file: dict[str, Any]) -> list[object]:
    for name in file:
        if name != "rule":
            hint = did_you_mean(name, ["rule"])
            raise Unacceptable(f"the key {as_toml(name)}", "only rules, [[rule]]", hint=hint)
    rules = file.get("rule")
    if not isinstance(rules, list):
        found = "none" if rules is None else shown(rules)
        raise Unacceptable(found, "a list of rules, [[rule]]")
    return rules


def _read_rule(table: object, vocabulary: Vocabulary) -> type[DeclaredRule]:
    """The rule that a table declares. Raises Unacceptable."""
    if not isinstance(table, dict):
        raise Unacceptable(shown(table), "a table")
    values: dict[str, Any] = {}
    for key, value in table.items():
        reader = READERS.get(key)
        if reader is None:
            known = ", ".join(READERS)
            hint = did_you_mean(key, READERS)
            raise Unacceptable(f"the key {as_toml(key)}", f"one of {known}", hint=hint)
        try:
            values[key] = reader(value, vocabulary)
        except Unacceptable as error:
            error.at = error.at or (key,)
            raise
    for key in NEEDED:
        if key not in values:
            raise Unacceptable(f"no {key}", f"at least {', '.join(NEEDED)}")
    summary = values["summary"].replace("{", "{{").replace("}", "}}")
    return declare(
        code=values["code"],
        name=values["name"],
        page=_page(values),
        message=values.get("message", f"“{{line}}”: {summary}"),
        severity=values.get("severity", Severity.WARNING),
        default=values.get("default", True),
        removes="fix" in values,
        table=values["lines"],
        examples=(*values.get("bad", ()), *values.get("good", ())),
    )


def _page(values: dict[str, Any]) -> str:
    """The page of a declared rule, in the form of the docstrings of others."""
    parts = [values["summary"]]
    if "why" in values:
        parts.append(values["why"])
    for key, heading in (("leaves-alone", "What it leaves alone"), ("source", "Source")):
        if key in values:
            parts.append(f"**{heading}.** {values[key]}")
    return "\n\n".join(parts)


def _text(value: object, vocabulary: Vocabulary) -> str:  # noqa: ARG001
    if not isinstance(value, str) or not value.strip():
        raise Unacceptable(shown(value), "a text")
    return value.strip()


def _sentence(value: object, vocabulary: Vocabulary) -> str:
    text = _text(value, vocabulary)
    if not text.isprintable():
        raise Unacceptable(shown(value), "a text in one line, without invisible characters")
    return text


def _code(value: object, vocabulary: Vocabulary) -> str:
    if not isinstance(value, str) or not CODE.fullmatch(value):
        raise Unacceptable(shown(value), 'three capital letters and three digits, as "SHO001"')
    if value[:3] in {INTERNAL, ALL}:
        raise Unacceptable(shown(value), f"a family other than {INTERNAL} and {ALL}")
    _refuse_known("code", value, vocabulary)
    return value


def _name(value: object, vocabulary: Vocabulary) -> str:
    if (
        not isinstance(value, str)
        or value != value.lower()
        or not all(part.isalnum() for part in value.split("-"))
    ):
        raise Unacceptable(
            shown(value), 'small letters and digits with hyphens between, as "shop-advertisement"'
        )
    if value.upper() in {*vocabulary.families, ALL}:
        raise Unacceptable(shown(value), "a name that is not that of a family")
    _refuse_known("name", value, vocabulary)
    return value


def _refuse_known(key: str, word: str, vocabulary: Vocabulary) -> None:
    """Raise Unacceptable for the code or name of another rule."""
    other = vocabulary.catalogue.find(word)
    if other is not None:
        origin = vocabulary.catalogue.origin[other.code]
        raise Unacceptable(
            as_toml(word),
            f"a {key} that no other rule has",
            hint=f"it is that of {other.code} {other.name} from {origin}",
        )


def _message(value: object, vocabulary: Vocabulary) -> str:
    text = _sentence(value, vocabulary)
    places = " and ".join(f"{{{name}}}" for name in PARAMETERS)
    expected = f"a text in which {places} may stand, other braces doubled"
    try:
        fields = list(Formatter().parse(text))
    except ValueError as error:
        raise Unacceptable(shown(value), expected, hint=str(error)) from None
    for _, field, form, conversion in fields:
        if field is not None and (field not in PARAMETERS or form or conversion):
            raise Unacceptable(f'"{{{field}}}"', expected)
    return text


def _fix(value: object, vocabulary: Vocabulary) -> str:  # noqa: ARG001
    if value != "remove":
        raise Unacceptable(shown(value), '"remove", or no such key for a rule without a fix')
    return "remove"


def _bad(value: object, vocabulary: Vocabulary) -> tuple[Bad, ...]:  # noqa: ARG001
    def examples() -> Iterator[Bad]:
        for item in _list(value):
            if isinstance(item, str):
                yield Bad(item)
            elif (
                isinstance(item, dict)
                and item.keys() == {"text", "fixed"}
                and all(isinstance(text, str) for text in item.values())
            ):
                yield Bad(item["text"], item["fixed"])
            else:
                expected = 'texts and tables such as {text = "…", fixed = "…"}'
                raise Unacceptable(f"{shown(item)} in the list", expected)

    return tuple(examples())


def _good(value: object, vocabulary: Vocabulary) -> tuple[Good, ...]:  # noqa: ARG001
    texts = _list(value)
    for text in texts:
        if not isinstance(text, str):
            raise Unacceptable(f"{shown(text)} in the list", "texts")
    return tuple(Good(str(text)) for text in texts)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise Unacceptable(shown(value), "a list of texts")
    return value


def _lines(value: object, vocabulary: Vocabulary) -> PhraseTable:  # noqa: ARG001
    try:
        return read_phrases(value, pattern=BoundedPattern)
    except PhraseError as error:
        unacceptable = Unacceptable(shown(error.value), error.expected)
        unacceptable.at = (error.key,)
        raise unacceptable from None


READERS: dict[str, Callable[[object, Vocabulary], Any]] = {
    "code": _code,
    "name": _name,
    "summary": _sentence,
    "why": _text,
    "leaves-alone": _text,
    "source": _text,
    "severity": read_severity,
    "message": _message,
    "fix": _fix,
    "default": read_flag,
    "bad": _bad,
    "good": _good,
    "lines": _lines,
}
"""What a declaration may say, and how each value is read. Each raises Unacceptable."""
