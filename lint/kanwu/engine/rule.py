"""The contract of a rule: what plugins and the built-in rules write.

A rule is a class in a module of its own. Its attributes say what it is and where it wants to be
called; its docstring is its page; one method yields findings. Rules read and yield: they never
print, open files of the user, or change the document.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NamedTuple, TypeVar, overload

from kanwu.engine.finding import Finding, Fix, Message, Place, Related, Safety, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from kanwu.documents.document import Document, Markup, Span
    from kanwu.engine.triggers import Trigger

T = TypeVar("T", bound=bool | int | float | str | tuple[str, ...])

Zone = Literal["prose", "everything"]


class Option(Generic[T]):
    """A typed setting of a rule: `least = Option(5, "fewest lines that make a list", minimum=1)`.

    Read as an attribute of the rule it is the configured value, else the default. Its type is the
    default's; a tuple stands for a list of strings.
    """

    def __init__(
        self,
        default: T,
        help: str,  # noqa: A002 - the word of every option parser
        *,
        minimum: float | None = None,
        choices: tuple[T, ...] = (),
    ) -> None:
        self.default = default
        self.help = help
        self.minimum = minimum
        self.choices = choices
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name.replace("_", "-")

    @overload
    def __get__(self, rule: None, owner: type) -> Option[T]: ...
    @overload
    def __get__(self, rule: AnyRule, owner: type) -> T: ...
    def __get__(self, rule: AnyRule | None, owner: type) -> Option[T] | T:
        if rule is None:
            return self
        value: T = rule.configured.get(self.name, self.default)
        return value

    def accept(self, value: object) -> T:
        """The value in the option's type, or ValueError saying what was expected."""
        expected = self.expected
        if isinstance(self.default, tuple):
            if not (isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)):
                raise ValueError(expected)
            value = tuple(value)
        elif isinstance(self.default, float) and isinstance(value, int):
            value = value if isinstance(value, bool) else float(value)
        if type(value) is not type(self.default):
            raise ValueError(expected)
        if self.choices and value not in self.choices:
            raise ValueError(expected)
        if self.minimum is not None and isinstance(value, int | float) and value < self.minimum:
            raise ValueError(expected)
        return value

    @property
    def expected(self) -> str:
        """In words, what values the option takes."""
        return self.expected_in(str.format)

    def expected_in(self, say: Callable[..., str]) -> str:
        """The same as `say` words it, which takes an English template and its parameters."""
        if self.choices:
            return say("one of {choices}", choices=", ".join(str(c) for c in self.choices))
        words = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}
        text = say(words.get(type(self.default), "a list of strings"))
        if self.minimum is None:
            return text
        return say("{text} of at least {least:g}", text=text, least=self.minimum)


class Bad(NamedTuple):
    """An example with a defect: the text, and what all fixes of the rule make of it.

    `fixed` is None where the rule offers nothing to apply. `finds` lists the texts that the findings
    stand on; left out, there is one finding, anywhere.
    """

    text: str
    fixed: str | None = None
    finds: tuple[str, ...] | None = None
    markup: Markup = "plain"
    options: Mapping[str, Any] = {}
    beside: tuple[str, ...] = ()
    """Other documents of the same run, whose paths come before that of the text."""
    encoding: str = "utf-8"
    """The codec in which the file of the text is written."""


class Good(NamedTuple):
    """An example in which the rule finds nothing."""

    text: str
    markup: Markup = "plain"
    options: Mapping[str, Any] = {}
    beside: tuple[str, ...] = ()
    encoding: str = "utf-8"
    """These two as for `Bad`."""


class AnyRule(ABC):
    """What document rules and corpus rules share."""

    code: ClassVar[str]
    """Three letters of the family and three digits; never reused."""
    name: ClassVar[str]
    """The defect in kebab-case."""
    severity: ClassVar[Severity] = Severity.WARNING
    safety: ClassVar[Safety | None] = None
    """The safety of most of its fixes; None where it offers none."""
    default: ClassVar[bool] = True
    """Whether selecting the family (or everything) selects this rule."""
    where: tuple[Trigger, ...] = ()
    """What it is called for; with several triggers their places come merged, in text order."""
    zone: ClassVar[Zone] = "prose"
    """`prose` drops places in Markdown code, front matter, links' targets and raw HTML."""
    messages: ClassVar[Mapping[str, str]]
    """English templates by id, in `str.format` form."""
    examples: ClassVar[tuple[Bad | Good, ...]] = ()

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        """Take configured options by their kebab-case names, already accepted by `Option.accept`."""
        self.configured: Mapping[str, Any] = options or {}

    @classmethod
    def options(cls) -> dict[str, Option[Any]]:
        """The rule's settings by their names in a configuration file."""
        found: dict[str, Option[Any]] = {}
        for owner in reversed(cls.__mro__):
            found |= {o.name: o for o in vars(owner).values() if isinstance(o, Option)}
        return found

    @classmethod
    def page(cls) -> str:
        """The docstring, its indentation taken off."""
        return inspect.cleandoc(cls.__doc__ or "")

    @classmethod
    def summary(cls) -> str:
        """The first sentence of the page."""
        return cls.page().partition("\n")[0]

    @classmethod
    def family(cls) -> str:
        """The three letters of the code."""
        return cls.code[:3]

    def say(self, message: str, **parameters: object) -> Message:
        """One of the rule's messages with its parameters. Raises KeyError where one is missing."""
        said = Message(f"{self.name}/{message}", self.messages[message], parameters)
        str(said)  # a template that does not fit is the rule's failure, here and not in a report
        return said

    def finding(
        self,
        at: Place,
        message: Message,
        *,
        related: Iterable[Related] = (),
        evidence: Mapping[str, Any] | None = None,
        fix: Fix | None = None,
        severity: Severity | None = None,
        documents: Iterable[str] = (),
    ) -> Finding:
        """A finding of this rule. `evidence` holds what JSON can hold.

        `documents` are the paths of all documents that it is about, where `related` leaves some out.
        """
        return Finding(
            self.code,
            self.name,
            severity or self.severity,
            message,
            at,
            tuple(related),
            evidence or {},
            fix,
            tuple(documents),
        )


class Rule(AnyRule):
    """A rule that looks at one document at a time."""

    @abstractmethod
    def check(self, document: Document, places: Sequence[Span]) -> Iterator[Finding]:
        """Yield what is wrong at the places (or near them) where a trigger fired.

        `places` holds every place of the document that the rule's triggers found, in text order.
        """


class Record(NamedTuple):
    """What a corpus rule notes of one document, to be compared under its keys with others."""

    key: str
    place: Place
    data: Mapping[str, Any]
    """What JSON can hold, so that records can lie in an index."""
    also: tuple[str, ...] = ()
    """Further keys, where documents that are to be compared have any of several in common."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key under which it is compared."""
        return (self.key, *self.also)


class CorpusRule(AnyRule):
    """A rule that compares documents: `collect` notes records, `compare` reads those of one key."""

    fewest: ClassVar[int] = 1
    """With how many records a key is worth comparing: 2 where nothing is wrong with one alone."""
    reach: ClassVar[int] = 1
    """How far an index is followed from a changed document: 1 to the documents that share a key with
    it, 2 also to those that share a key with these."""
    records: ClassVar[str] = ""
    """A name for the records of several rules that collect the very same: only one of these rules is
    asked for them, and all compare them."""

    @property
    def records_name(self) -> str:
        """The name under which its records lie: its own unless it shares them."""
        return self.records or self.name

    @abstractmethod
    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:
        """Yield what this document says that others may contradict."""

    @abstractmethod
    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding | Record]:
        """Yield what is wrong among all records of one key, which come sorted by place.

        The very same records are compared under the first of their keys, though they share several.
        Records that it yields are compared in turn, when all keys are done: so what was seen under
        several keys can be put together under one. This must come to an end.
        """
