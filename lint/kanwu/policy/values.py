"""Reading the values of a configuration: from what TOML gives to what Settings hold.

Each reader raises Unacceptable with what it found and what it expected.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast, get_args

from kanwu.documents.document import Markup
from kanwu.engine.finding import Severity
from kanwu.policy.patterns import is_usable
from kanwu.policy.presets import PREFIX, preset_names
from kanwu.policy.settings import Suppression
from kanwu.policy.toml_values import as_toml, shown
from kanwu.policy.vocabulary import INTERNAL, RULES, Unacceptable, did_you_mean, inside

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kanwu.engine.rule import AnyRule
    from kanwu.policy.settings import OptionValue
    from kanwu.policy.vocabulary import Vocabulary

MARKUPS = "one of " + ", ".join(f'"{markup}"' for markup in get_args(Markup))
SEVERITIES = "one of " + ", ".join(f'"{severity}"' for severity in Severity)


def read_strings(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:  # noqa: ARG001
    """A list of strings."""
    if not isinstance(value, list | tuple):
        raise Unacceptable(shown(value), "a list of strings")
    for item in value:
        if not isinstance(item, str):
            raise Unacceptable(f"{shown(item)} in the list", "a list of strings")
    return tuple(value)


def read_words(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Words that each name rules."""
    words = read_strings(value, vocabulary)
    for word in words:
        vocabulary.canonical(word)
    return words


def read_ignored(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Words that each name rules that may be ignored."""
    words = read_words(value, vocabulary)
    for word in words:
        refuse_internal(word, vocabulary)
    return words


def refuse_internal(word: str, vocabulary: Vocabulary) -> None:
    """Raise Unacceptable for what reports that something was not checked."""
    if vocabulary.canonical(word).startswith(INTERNAL):
        raise Unacceptable(
            f'"{word}"',
            f"{RULES}, but none of the family {INTERNAL}",
            hint="it reports what could not be checked, and that is never silenced",
        )


def read_per_file(value: object, vocabulary: Vocabulary) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Patterns of file names, each with the words of what is ignored there."""
    pairs = []
    for glob, words in entries(value):
        with inside(glob):
            # A leading `!` stands for every file that the rest does not match.
            check_pattern(glob.removeprefix("!"))
            pairs.append((glob, read_ignored(words, vocabulary)))
    return tuple(pairs)


def read_suppressions(value: object, vocabulary: Vocabulary) -> tuple[Suppression, ...]:
    """What is silenced: tables of rules, paths, strings and fingerprints, each with a reason or rules."""
    if not isinstance(value, list | tuple):
        raise Unacceptable(shown(value), "a list of tables")
    return tuple(read_suppression(table, vocabulary) for table in value)


def read_suppression(value: object, vocabulary: Vocabulary) -> Suppression:
    """One table of what is silenced."""
    given: dict[str, Any] = {}
    for name, part in entries(value):
        read = SUPPRESSION.get(name)
        if read is None:
            raise Unacceptable(
                f"the key {as_toml(name)}",
                f"one of {', '.join(SUPPRESSION)}",
                hint=did_you_mean(name, SUPPRESSION),
            )
        with inside(name):
            given[name] = read(part, vocabulary)
    found = Suppression(**given)
    if not found.rules and not found.fingerprints and not found.reason:
        raise Unacceptable(
            "neither rules nor fingerprints nor a reason",
            "the rules that are silenced, or a reason for silencing all of them",
        )
    return found


def read_texts(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Strings that are not empty."""
    texts = read_strings(value, vocabulary)
    if not all(texts):
        raise Unacceptable(
            '"" in the list', "strings that are not empty: every line holds an empty one"
        )
    return texts


def read_text(value: object, vocabulary: Vocabulary) -> str:  # noqa: ARG001
    """A string."""
    if not isinstance(value, str):
        raise Unacceptable(shown(value), "a string")
    return value


def read_name(value: object, vocabulary: Vocabulary) -> str:
    """A string that is not empty."""
    if not read_text(value, vocabulary):
        raise Unacceptable('""', "a name")
    return str(value)


def read_severities(value: object, vocabulary: Vocabulary) -> tuple[tuple[str, Severity], ...]:
    """Words, each with a severity."""
    seen: dict[str, str] = {}
    pairs = []
    for word, severity in entries(value):
        refuse_internal(word, vocabulary)
        refuse_twice(word, vocabulary.canonical(word), seen)
        with inside(word):
            pairs.append((word, read_severity(severity, vocabulary)))
    return tuple(pairs)


def read_severity(value: object, vocabulary: Vocabulary) -> Severity:  # noqa: ARG001
    """One of the severities."""
    if not isinstance(value, str) or value not in tuple(Severity):
        off = value == "off" or value is False
        hint = "to switch a rule off, name it under ignore" if off else ""
        raise Unacceptable(shown(value), SEVERITIES, hint=hint)
    return Severity(value)


def read_markup(value: object, vocabulary: Vocabulary) -> Markup:  # noqa: ARG001
    """One of the kinds of markup."""
    for markup in get_args(Markup):
        if value == markup:
            return cast("Markup", markup)
    raise Unacceptable(shown(value), MARKUPS)


def read_rule_options(
    value: object, vocabulary: Vocabulary
) -> tuple[tuple[str, tuple[tuple[str, OptionValue], ...]], ...]:
    """Rules, each with its options."""
    seen: dict[str, str] = {}
    pairs = []
    for word, table in entries(value):
        rule = vocabulary.rule(word)
        refuse_twice(word, rule.code, seen)
        with inside(word):
            pairs.append((word, tuple(read_options(table, rule))))
    return tuple(pairs)


def read_options(value: object, rule: type[AnyRule]) -> Iterator[tuple[str, OptionValue]]:
    """Options of one rule, each with its value."""
    options = rule.options()
    for name, given in entries(value):
        if name not in options:
            raise Unacceptable(
                f"the option {as_toml(name)}",
                f"one of {', '.join(options)}" if options else "none: this rule has no options",
                hint=did_you_mean(name, options),
            )
        with inside(name):
            try:
                yield name, options[name].accept(given)
            except ValueError as error:
                raise Unacceptable(shown(given), str(error)) from None


def refuse_twice(word: str, canonical: str, seen: dict[str, str]) -> None:
    """Raise Unacceptable where two keys of a table name the same rule."""
    other = seen.setdefault(canonical, word)
    if other != word:
        raise Unacceptable(f'"{other}" and "{word}"', "every rule once: both are one rule")


def entries(value: object) -> Iterator[tuple[str, object]]:
    """The keys and values of a table."""
    if not isinstance(value, Mapping):
        raise Unacceptable(shown(value), "a table")
    yield from value.items()


def read_patterns(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Patterns as in .gitignore."""
    patterns = read_strings(value, vocabulary)
    for pattern in patterns:
        check_pattern(pattern)
    return patterns


def check_pattern(pattern: str) -> None:
    """Raise Unacceptable for a pattern that can match no file."""
    if not is_usable(pattern):
        raise Unacceptable(shown(pattern), 'a pattern as in .gitignore, such as "drafts/*.txt"')


def read_extensions(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Extensions of file names, in lower case."""
    extensions = read_strings(value, vocabulary)
    for extension in extensions:
        if len(extension) < 2 or not extension.startswith(".") or "/" in extension:
            raise Unacceptable(shown(extension), 'an extension with its dot, such as ".txt"')
    return tuple(extension.lower() for extension in extensions)


def read_flag(value: object, vocabulary: Vocabulary) -> bool:  # noqa: ARG001
    """True or false."""
    if not isinstance(value, bool):
        raise Unacceptable(shown(value), "true or false")
    return value


def is_path(value: object) -> bool:
    """Whether a value can be a path: no system takes an empty one, or one with NUL."""
    return isinstance(value, str) and bool(value) and "\0" not in value


def read_folder(value: object, vocabulary: Vocabulary) -> str:  # noqa: ARG001
    """The path of a folder."""
    if not is_path(value):
        raise Unacceptable(shown(value), "the path of a folder")
    return str(value)


def read_folders(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Paths of folders."""
    return tuple(read_folder(f, vocabulary) for f in read_strings(value, vocabulary))


def read_file(value: object, vocabulary: Vocabulary) -> str:  # noqa: ARG001
    """The path of a file."""
    if not is_path(value):
        raise Unacceptable(shown(value), "the path of a file")
    return str(value)


def read_extend(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Presets and configuration files, one or several."""
    names = read_strings([value] if isinstance(value, str) else value, vocabulary)
    for name in names:
        if name.startswith(PREFIX) and name[len(PREFIX) :] not in preset_names():
            presets = ", ".join(f'"{PREFIX}{known}"' for known in preset_names())
            known = [PREFIX + known for known in preset_names()]
            raise Unacceptable(shown(name), f"one of {presets}", hint=did_you_mean(name, known))
        if not is_path(name):
            raise Unacceptable(
                shown(name), f'a configuration file, or a preset such as "{PREFIX}newspaper"'
            )
    return names


def read_files(value: object, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Paths of files, each once."""
    files = read_strings(value, vocabulary)
    for file in files:
        if not is_path(file):
            raise Unacceptable(f"{shown(file)} in the list", "paths of files")
    return tuple(dict.fromkeys(files))


SUPPRESSION = {
    "rules": read_ignored,
    "paths": read_patterns,
    "contains": read_texts,
    "fingerprints": read_texts,
    "reason": read_text,
}
"""How each key of a table of what is silenced is read."""
