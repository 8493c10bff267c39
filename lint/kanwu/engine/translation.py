"""What rules say, in another language: files beside them, read when a rule first speaks.

The texts of a rule lie in the folder of its module, in `zh/<rule-name>.toml` for Chinese:

    summary = "…"                   the first line of its page
    page = '''…'''                  the rest of it, in Markdown
    [messages]                      its messages and the titles of its fixes by id
    [options]                       what its options are for
    [terms.<parameter>]             what English values of a parameter are called
    [sentences.<parameter>]         values that are sentences, by templates with parameters of their own

`zh/shared.toml` holds messages, options and terms that several rules of the folder have in common, the
`title` of their family (or of several under `[titles]`), and under `[lists]` what stands between the items of a list. What is not translated is told in English.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from kanwu.documents.tables import read_table
from kanwu.engine.finding import Listed, Message
from kanwu.engine.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kanwu.engine.rule import AnyRule

LANGUAGES = ("en", "zh")
SHARED = "shared"
# Rules that users declare have their own words, but for the titles of their fixes.
DECLARED = "declared-rule"


class Translation:
    """Tells messages and pages of rules in a language, by its code: `en`, `zh`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def tell(self, message: Message) -> str:
        """A message as a person reads it."""
        if self.language == "en":
            return str(message)
        rule, _, key = message.id.partition("/")
        folder, name = home_of(rule)
        template = self._find(folder, name, "messages", key)
        if template is None:
            return str(message)
        parameters = {
            parameter: self._value(folder, name, parameter, value)
            for parameter, value in message.parameters.items()
        }
        try:
            return str(template.format_map(parameters))
        except (
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ):  # a plugin's slip costs no finding
            return str(message)

    def title(self, rule: type[AnyRule]) -> str:
        """What the family of a rule is about, an empty string where no translation tells."""
        shared = texts(folder_of(rule), self.language, SHARED)
        title: str = shared.get("titles", {}).get(rule.family()) or shared.get("title", "")
        return title

    def summary(self, rule: type[AnyRule]) -> str:
        """The first sentence of a rule's page."""
        return self._own(rule, "summary") or rule.summary()

    def page(self, rule: type[AnyRule]) -> str:
        """A rule's page, its first line the summary."""
        page = self._own(rule, "page")
        return f"{self.summary(rule)}\n\n{page.strip()}" if page else rule.page()

    def option_help(self, rule: type[AnyRule], option: str) -> str:
        """What an option of a rule is for."""
        found = self._find(folder_of(rule), rule.name, "options", option)
        return found or rule.options()[option].help

    def _own(self, rule: type[AnyRule], key: str) -> str:
        text: str = texts(folder_of(rule), self.language, rule.name).get(key, "")
        return text

    def _value(self, folder: str, name: str, parameter: str, value: object) -> object:
        if isinstance(value, Message):
            return self.tell(value)
        if isinstance(value, Listed):
            between = self._find(ENGINE, SHARED, "lists", value.between)
            items = (self._value(folder, name, parameter, item) for item in value.items)
            return (between or value.between).join(map(str, items))
        if isinstance(value, str):
            term = self._find(folder, name, "terms", parameter, value)
            return self._sentence(folder, name, parameter, value) if term is None else term
        return value

    def _sentence(self, folder: str, name: str, parameter: str, value: str) -> str:
        known = sentences(folder, self.language, name, parameter).find(value)
        if known is None:
            return value
        parts = {part: self._value(folder, name, part, said) for part, said in known.parts.items()}
        return known.template.format(**parts)

    def _find(self, folder: str, name: str, *keys: str) -> Any:
        for file in (name, SHARED):
            found: Any = texts(folder, self.language, file)
            for key in keys:
                found = found.get(key) if isinstance(found, dict) else None
            if found is not None:
                return found
        return None


@cache
def texts(folder: str, language: str, name: str) -> Mapping[str, Any]:
    """A file of translations, empty where there is none that can be read."""
    if not folder:
        return {}
    try:
        return read_table(folder + os.sep, os.path.join(language, f"{name}.toml"))
    except (OSError, ValueError):
        return {}


@cache
def sentences(folder: str, language: str, name: str, parameter: str) -> Sentences:
    """What is known of sentences that stand for a parameter."""
    return Sentences(texts(folder, language, name).get("sentences", {}).get(parameter, {}))


@cache
def home_of(name: str) -> tuple[str, str]:
    """The folder in which the translations of a rule lie, and the name of their file."""
    from kanwu.engine.discovery import discover

    rule = discover().by_name.get(name)
    return (ENGINE, DECLARED) if rule is None else (folder_of(rule), name)


def folder_of(rule: type[AnyRule]) -> str:
    """The folder of a rule's module; an empty string where it has no file."""
    return os.path.dirname(getattr(sys.modules.get(rule.__module__), "__file__", None) or "")


ENGINE = os.path.dirname(__file__)
