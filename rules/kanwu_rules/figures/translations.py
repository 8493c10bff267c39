"""What the rules on translations share: one document with both languages, or a file for each."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from kanwu import CorpusRule, Document, EveryDocument, Record, Related, place
from kanwu.documents.reading import marked_up
from kanwu.engine.finding import whole_file
from kanwu_rules.figures.bilingual import Bilingual
from kanwu_rules.figures.translation_layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kanwu import Finding, Place, Span
    from kanwu.documents.document import Markup

ZH, EN = "zh", "en"
CHINESE = ("zh", "cn", "chs", "cht", "chinese", "zh-cn", "zh-hans", "zh-hant", "zh-tw", "zh-hk")
ENGLISH = ("en", "eng", "english", "en-us", "en-gb")
LANGUAGES = dict.fromkeys(CHINESE, ZH) | dict.fromkeys(ENGLISH, EN)
HERE, THERE = "here", "there"
BETWEEN = "\n\n"


class Difference(NamedTuple):
    """What a text and its translation say differently: one place in each, and how to tell it."""

    zh: Span
    en: Span
    message: str
    parameters: Mapping[str, str]
    evidence: Mapping[str, Any]


class TranslationRule(CorpusRule):
    """A rule that compares the two languages of a document, or of two files of one name."""

    where = (EveryDocument(),)
    also: ClassVar[str] = "also"
    """The message beside the place in the other language."""

    @abstractmethod
    def differences(self, document: Document) -> Iterable[Difference]:
        """What the two languages of a document say differently."""

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:  # noqa: ARG002
        found = sibling(document.path)
        if found is not None:
            language, key = found
            whole = whole_file(document.path, document.record)
            text, markup = document.source.text, document.markup
            yield Record(key, whole, {"language": language, "text": text, "markup": markup})
        layout = document.get(Layout)
        if not layout.document.get(Bilingual).pairs:
            return
        for number, told in enumerate(self.differences(layout.document)):
            key = f"in {document.path} {document.record or ''} {number}"
            data = {
                "side": HERE,
                "message": told.message,
                "parameters": told.parameters,
                "evidence": told.evidence,
            }
            yield Record(key, place(document, *layout.original(told.zh)), data)
            yield Record(key, place(document, *layout.original(told.en)), {"side": THERE})

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding]:
        if key.startswith("in "):
            here, there = sorted(records, key=lambda record: str(record.data["side"]))
            data = here.data
            yield self.finding(
                here.place,
                self.say(data["message"], **data["parameters"]),
                related=[Related(there.place, self.say(self.also))],
                evidence=data["evidence"],
            )
            return
        sides = {record.data["language"]: record for record in records}
        if len(records) == len(sides) == 2:
            yield from self._in_two_files(sides[ZH], sides[EN])

    def _in_two_files(self, zh: Record, en: Record) -> Iterator[Finding]:
        """What a file and its translation in another file say differently."""
        first, second = (
            text_of(side.place, side.data["text"], side.data.get("markup", "plain"))
            for side in (zh, en)
        )
        behind = len(first.text) + len(BETWEEN)
        # As one document: all of the Chinese text, then all of the English one.
        layout = Document(first.text + BETWEEN + second.text).get(Layout)
        for told in self.differences(layout.document):
            here, (start, end) = layout.original(told.zh), layout.original(told.en)
            if here.end > len(first.text) or start < behind:
                continue
            there = place(second, start - behind, end - behind)
            yield self.finding(
                place(first, *here),
                self.say(told.message, **told.parameters),
                related=[Related(there, self.say(self.also))],
                evidence=told.evidence,
            )


def text_of(at: Place, text: str, markup: Markup) -> Document:
    """The document whose file has this text. Of markup only HTML matters: it is none of the text."""
    if markup == "html":
        return marked_up(text, path=at.path, markup=markup)
    return Document(text, path=at.path, record=at.record)


def sibling(path: str) -> tuple[str, str] | None:
    """The language that the name of a file tells, and a key that the file of the other language shares.

    x.zh.txt and x.en.txt, x_cn.md and x_en.md.
    """
    path = path.replace("\\", "/")
    folder, slash, name = path.rpartition("/")
    base, dot, extension = name.rpartition(".")
    for mark in "._-":
        stem, found, language = (base or name).rpartition(mark)
        if found and (told := LANGUAGES.get(language.lower().replace("_", "-"))):
            return told, f"files {folder}{slash}{stem}{mark}*{dot}{extension if base else ''}"
    return None


def sentences_of(document: Document, spans: Sequence[Span]) -> str:
    """Sentences as evidence shows them."""
    return "".join(document.text[start:end] for start, end in spans).strip()
