"""The page of a rule, made from the rule itself: as Markdown for people, as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kanwu.documents.document import Encoding
from kanwu.engine.finding import Safety, Severity
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.rule import Bad
from kanwu.policy.toml_values import as_key, as_toml
from kanwu.reporters.terminal import name, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.engine.rule import AnyRule, Good

FIXES = {
    None: "none is offered",
    Safety.SAFE: "safe, applied by `kanwu fix`",
    Safety.UNSAFE: "unsafe, applied by `kanwu fix --unsafe-fixes`",
    Safety.SHOWN: "shown as a suggestion, never applied",
}
# A fix of what is only information would surprise who did not ask for the rule.
INFO_FIXES = "{}, where the rule is selected by its own code or name"


def rule_page(rule: type[AnyRule], origin: str) -> str:
    """The page in Markdown, invisible characters written as <U+XXXX>.

    `origin` is the distribution that the rule comes from.
    """
    summary, _, rest = rule.page().partition("\n")
    parts = [
        f"# {rule.code} {rule.name}",
        summary,
        "\n".join(
            (
                f"- **Severity:** {rule.severity}",
                f"- **Fix:** {fix_of(rule)}",
                f"- **By default:** {default_of(rule)}",
                f"- **Comes with:** {origin}",
            )
        ),
        rest.strip(),
        *_options(rule),
        *_examples(rule),
    ]
    page = "\n\n".join(part for part in parts if part)
    return "".join(f"{visible(line)}\n" for line in page.split("\n"))


def fix_of(rule: type[AnyRule]) -> str:
    """Whether the rule repairs what it finds, and when."""
    text = FIXES[rule.safety]
    applied = rule.safety in {Safety.SAFE, Safety.UNSAFE}
    return INFO_FIXES.format(text) if applied and rule.severity is Severity.INFO else text


def default_of(rule: type[AnyRule]) -> str:
    """Whether the rule runs when nobody chooses."""
    if rule in INTERNAL_RULES:
        return "always on"
    return "on" if rule.default else "off"


def _options(rule: type[AnyRule]) -> Iterator[str]:
    options = rule.options()
    if not options:
        return
    yield "## Options"
    table = f"rules.{rule.name}]`"
    yield f"In `kanwu.toml` under `[{table}, in `pyproject.toml` under `[tool.kanwu.{table}:"
    yield "\n".join(
        f"- `{as_key(option.name)} = {as_toml(option.default)}` ({option.expected}): {option.help}"
        for option in options.values()
    )


def _examples(rule: type[AnyRule]) -> Iterator[str]:
    bad = [example for example in rule.examples if isinstance(example, Bad)]
    good = [example for example in rule.examples if not isinstance(example, Bad)]
    if bad:
        yield "## What it finds"
    for example in bad:
        yield _circumstances(example)
        yield from _texts(example)
        if example.fixed == example.text:
            yield f"keeps its text, and is written in {Encoding().name}."
        elif example.fixed:
            yield "becomes"
            yield _fenced(example.fixed)
        elif example.fixed is not None:
            yield "is removed."
    if good:
        yield "## What it does not find"
    for harmless in good:
        yield _circumstances(harmless)
        yield from _texts(harmless)


def _circumstances(example: Bad | Good) -> str:
    given = [f"`{as_key(name)} = {as_toml(value)}`" for name, value in example.options.items()]
    said = [f"with {' and '.join(given)}"] if given else []
    if example.encoding != Encoding().codec:
        said.insert(0, f"in {Encoding(example.encoding).name}")
    if example.markup != "plain":
        said.insert(0, f"in {example.markup.title()}")
    if example.beside:
        said.append(f"one of {len(example.beside) + 1} documents")
    return f"({', '.join(said)})" if said else ""


def _texts(example: Bad | Good) -> Iterator[str]:
    yield _fenced(example.text)
    for other in example.beside:
        yield "beside"
        yield _fenced(other)


def _fenced(text: str) -> str:
    """A text as a block of code, blanks at the ends of its lines written so that one sees them."""
    lines = []
    for line in text.split("\n"):
        kept = line.rstrip(" ")
        lines.append(kept + name(" ") * (len(line) - len(kept)))
    fence = "```"
    while fence in text:
        fence += "`"
    return "\n".join((f"{fence}text", *lines, fence))


def rule_data(rule: type[AnyRule], origin: str) -> dict[str, Any]:
    """What the page says, as JSON can hold it; examples are the texts themselves."""
    return {
        **rule_row(rule, origin),
        "page": rule.page(),
        "options": [
            {
                "name": option.name,
                "default": option.default,
                "expected": option.expected,
                "help": option.help,
            }
            for option in rule.options().values()
        ],
        "examples": [
            {
                "kind": "bad" if isinstance(example, Bad) else "good",
                "text": example.text,
                "fixed": example.fixed if isinstance(example, Bad) else None,
                "markup": example.markup,
                "options": dict(example.options),
                "beside": list(example.beside),
                "encoding": example.encoding,
            }
            for example in rule.examples
        ],
    }


def rule_row(rule: type[AnyRule], origin: str) -> dict[str, Any]:
    """What a list of rules says of one, as JSON can hold it."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family(),
        "summary": rule.summary(),
        "severity": rule.severity,
        "fix": rule.safety,
        "default": rule.default,
        "origin": origin,
    }
