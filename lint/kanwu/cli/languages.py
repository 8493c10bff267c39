"""In which language the command line speaks: English or Chinese."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kanwu.reporters.wording import Wording

    Command = Callable[..., Any]

# What `kanwu.engine.translation` names too; a test holds them together. Spelled out here so that the help
# and the parsing of options do not import it.
LANGUAGES = ("en", "zh")
VARIABLE = "KANWU_LANG"
# The first of them that is set tells the language of messages, as everywhere by POSIX.
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
CHINESE_WINDOWS = 0x04


class Languages(NamedTuple):
    """Of what people read, and of what programs read, which is stable unless it is asked for."""

    people: str = "en"
    programs: str = "en"

    def wording(self, *, machine: bool = False) -> Wording:
        """The words for a report."""
        from kanwu.reporters.wording import wording

        return wording(self.programs if machine else self.people)


def settled(context: click.Context, option: click.Parameter, value: str | None) -> Languages:
    """The languages that an option, the environment or the locale asks for."""
    given = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
    people = value or of_locale(os.environ)
    return Languages(people, people if given else "en")


def language_option(help: str) -> Callable[[Command], Command]:  # noqa: A002 - as click has it
    """The option `--lang`, which gives a command its `languages`."""
    return click.option(
        "--lang",
        "languages",
        type=click.Choice(LANGUAGES),
        envvar=VARIABLE,
        callback=settled,
        help=help,
    )


LANG = language_option(
    "Language of messages; formats for programs stay English unless this is given.  "
    f"[default: {VARIABLE}, else the locale]"
)
SPOKEN = language_option(f"Language of all that is said.  [default: {VARIABLE}, else the locale]")
"""Of commands that write for people only."""


def of_locale(environment: Mapping[str, str]) -> str:
    """The language of a person's environment."""
    for variable in LOCALE:
        if locale := environment.get(variable):
            return "zh" if locale.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        language = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF
        return "zh" if language == CHINESE_WINDOWS else "en"
    return "en"


def current() -> Wording:
    """The words for what a running command says on standard error."""
    context = click.get_current_context(silent=True)
    languages: Any = context.params.get("languages") if context else None
    return (languages or Languages(spoken(sys.argv[1:], os.environ))).wording()


def spoken(words: list[str], environment: Mapping[str, str]) -> str:
    """The language that a command line asks for, as far as it can be told before it is understood."""
    for at, word in enumerate(words):
        name, equals, value = word.partition("=")
        wish = value if equals else "".join(words[at + 1 : at + 2])
        if name == "--lang" and wish in LANGUAGES:
            return wish
    wish = environment.get(VARIABLE, "")
    return wish if wish in LANGUAGES else of_locale(environment)
