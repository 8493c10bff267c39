"""What applies to a file and from where, and what can be configured at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kanwu.engine.translation import texts
from kanwu.policy.keys import KEYS
from kanwu.policy.layers import items_of
from kanwu.policy.overrides import COMMAND_LINE
from kanwu.policy.presets import PREFIX, preset_names, preset_summary, preset_text
from kanwu.policy.selection import choices
from kanwu.policy.settings import Given
from kanwu.policy.toml_files import display
from kanwu.policy.toml_values import as_toml
from kanwu.reporters.terminal import visible
from kanwu.reporters.wording import ENGLISH, HOME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.engine.discovery import Catalogue
    from kanwu.engine.finding import Severity
    from kanwu.engine.rule import AnyRule
    from kanwu.policy.keys import Key
    from kanwu.policy.selection import Choice, Policy
    from kanwu.policy.settings import Settings
    from kanwu.reporters.wording import Wording


class Verdict(NamedTuple):
    """Whether a rule speaks of a file, and why."""

    rule: type[AnyRule]
    severity: Severity
    applies: bool
    why: str


def verdicts(path: str, policy: Policy, catalogue: Catalogue) -> Iterator[Verdict]:
    """For every rule, in order of codes, whether it speaks of the file."""
    ignored = policy.ignored_in(path)
    for choice in choices(catalogue, policy.settings):
        rule = choice.rule
        severity = policy.severities.get(rule.code, rule.severity)
        if choice.selected and rule.code in ignored:
            yield Verdict(rule, severity, applies=False, why="per-file-ignores")
        else:
            yield Verdict(rule, severity, applies=choice.selected, why=_why(choice))


def _why(choice: Choice) -> str:
    if choice.key:
        return f"{choice.key} {as_toml(choice.word)}"
    if not choice.rule.default:
        return "off by default"
    return "on by default" if choice.selected else "not selected"


def settings_page(
    path: str, policy: Policy, catalogue: Catalogue, wording: Wording = ENGLISH
) -> str:
    """The settings of a file as TOML, where each comes from and which rules apply as comments."""
    settings = policy.settings
    lines = [
        wording("# Settings for {path}", path=visible(display(path))),
        wording("# Configuration file: {file}", file=_file(settings) or wording.word("none")),
        wording(
            "# Patterns and relative folders refer to {folder}",
            folder=visible(display(settings.root)),
        ),
        "",
    ]
    for key in KEYS.values():
        value = getattr(settings, key.field)
        origin = _origin(settings, key.field, wording)
        if value is None:
            lines.append(f"# {key.name}: {about(key, 'unset', wording)}  # {origin}")
        elif key.name == "extend" and value:
            # What it stands on is part of the values below.
            lines.append(f"# {key.name} = {as_toml(value)}  # {origin}")
        else:
            lines.append(f"{key.name} = {as_toml(key.plain(value))}  # {origin}")
    rules = list(verdicts(path, policy, catalogue))
    width = max((len(verdict.rule.name) for verdict in rules), default=0)
    headings = {
        True: wording.word("# Rules that apply:"),
        False: wording.word("# Rules that do not apply:"),
    }
    for applies, heading in headings.items():
        lines += ("", heading)
        lines += (
            f"# {v.rule.code} {v.rule.name:{width}} {v.severity:7} {wording.word(v.why)}"
            for v in rules
            if v.applies is applies
        )
    return "\n".join(lines) + "\n"


def _origin(settings: Settings, field: str, wording: Wording) -> str:
    """Where a value comes from; of several sources each with its items."""
    several = sources(settings, field)
    if not several:
        return wording.word("default")
    if len(several) == 1:
        return wording.word(several[0].source)
    return ", ".join(f"{wording.word(source)} ({', '.join(items)})" for source, items in several)


def sources(settings: Settings, field: str) -> list[Given]:
    """Where a value comes from, as it is shown: each source with those items that hold in the end."""
    told: list[Given] = []
    seen: set[str] = set()
    held = items_of(getattr(settings, field))
    for source, items in reversed(settings.origins.get(field, ())):
        if field == "rule_files":
            items = tuple(map(display, items))  # noqa: PLW2901
        else:
            items = tuple(i for i in items if i in held and i not in seen)  # noqa: PLW2901
        seen |= {*items}
        own = source == COMMAND_LINE or source.startswith(PREFIX)
        told.append(Given(source if own else visible(display(source)), tuple(map(visible, items))))
    several = [given for given in reversed(told) if given.items]
    return several or told[:1]


def _file(settings: Settings) -> str:
    return visible(display(settings.source)) if settings.source else ""


def settings_data(path: str, policy: Policy, catalogue: Catalogue) -> dict[str, Any]:
    """What the page says, as JSON can hold it."""
    settings = policy.settings
    return {
        "path": display(path),
        "source": settings.source,
        "root": settings.root,
        "settings": {
            key.name: {
                "value": None if value is None else key.plain(value),
                "origin": [source for source, _ in sources(settings, key.field)] or ["default"],
                "items": {s: list(items) for s, items in sources(settings, key.field) if items},
            }
            for key in KEYS.values()
            for value in (getattr(settings, key.field),)
        },
        "rules": [
            {
                "code": verdict.rule.code,
                "name": verdict.rule.name,
                "severity": verdict.severity,
                "applies": verdict.applies,
                "why": verdict.why,
            }
            for verdict in verdicts(path, policy, catalogue)
        ],
    }


def about(key: Key, part: Literal["takes", "help", "unset"], wording: Wording) -> str:
    """What a key takes, what it means, or what holds where no value says it."""
    known = texts(HOME, wording.language, "settings").get(key.name, {})
    return str(known.get(part) or getattr(key, part))


def settings_reference(wording: Wording = ENGLISH) -> str:
    """All keys of a configuration file, as Markdown."""
    parts = [wording.word("# Settings")]
    for key in KEYS.values():
        parts += (
            f"## {key.name}",
            about(key, "help", wording),
            wording("- **Takes:** {takes}", takes=about(key, "takes", wording))
            + "\n"
            + wording(
                "- **Default:** {default}",
                default=about(key, "unset", wording) or f"`{key.default}`",
            ),
            f"```toml\n{key.example}\n```",
        )
    parts += (
        wording.word("# Presets"),
        wording.word(
            "What each preset says that `extend` can name; `kanwu init --preset NAME` begins with one."
        ),
    )
    for name in preset_names():
        parts.append(f"## preset:{name}")
        if wording.language != "en":
            parts.append(wording.word(preset_summary(name)))
        parts.append(f"```toml\n{preset_text(name).rstrip()}\n```")
    return "\n\n".join(parts) + "\n"
