"""A configuration file for a folder, with comments that say what was seen there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kanwu.policy.presets import PREFIX, preset_names, preset_summary
from kanwu.policy.toml_values import as_toml
from kanwu.reporters.terminal import visible
from kanwu.reporters.wording import ENGLISH
from kanwu.session.survey import OTHER_TEXTS, TEXTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kanwu.reporters.wording import Wording
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
    seen: Survey,
    *,
    extend: Sequence[str],
    schema: str | None,
    version: str,
    wording: Wording = ENGLISH,
) -> str:
    """The text of a kanwu.toml; `extend` is what it stands on, `schema` the path of a JSON schema."""
    parts = [
        _head(seen, schema, wording),
        _extend(extend, wording),
        *filter(
            None,
            (part(seen, wording) for part in (_files, _encodings, _scripts, _languages, _corpus)),
        ),
        _rules(seen, wording),
    ]
    if seen.git:
        parts.append(_hook(seen, version, wording))
    return "\n\n".join(parts) + "\n"


def _head(seen: Survey, schema: str | None, wording: Wording) -> str:
    lines = [f"#:schema {schema}"] if schema else []
    lines += [
        wording(
            "# Settings of kanwu for this folder, made for what was seen in it: {documents}\n"
            "# ({looked_at:,} of them looked into). kanwu config --keys explains everything that can stand here.",
            documents=wording.counted(seen.documents, "document"),
            looked_at=seen.looked_at,
        )
    ]
    if not schema:
        lines += [
            wording.word(
                "# For completion in an editor: kanwu config --schema > kanwu.schema.json, and as the first line here"
            ),
            "#:schema ./kanwu.schema.json",
        ]
    return "\n".join(lines)


def _extend(extend: Sequence[str], wording: Wording) -> str:
    lines = [wording.word("# What this configuration stands on:")]
    lines += (
        f"# - {PREFIX}{name}: {wording.word(preset_summary(name))}" for name in preset_names()
    )
    if extend:
        lines.append(f"extend = {as_toml(extend[0] if len(extend) == 1 else list(extend))}")
    else:
        lines.append(f"# extend = {as_toml(PREFIX + preset_names()[0])}")
    return "\n".join(lines)


def _files(seen: Survey, wording: Wording) -> str:
    lines = []
    more = {kind: seen.kinds[kind] for kind in sorted(OTHER_TEXTS & seen.kinds.keys())}
    if more:
        counts = ", ".join(f"{count:,} {kind}" for kind, count in more.items())
        known = [".txt", ".md", ".markdown"]
        lines += [
            wording("# There are text files of other kinds: {counts}.", counts=counts),
            f"extensions = {as_toml([*known, *more])}",
        ]
    if not TEXTS & seen.kinds.keys() and not more:
        others = [kind for kind, _ in seen.kinds.most_common(5) if kind]
        lines.append(wording.word("# No text files were found."))
        if others:
            there = ", ".join(map(visible, others))
            lines.append(wording("# What there is: {kinds}.", kinds=there))
        lines += [
            wording.word("# Which files are checked:"),
            '# extensions = [".txt", ".md", ".markdown"]',
        ]
    if seen.foreign:
        lines += [
            wording.word("# Folders with texts that others wrote, or that were made from yours."),
            f"extend-exclude = {as_toml(seen.foreign)}",
        ]
    return "\n".join(lines)


def _encodings(seen: Survey, wording: Wording) -> str:
    others = [(name, count) for name, count in seen.encodings.most_common() if name != "UTF-8"]
    if not others:
        return ""
    told = ", ".join(f"{count:,} {name}" for name, count in others)
    return wording(
        "# Not in UTF-8, of the documents looked into: {told}. kanwu fix converts what is surely\n"
        '# known; to keep encodings as they are, add "not-utf8" and "byte-order-mark" to ignore below.',
        told=told,
    )


def _scripts(seen: Survey, wording: Wording) -> str:
    if not seen.scripts["traditional"]:
        return ""
    if seen.scripts["simplified"]:
        return wording(
            "# {simplified:,} documents are in simplified characters and {traditional:,} in traditional ones. Each is\n"
            "# held to its own script; passages in the other one are found by mixed-script.",
            simplified=seen.scripts["simplified"],
            traditional=seen.scripts["traditional"],
        )
    said = wording.word(
        "# The documents are in traditional characters; into which forms a fix of mixed-script converts\n"
        '# ("standard", "taiwan" or "hong-kong"):'
    )
    return f'{said}\n# rules = {{mixed-script = {{region = "hong-kong"}}}}'


def _languages(seen: Survey, wording: Wording) -> str:
    if not (seen.bilingual or seen.pairs):
        return ""
    lines = []
    if n := seen.bilingual:
        lines.append(wording("# There are texts with their translation in one file: {n:,}.", n=n))
    if n := seen.pairs:
        lines.append(wording("# There are translations by the names of their files: {n:,}.", n=n))
    lines += [
        wording.word(
            "# Their figures and names are compared. To be told where one language says “about” and\n"
            "# the other does not:"
        ),
        '# extend-select = ["translated-approximation"]',
    ]
    return "\n".join(lines)


def _corpus(seen: Survey, wording: Wording) -> str:
    if seen.documents < MANY:
        return ""
    folders = [name for name, count in seen.folders.most_common() if count > 1 and name != "."]
    own = seen.folders["."] > seen.documents / 2 or not folders
    said = wording.word(
        "# Documents that are compared with one another for figures, names and copies, whichever of them\n"
        "# is checked. After changing this, run: kanwu index"
    )
    return f"{said}\n# corpus = {as_toml(['./'] if own else sorted(folders))}"


def _rules(seen: Survey, wording: Wording) -> str:
    total = seen.findings.total()
    lines = [
        wording.word(
            "# Rules that are not to run: families, codes or names (kanwu rules lists them)."
        )
    ]
    if total:
        lines.append(
            wording("# {n:,} findings in the documents looked into, most of them of:", n=total)
        )
        lines += (
            f"#   {count:6,}  {visible(name)}" for name, count in seen.findings.most_common(5)
        )
    lines.append("# ignore = []")
    if total > MANY:
        lines.append(
            wording.word(
                "# To begin with only what is new from today on, record what there is: kanwu baseline"
            )
        )
    lines += (
        "",
        wording.word("# Rules that are not to speak of some files."),
        '# per-file-ignores = {"drafts/**" = ["TRU"]}',
    )
    return "\n".join(lines)


def _hook(seen: Survey, version: str, wording: Wording) -> str:
    into = (
        wording.word("# Add to .pre-commit-config.yaml:")
        if seen.hooks
        else wording.word("# To check every commit, write this into .pre-commit-config.yaml:")
    )
    hook = HOOK.format(version=version)
    quoted = "\n".join(f"#   {line}" for line in hook.splitlines())
    return f"{into}\n{quoted}"


def closing_words(seen: Survey, wording: Wording = ENGLISH) -> Iterator[str]:
    """What to do next."""
    yield "kanwu check" if seen.documents else "kanwu config --keys"
    if seen.findings.total() > MANY:
        yield wording.word("kanwu baseline, to be told only what is new from today on")
