"""Word files: the body in reading order, with the numbers of lists, text boxes and notes where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from govfin_extract.errors import DamagedFileError
from govfin_extract.readers.docx.inline import Inline, read_inline
from govfin_extract.readers.docx.numbering import Numbering
from govfin_extract.readers.docx.xml import child, children, chosen, is_on, name_of, value
from govfin_extract.readers.limits import Budget
from govfin_extract.readers.linear import Linear, LinearWriter
from govfin_extract.readers.package import Package

_HOLDERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))
_DATA_ROWS = 2  # rows of figures that make a table one of figures, whatever stands inside a cell
_WIDEST = 2_000  # columns: more than Word itself allows
_DEEPEST_STYLE = 20
_DOCUMENT = "word/document.xml"


def read_docx(data: bytes, name: str, budget: Budget) -> Linear:
    """The text of a Word file.

    Insertions count as accepted, deletions are left out, and so are hidden text, headers and footers. A text box
    stands behind the paragraph that it hangs on, and so does a note. A table that only lays out the page (one column,
    or tables inside its cells and few rows besides) is written as what its cells hold.

    Raises:
        DamagedFileError: it is broken, encrypted, or no Word file.
        LimitError: it unpacks to too much, has too many cells, or takes too long.
    """
    package = Package(data, name, budget)
    part = _main_part(package)
    root = package.xml(part)
    body = None if root is None else child(root, "body")
    if body is None:
        raise DamagedFileError(f"{name} is a Word file without a document inside; open it and save it anew")
    reader = _Reader(package, part.rpartition("/")[0], budget)
    try:
        reader.write(body)
    except RecursionError as error:
        raise DamagedFileError(f"{name} is nested deeper than any real document; it cannot be read") from error
    linear = reader.writer.finish()
    if not linear.text and next(body.iter("{*}altChunk"), None) is not None:
        raise DamagedFileError(f"{name} only embeds a file of another format; open it in Word and save it anew")
    return linear


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    for relation in () if relations is None else relations:
        if name_of(relation) == "Relationship" and relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return _DOCUMENT


class _Reader:
    """Writes what containers hold: the body, cells, text boxes."""

    def __init__(self, package: Package, folder: str, budget: Budget) -> None:
        self.writer = LinearWriter(budget)
        self._budget = budget
        lists = package.xml(f"{folder}/numbering.xml")
        styles = package.xml(f"{folder}/styles.xml")
        self._numbering = Numbering(lists, styles)
        self._hidden = _hidden(() if styles is None else children(styles, "style"))
        self._notes = {kind: _notes(package.xml(f"{folder}/{kind}s.xml"), kind) for kind in ("footnote", "endnote")}

    def write(self, container: Any) -> None:
        """The blocks of a container as lines and tables."""
        begun = ""  # of a paragraph whose mark was deleted: it goes on in the next
        for block in _blocks(container):
            self._budget.check_time()
            if name_of(block) == "tbl":
                self._table(block)
                continue
            inline = self._paragraph(block)
            begun += inline.text
            if not _is_deleted(block):
                self._lines(begun)
                begun = ""
            self._behind(inline)
        self._lines(begun)

    def _lines(self, text: str) -> None:
        for line in text.split("\n"):
            if line.strip():
                self.writer.line(line.strip())

    def _paragraph(self, paragraph: Any) -> Inline:
        inline = read_inline(paragraph, self._hidden)
        # An empty paragraph counts too, and a column of row numbers is made of such; a deleted one does not.
        number = self._numbering.next(paragraph) if inline.text.strip() or not _is_deleted(paragraph) else ""
        return inline._replace(text=number + inline.text.lstrip() if number else inline.text)

    def _behind(self, inline: Inline) -> None:
        """Text boxes and notes of a paragraph."""
        for box in inline.boxes:
            self.write(box)
        for kind, key in inline.notes:
            note = self._notes[kind].pop(key, None)  # once: notes that cite each other would multiply without end
            if note is not None:
                self.write(note)

    def _table(self, table: Any) -> None:
        rows = list(_grid(table))
        columns = max((sum(width for _, width in row) for row in rows), default=0)
        single = all(sum(1 for _ in _cell_elements(row)) < 2 for row in _rows(table))
        inner = [block for row in rows for cell, _ in row for block in _tables_in(cell)]
        lays_out = bool(inner) and sum(_is_data(row) for row in rows) < _DATA_ROWS
        if single or columns < 2 or columns > _WIDEST or lays_out:
            for row in rows:
                for cell, _ in row:
                    if cell is not None:
                        self.write(cell)
            return
        self._budget.spend("cells", columns * len(rows))
        behind: list[Inline] = []
        lines = []
        for row in rows:
            line: list[str] = []
            for cell, width in row:
                line += [self._cell(cell, behind), *[""] * (width - 1)]
            lines.append(line + [""] * (columns - len(line)))
        self.writer.table(lines)
        for inline in behind:
            self._behind(inline)
        for block in inner:
            self._table(block)

    def _cell(self, cell: Any, behind: list[Inline]) -> str:
        if cell is None:
            return ""
        paragraphs = [self._paragraph(block) for block in _blocks(cell) if name_of(block) == "p"]
        behind += [inline for inline in paragraphs if inline.boxes or inline.notes]
        return "\n".join(inline.text for inline in paragraphs)


def _blocks(container: Any) -> Iterator[Any]:
    """The paragraphs and tables of a container, through what only groups them."""
    for element in container:
        name = name_of(element)
        if name in ("p", "tbl"):
            yield element
        elif name in _HOLDERS:
            yield from _blocks(element)
        elif name == "AlternateContent":
            yield from (block for choice in chosen(element) for block in _blocks(choice))


def _rows(table: Any) -> Iterator[Any]:
    for element in table:
        if name_of(element) == "tr":
            properties = child(element, "trPr")
            if properties is None or child(properties, "del") is None:
                yield element
        elif name_of(element) in _HOLDERS:
            yield from _rows(element)


def _grid(table: Any) -> Iterator[list[tuple[Any, int]]]:
    """The rows as cells and the columns that each covers; None for places that nothing or a merged cell fills."""
    merged: set[int] = set()  # the columns at which a cell of the row above may go on
    for row in _rows(table):
        cells = _cells(row, merged)
        merged.clear()
        column = 0
        for _, width, begins in cells:
            if begins:
                merged.add(column)
            column += width
        yield [(cell, width) for cell, width, _ in cells]


def _cells(row: Any, merged: set[int]) -> list[tuple[Any, int, bool]]:
    """Of each cell its element, its columns, and whether it is merged downwards. One that goes on nothing is whole."""
    properties = child(row, "trPr")
    before = _count(properties, "gridBefore", 0)
    cells: list[tuple[Any, int, bool]] = [(None, before, False)] if before else []
    column = before
    for cell in _cell_elements(row):
        properties = child(cell, "tcPr")
        goes_on = _continues(properties, "hMerge") or (_continues(properties, "vMerge") and column in merged)
        width = _count(properties, "gridSpan", 1)
        cells.append(
            (None if goes_on else cell, width, properties is not None and child(properties, "vMerge") is not None)
        )
        column += width
    return cells


def _cell_elements(row: Any) -> Iterator[Any]:
    for element in row:
        if name_of(element) == "tc":
            yield element
        elif name_of(element) in _HOLDERS:
            yield from _cell_elements(element)


def _continues(properties: Any, name: str) -> bool:
    mark = None if properties is None else child(properties, name)
    return mark is not None and value(mark) != "restart"


def _count(properties: Any, name: str, default: int) -> int:
    mark = None if properties is None else child(properties, name)
    said = "" if mark is None else value(mark)
    return min(max(int(said), default), _WIDEST) if said.isdecimal() and len(said) < 6 else default


def _tables_in(cell: Any) -> list[Any]:
    return [] if cell is None else [block for block in _blocks(cell) if name_of(block) == "tbl"]


def _is_data(row: list[tuple[Any, int]]) -> bool:
    """Whether a row holds words in several cells and no table: a row of figures, not of a layout."""
    cells = [cell for cell, _ in row if cell is not None]
    filled = sum(
        any(read_inline(block).text.strip() for block in _blocks(cell) if name_of(block) == "p") for cell in cells
    )
    return filled > 1 and not any(_tables_in(cell) for cell in cells)


def _notes(root: Any, kind: str) -> dict[str, Any]:
    """The notes of a part by their number; separators, which have a type, are none."""
    return {
        value(note, "id"): note
        for note in (() if root is None else children(root, kind))
        if value(note, "type") in ("", "normal")
    }


def _is_deleted(paragraph: Any) -> bool:
    properties = child(paragraph, "pPr")
    mark = None if properties is None else child(properties, "rPr")
    return mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None)


def _hidden(styles: Iterable[Any]) -> frozenset[str]:
    """The styles whose text is not shown: those that say so, and those based on one unless they say otherwise."""
    by_key = {value(style, "styleId"): style for style in styles}
    found = set()
    for key in by_key:
        at, seen = key, set[str]()
        while at in by_key and at not in seen and len(seen) < _DEEPEST_STYLE:
            seen.add(at)
            properties, base = child(by_key[at], "rPr"), child(by_key[at], "basedOn")
            if properties is not None and child(properties, "vanish") is not None:
                found.update([key] if is_on(properties, "vanish") else [])
                break
            at = "" if base is None else value(base)
    return frozenset(found)
