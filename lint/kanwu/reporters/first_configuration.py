"""A configuration file for a folder, with comments that say what was seen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.policy.presets import PREFIX, preset_names, preset_summary
from kanwu.policy.toml_values import as_toml
from kanwu.reporters.terminal import visible
from kanwu.session.survey import OTHER_TEXTS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.session.survey import Survey

MANY = 20
"""So many documents are compared with one another, and so many findings are a burden to begin with."""

HOOK = """\
repos:
  - repo: https://example.org/kanwu.git  # wherever the repository of kanwu lies
    rev: v{version}
    hooks:
      - id: kanwu"""


def first_configuration(
    seen: Survey, *, extend: Sequence[str], schema: str | None, version: str
) -> str:
    """The text of a kanwu.toml; `extend` is what it stands on, `schema` the path of a JSON schema."""
    parts = [
        _head(seen, schema),
        _extend(extend),
        *filter(
            None,
            (_files(seen), _encodings(seen), _scripts(seen), _languages(seen), _corpus(seen)),
        ),
        _rules(seen),
    ]
    if seen.git:
        parts.append(_hook(seen, version))
    return "\n\n".join(parts) + "\n"


def _head(seen: Survey, schema: str | None) -> str:
    lines = [f"#:schema {schema}"] if schema else []
    lines += [
        f"# Settings of kanwu for this folder, made for what was seen in it: {_number(seen.documents)}",
        f"# ({seen.looked_at:,} of them looked into). kanwu config --keys explains everything that can stand here.",
    ]
    if not schema:
        lines += [
            "# For completion in an editor: kanwu config --schema > kanwu.schema.json, and as the first line here",
            "#:schema ./kanwu.schema.json",
        ]
    return "\n".join(lines)


def _number(documents: int) -> str:
    return f"{documents:,} document{'s' * (documents != 1)}"


def _extend(extend: Sequence[str]) -> str:
    lines = ["# What this configuration stands on:"]
    lines += (f"# - {PREFIX}{name}: {preset_summary(name)}" for name in preset_names())
    if extend:
        lines.append(f"extend = {as_toml(extend[0] if len(extend) == 1 else list(extend))}")
    else:
        lines.append(f"# extend = {as_toml(PREFIX + preset_names()[0])}")
    return "\n".join(lines)


def _files(seen: Survey) -> str:
    lines = []
    more = {kind: seen.kinds[kind] for kind in sorted(OTHER_TEXTS & seen.kinds.keys())}
    if more:
        counts = ", ".join(f"{count:,} {kind}" for kind, count in more.items())
        known = [".txt", ".md", ".markdown"]
        lines += [
            f"# There are text files of other kinds: {counts}.",
            f"extensions = {as_toml([*known, *more])}",
        ]
    if not TEXTS & seen.kinds.keys() and not more:
        others = [kind for kind, _ in seen.kinds.most_common(5) if kind]
        found = f" What there is: {', '.join(map(visible, others))}." if others else ""
        lines += [
            f"# No text files were found.{found} Which files are checked:",
            '# extensions = [".txt", ".md", ".markdown"]',
        ]
    if seen.foreign:
        lines += [
            "# Folders with texts that others wrote, or that were made from yours.",
            f"extend-exclude = {as_toml(seen.foreign)}",
        ]
    return "\n".join(lines)


def _encodings(seen: Survey) -> str:
    others = [(name, count) for name, count in seen.encodings.most_common() if name != "UTF-8"]
    if not others:
        return ""
    told = ", ".join(f"{count:,} {name}" for name, count in others)
    return (
        f"# Not in UTF-8, of the documents looked into: {told}. kanwu fix converts what is surely\n"
        '# known; to keep encodings as they are, add "not-utf8" and "byte-order-mark" to ignore below.'
    )


def _scripts(seen: Survey) -> str:
    if not seen.scripts["traditional"]:
        return ""
    if seen.scripts["simplified"]:
        return (
            f"# {seen.scripts['simplified']:,} documents are in simplified characters and "
            f"{seen.scripts['traditional']:,} in traditional ones. Each is\n"
            "# held to its own script; passages in the other one are found by mixed-script."
        )
    return (
        "# The documents are in traditional characters; into which forms a fix of mixed-script converts\n"
        '# ("standard", "taiwan" or "hong-kong"):\n# rules = {mixed-script = {region = "hong-kong"}}'
    )


def _languages(seen: Survey) -> str:
    if not (seen.bilingual or seen.pairs):
        return ""
    told = [
        f"texts with their translation in one file: {seen.bilingual:,}" * bool(seen.bilingual),
        f"translations by the names of their files: {seen.pairs:,}" * bool(seen.pairs),
    ]
    return (
        f"# There are {', '.join(filter(None, told))}. Their\n# figures and names are compared. To be told "
        "where one language says “about” and the other does not:\n"
        '# extend-select = ["translated-approximation"]'
    )


def _corpus(seen: Survey) -> str:
    if seen.documents < MANY:
        return ""
    folders = [name for name, count in seen.folders.most_common() if count > 1 and name != "."]
    own = seen.folders["."] > seen.documents / 2 or not folders
    return (
        "# Documents that are compared with one another for figures, names and copies, whichever of them\n"
        "# is checked. After changing this, run: kanwu index\n"
        f"# corpus = {as_toml(['./'] if own else sorted(folders))}"
    )


def _rules(seen: Survey) -> str:
    total = seen.findings.total()
    lines = ["# Rules that are not to run: families, codes or names (kanwu rules lists them)."]
    if total:
        lines.append(f"# {total:,} findings in the documents looked into, most of them of:")
        lines += (
            f"#   {count:6,}  {visible(name)}" for name, count in seen.findings.most_common(5)
        )
    lines.append("# ignore = []")
    if total > MANY:
        lines += (
            "# To begin with only what is new from today on, record what there is: kanwu baseline",
        )
    lines += (
        "",
        "# Rules that are not to speak of some files.",
        '# per-file-ignores = {"drafts/**" = ["TRU"]}',
    )
    return "\n".join(lines)


def _hook(seen: Survey, version: str) -> str:
    into = "Add to" if seen.hooks else "To check every commit, write this into"
    hook = HOOK.format(version=version)
    quoted = "\n".join(f"#   {line}" for line in hook.splitlines())
    return f"# {into} .pre-commit-config.yaml:\n{quoted}"


def closing_words(seen: Survey) -> Iterator[str]:
    """What to do next."""
    yield "kanwu check" if seen.documents else "kanwu config --keys"
    if seen.findings.total() > MANY:
        yield "kanwu baseline, to be told only what is new from today on"
