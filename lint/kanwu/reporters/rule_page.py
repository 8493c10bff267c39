"""The page of a rule, made from the rule itself: as Markdown for people, as data for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kanwu.documents.document import Encoding
from kanwu.engine.finding import Safety, Severity
from kanwu.engine.internal import INTERNAL_RULES
from kanwu.engine.rule import Bad
from kanwu.policy.toml_values import as_key, as_toml
from kanwu.reporters.terminal import name, visible
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.engine.rule import AnyRule, Good
    from kanwu.reporters.wording import Wording

FIXES = {
    None: "none is offered",
    Safety.SAFE: "safe, applied by `kanwu fix`",
    Safety.UNSAFE: "unsafe, applied by `kanwu fix --unsafe-fixes`",
    Safety.SHOWN: "shown as a suggestion, never applied",
}
# A fix of what is only information would surprise who did not ask for the rule.
INFO_FIXES = "{fix}, where the rule is selected by its own code or name"


def rule_page(rule: type[AnyRule], origin: str, wording: Wording = ENGLISH) -> str:
    """The page in Markdown, invisible characters written as <U+XXXX>.

    `origin` is the distribution that the rule comes from.
    """
    summary, _, rest = wording.page(rule).partition("\n")
    parts = [
        f"# {rule.code} {rule.name}",
        summary,
        "\n".join(
            (
                wording("- **Severity:** {severity}", severity=wording.word(rule.severity)),
                wording("- **Fix:** {fix}", fix=fix_of(rule, wording)),
                wording("- **By default:** {default}", default=default_of(rule, wording)),
                wording("- **Comes with:** {origin}", origin=origin),
            )
        ),
        rest.strip(),
        *_options(rule, wording),
        *_examples(rule, wording),
    ]
    page = "\n\n".join(part for part in parts if part)
    return "".join(f"{visible(line)}\n" for line in page.split("\n"))


def fix_of(rule: type[AnyRule], wording: Wording = ENGLISH) -> str:
    """Whether the rule repairs what it finds, and when."""
    text = wording.word(FIXES[rule.safety])
    applied = rule.safety in {Safety.SAFE, Safety.UNSAFE}
    return wording(INFO_FIXES, fix=text) if applied and rule.severity is Severity.INFO else text


def default_of(rule: type[AnyRule], wording: Wording = ENGLISH) -> str:
    """Whether the rule runs when nobody chooses."""
    if rule in INTERNAL_RULES:
        return wording.word("always on")
    return wording.word("on" if rule.default else "off")


def _options(rule: type[AnyRule], wording: Wording) -> Iterator[str]:
    options = rule.options()
    if not options:
        return
    yield wording.word("## Options")
    table = f"rules.{rule.name}]`"
    yield wording(
        "In `kanwu.toml` under `[{table}, in `pyproject.toml` under `[tool.kanwu.{table}:",
        table=table,
    )
    yield "\n".join(
        wording(
            "- `{key} = {default}` ({expected}): {help}",
            key=as_key(option.name),
            default=as_toml(option.default),
            expected=option.expected_in(wording),
            help=wording.option_help(rule, option.name),
        )
        for option in options.values()
    )


def _examples(rule: type[AnyRule], wording: Wording) -> Iterator[str]:
    bad = [example for example in rule.examples if isinstance(example, Bad)]
    good = [example for example in rule.examples if not isinstance(example, Bad)]
    if bad:
        yield wording.word("## What it finds")
    for example in bad:
        yield _circumstances(example, wording)
        yield from _texts(example, wording)
        if example.fixed == example.text:
            yield wording("keeps its text, and is written in {encoding}.", encoding=Encoding().name)
        elif example.fixed:
            yield wording.word("becomes")
            yield _fenced(example.fixed)
        elif example.fixed is not None:
            yield wording.word("is removed.")
    if good:
        yield wording.word("## What it does not find")
    for harmless in good:
        yield _circumstances(harmless, wording)
        yield from _texts(harmless, wording)


def _circumstances(example: Bad | Good, wording: Wording) -> str:
    given = [f"`{as_key(name)} = {as_toml(value)}`" for name, value in example.options.items()]
    options = wording.word(" and ").join(given)
    said = [wording("with {options}", options=options)] if given else []
    if example.encoding != Encoding().codec:
        said.insert(0, wording("in {form}", form=Encoding(example.encoding).name))
    if example.markup != "plain":
        said.insert(0, wording("in {form}", form=example.markup.title()))
    if example.beside:
        said.append(wording("one of {n} documents", n=len(example.beside) + 1))
    return wording("({said})", said=wording.word(", ").join(said)) if said else ""


def _texts(example: Bad | Good, wording: Wording) -> Iterator[str]:
    yield _fenced(example.text)
    for other in example.beside:
        yield wording.word("beside")
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


def rule_data(rule: type[AnyRule], origin: str, wording: Wording = ENGLISH) -> dict[str, Any]:
    """What the page says, as JSON can hold it; examples are the texts themselves."""
    return {
        **rule_row(rule, origin, wording),
        "page": wording.page(rule),
        "options": [
            {
                "name": option.name,
                "default": option.default,
                "expected": option.expected_in(wording),
                "help": wording.option_help(rule, option.name),
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


def rule_row(rule: type[AnyRule], origin: str, wording: Wording = ENGLISH) -> dict[str, Any]:
    """What a list of rules says of one, as JSON can hold it."""
    return {
        "code": rule.code,
        "name": rule.name,
        "family": rule.family(),
        "summary": wording.summary(rule),
        "severity": rule.severity,
        "fix": rule.safety,
        "default": rule.default,
        "origin": origin,
    }
