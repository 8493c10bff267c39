"""The ledger as a table on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from kanwu.reporters.ledger import COLUMNS, Text, encodable, name_of, rows, texts
from kanwu.reporters.wording import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from kanwu.documents.document import Document
    from kanwu.engine.ledger import Entry
    from kanwu.reporters.wording import Wording


class Table(Text):
    """A table for each document, its cells wrapped to the width of the terminal."""

    def __init__(self, stream: TextIO, wording: Wording = ENGLISH) -> None:
        super().__init__(stream, wording)
        self.console = Console(file=stream)

    def write(self, document: Document, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        table = RichTable(
            title=escape(encodable(name_of(document))), title_justify="left", box=None
        )
        for column in COLUMNS:
            table.add_column(self.wording.word(column), no_wrap=column == "place")
        for row in rows(document, entries):
            table.add_row(*map(escape, texts(row, self.wording)))
        self.console.print(table, "")
