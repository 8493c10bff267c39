"""INT: what could not be checked, or not be written, and what is wrong with the rows of datasets.

The rules that the engine itself speaks through, whatever is selected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from kanwu.engine.finding import Related, Severity, shown_id
from kanwu.engine.rule import AnyRule, CorpusRule, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kanwu.documents.document import Document, Span
    from kanwu.engine.finding import Finding, Place

MOST_RELATED = 8
NO_DATA: dict[str, object] = {}


class RuleCrashed(AnyRule):
    """A rule failed on this document; its other findings there are missing.

    It raised an exception, yielded what is no finding of its own inside the text, or came to no end: ten
    seconds, and one more for each 100,000 characters, are given to a rule on a document (there is no such
    limit on Windows), and a rule that needs longer is left out of the documents that follow. The run
    goes on with the other rules and documents, and ends with exit status 1, since a document that was not
    wholly checked is not known to be clean.

    **What to do.** Report it to the author of the rule, with the document if you may share it. Until
    it is repaired, leave the rule out with `--ignore`.

    **What it leaves alone.** It cannot be deselected or suppressed: a linter that failed must say so.
    """

    code = "INT001"
    name = "rule-crashed"
    severity = Severity.ERROR
    messages: ClassVar[Mapping[str, str]] = {
        "crashed": "rule {rule} failed on this document with {error}; the other rules went on",
        "unending": "rule {rule} was given up after {seconds} s on this document, and is left out of the "
        "documents checked after it; the other rules went on",
    }


class UnreadableFile(AnyRule):
    """A file could not be read, so nothing in it was checked.

    It may have vanished, be closed to you, be a broken link, or hold no text. When the file was named
    on the command line, the exit status is 2.

    **What to do.** Make the file readable, or leave it out with `--exclude`.

    **What it leaves alone.** Files in folders that are not text at all (images, archives) are passed
    over in silence unless they are named. It cannot be deselected or suppressed.
    """

    code = "INT002"
    name = "unreadable-file"
    severity = Severity.ERROR
    messages: ClassVar[Mapping[str, str]] = {"unreadable": "cannot be read: {reason}"}


class UnstableFix(AnyRule):
    """The fixes of some rules undo one another, so that fixing came to no end.

    After ten rounds the last text is kept as it is; each round's fixes were applied whole.

    **What to do.** Choose one of the rules named, and ignore the other.

    **What it leaves alone.** Fixes that need a few rounds because one makes room for the next.
    """

    code = "INT003"
    name = "unstable-fix"
    severity = Severity.ERROR
    messages: ClassVar[Mapping[str, str]] = {
        "unstable": "the fixes of {rules} still change the text after {rounds} rounds: "
        "they undo one another"
    }


class UnwritableFix(AnyRule):
    """A repaired text could not be written back to its file; the file is as it was.

    The text may hold a character that the file's encoding does not have, the file may have changed
    while it was being repaired, be read-only, or the disk may be full. Files are written whole or not
    at all.

    **What to do.** Convert the file to UTF-8, or make it writable, then run `fix` again.

    **What it leaves alone.** Files whose repaired text equals the old one are not written at all.
    """

    code = "INT004"
    name = "unwritable-fix"
    severity = Severity.ERROR
    messages: ClassVar[Mapping[str, str]] = {
        "unwritable": "the fix was not written: {reason}",
        "unencodable": "the fix was not written: its encoding {encoding} has no “{character}” (U+{point})",
    }


class SlowPattern(AnyRule):
    """A regular expression of a declared rule met its time limit, so that the rule did not end.

    On some line the pattern tries more ways of matching than anybody can wait for, as `(x+x+)+y` does
    on a long line of x. What the rule found before that line is reported; the lines after it were not
    looked at by this rule. The run goes on with the other rules and documents. When it happens to a
    rule three times among the documents that are checked together, the rest of these are not looked
    at by it any more.

    **What to do.** Write the pattern so that a character can be matched in one way only: no repeat
    inside a repeat, `[^,]*,` in place of `.*,`, a bound on every repeat. A bound on the length of the
    line (`longest`) helps as well.

    **What it leaves alone.** The built-in rules. It cannot be deselected or suppressed: a linter that
    did not look must say so.
    """

    code = "INT005"
    name = "slow-pattern"
    severity = Severity.ERROR
    messages: ClassVar[Mapping[str, str]] = {
        "slow": "the pattern “{pattern}” of rule {rule} was given up after {seconds} s on the line that "
        "begins “{line}”; the rule looked no further in this document",
        "left": "the pattern “{pattern}” of rule {rule} was given up after {seconds} s on the line that "
        "begins “{line}”, once again; the rule is left out of the documents checked after this one",
    }


class UnreadableRow(AnyRule):
    """A row of a dataset could not be read, so nothing in it was checked.

    It is no JSON, or not an object, has none of the configured fields or something else than text in one of
    them, or it is so long that it does not go into memory; or the file breaks off here. Rows with the same
    fault that are read together are one finding, at the first of them. The run goes on with the other rows.

    **What to do.** Name the fields that hold text with `--text-fields` or `text-fields` in the configuration,
    or have the row written again by the program that made it.

    **What it leaves alone.** Blank lines, and fields that are empty or hold null. It cannot be deselected or
    suppressed.
    """

    code = "INT006"
    name = "unreadable-row"
    severity = Severity.ERROR
    messages: ClassVar[Mapping[str, str]] = {
        "row": "row {row} cannot be read: {reason}",
        "rows": "row {row} and {more} of those after it cannot be read: {reason}",
    }


class UncheckableDocument(AnyRule):
    """A document, or a row, keeps ending the process that checks it, or keeps all rules busy without end.

    Some rule, or what it is made of, crashes on it, needs more memory than there is, or is never done. With
    several processes (`--jobs 2`) what was checked together with such a document is checked again, in ever
    smaller pieces, until it is found. It is set aside: nothing in it was checked, `clean` copies it as it is, and
    the run goes on with all others. A minute, and a second more for each 10,000 characters, is what all rules
    together may take for a document; its process is ended after two minutes, and a second more for each 2,000
    bytes.

    **What to do.** Look at the document: it may be damaged, or too long to be one document. If a rule of a
    plugin is at fault, leave it out with `--ignore` and report it to its author.

    **What it leaves alone.** A process that dies once, when the same work succeeds the next time. With one
    process there is nothing left that could tell of a death: `--jobs 2` finds the document. It cannot be
    deselected or suppressed.
    """

    code = "INT008"
    name = "uncheckable-document"
    severity = Severity.ERROR
    messages: ClassVar[Mapping[str, str]] = {
        "died": "the process that checks it dies every time ({how}): it was set aside, and nothing in it was "
        "checked",
        "endless": "its check does not end within {seconds} s: it was set aside, and nothing in it was checked",
    }


class RepeatedId(CorpusRule):
    """Two rows have the same id, so that nothing that refers to it is sure of its row.

    Rows are often told apart by their ids alone, where they are sampled, joined or left out. Ids are compared
    through all datasets of a run, where a field is configured that holds them.

    **What to do.** Drop the copy if the rows say the same (`kanwu clean --drop duplicate`), else give one of
    them another id.

    **What it leaves alone.** Rows without an id. It looks at nothing unless `--id-field` or `id-field` in the
    configuration names the field.
    """

    code = "INT007"
    name = "repeated-id"
    messages: ClassVar[Mapping[str, str]] = {
        "repeated": "row {row} has the id “{id}” of row {first}",
        "more": "row {row} and {more} after it have the id “{id}” of row {first}",
        "first": "row {row} has it first",
        "again": "row {row} has it too",
    }
    fewest = 2

    @staticmethod
    def record(place: Place) -> Record:
        """What is noted of a row that is a place with an id."""
        from hashlib import blake2b  # not at every start: few datasets have ids

        assert place.row_id is not None
        told = place.row_id.encode("utf-8", "surrogatepass")
        return Record(blake2b(told, digest_size=8).hexdigest(), place, NO_DATA)

    def collect(self, document: Document, places: Sequence[Span]) -> Iterator[Record]:  # noqa: ARG002
        """Note nothing: rows are noted when they are read, those without a text among them."""
        yield from ()

    def compare(self, key: str, records: Sequence[Record]) -> Iterator[Finding]:  # noqa: ARG002
        """Name the first row of each id, and the next one that has it."""
        by_id: dict[str | None, list[Place]] = {}
        for record in records:
            by_id.setdefault(record.place.row_id, []).append(record.place)
        for row_id, (first, *others) in by_id.items():
            if not others:
                continue
            at = others[0]
            row = first.record if first.path == at.path else f"{first.path}:{first.record}"
            about = {"row": at.record, "id": shown_id(row_id), "first": row}
            more = len(others) - 1
            said = self.say("more", more=more, **about) if more else self.say("repeated", **about)
            again = [(first, "first"), *((place, "again") for place in others[1:MOST_RELATED])]
            yield self.finding(
                at._replace(anchor=row_id or ""),
                said,
                related=[Related(there, self.say(word, row=there.record)) for there, word in again],
                evidence={"rows": len(others) + 1},
                documents=sorted({place.path for place in (first, *others)}),
            )


class PatternTimeoutError(Exception):
    """A search for a user's regular expression was given up."""

    def __init__(self, pattern: str, text: str, seconds: float) -> None:
        super().__init__(f"{pattern} took longer than {seconds} s")
        self.pattern = pattern
        self.text = text
        self.seconds = seconds


INTERNAL_RULES: tuple[type[AnyRule], ...] = (
    RuleCrashed,
    UnreadableFile,
    UnstableFix,
    UnwritableFix,
    SlowPattern,
    UnreadableRow,
    UncheckableDocument,
    RepeatedId,
)
