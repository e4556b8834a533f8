"""Stage: the tables of a text and their facts, by section 4 of the annotation guide."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from govfin_extract.records import Fact, Metadata, Quantity, Table
from govfin_extract.stages.tables.bands import Band, find_bands
from govfin_extract.stages.tables.columns import bare
from govfin_extract.stages.tables.context import Context, context_of, lines_above, year_in
from govfin_extract.stages.tables.facts import Setting, TableReader
from govfin_extract.stages.tables.figures import CellReader
from govfin_extract.stages.tables.grid import WIDEST, Grid, read_grid
from govfin_extract.stages.tables.stream import read_stream
from govfin_extract.text.segment import Block, Layout
from govfin_extract.text.sentences import Passage

__all__ = ["Tables", "read_tables"]

_PLANNED_TYPES = frozenset(("部门预算", "预算草案报告"))
_STOCKS = frozenset(("assets", "staffing", "debt"))  # what there is, in a budget as well
_NO_PLAN = ("决算", "执行", "完成", "自评", "评价")
_USUAL_POWER = 4
_LARGE = 1_000_000


@dataclass(slots=True)
class Tables:
    """The tables of a document, their facts, and the prose that their cells hold; offsets in the view."""

    tables: list[Table] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)


@dataclass(slots=True)
class _Previous:
    """What a table on the next page goes on from."""

    bands: list[Band]
    columns: int
    context: Context
    power: int
    end: int


def read_tables(layout: Layout, quantities: list[Quantity], about: Metadata) -> Tables:
    """The tables of a document, in the order of the text.

    >>> from govfin_extract.stages.quantify import quantify
    >>> from govfin_extract.text.segment import segment
    >>> text = "收入决算表\\n单位：万元\\n项目\\t决算数\\n事业收入\\t34.43\\n合计\\t34.43"
    >>> found = read_tables(segment(text), quantify(text), Metadata(fiscal_year="2022"))
    >>> [(fact.label.text, str(fact.value), fact.period) for fact in found.facts], found.tables[0].kind
    ([('事业收入', '344300', '2022'), ('合计', '344300', '2022')], 'income')
    """
    cells = CellReader(quantities)
    found = Tables()
    previous: _Previous | None = None
    stop = 0
    for block in layout.blocks:
        if block.kind not in ("table", "cell"):
            continue
        parsed = _parsed(layout.text, block)
        if parsed is None:
            continue
        previous = _read(layout, block, parsed, stop, about, cells, previous, found)
        stop = block.end
    return found


class _Parsed(NamedTuple):
    """A table's grid, its bands, and the words of the cells above its header."""

    grid: Grid
    bands: list[Band]
    above: list[str]


def _parsed(text: str, block: Block) -> _Parsed | None:
    grid = read_grid(text, block.start, block.end) if block.kind == "table" else None
    if grid is not None and grid.columns > WIDEST:
        return None
    if grid is not None and grid.rows:
        bands, above = find_bands(grid)
        return _Parsed(grid, bands, [cell.text for number in above for cell in grid.rows[number] if cell])
    stream = read_stream(text, block.start, block.end)
    return _Parsed(stream.grid, stream.bands, [cell.text for cell in stream.head]) if stream else None


def _read(
    layout: Layout,
    block: Block,
    parsed: _Parsed,
    stop: int,
    about: Metadata,
    cells: CellReader,
    previous: _Previous | None,
    found: Tables,
) -> _Previous:
    text = layout.text
    grid, bands, above = parsed
    header = "".join(bare(cell.text) for band in bands for number in band.head for cell in grid.rows[number] if cell)
    context = context_of(lines_above(text, block.start, stop), above, header)
    if previous is not None and _continues(previous, grid, bands, context):
        bands[0].paths = previous.bands[-1].paths
        context = previous.context
    power = context.power
    if power is None:
        power = _likely_power(grid, previous)
    setting = Setting(
        context,
        power,
        _is_planned(context, about),
        year_in(context.title) or about.fiscal_year,
        len(found.tables),
        grid.form,
    )
    reader = TableReader(grid, setting, cells)
    found.facts.extend(reader.facts(bands))
    found.passages.extend(reader.passages)
    found.tables.append(
        Table(block.start, block.end, context.kind, context.title or None, len(grid.rows), grid.columns)
    )
    return _Previous(bands, grid.columns, context, power, block.end)


def _continues(previous: _Previous, grid: Grid, bands: list[Band], context: Context) -> bool:
    """Whether a table without header and title goes on from the page before."""
    return grid.columns == previous.columns and bool(bands) and not any(bands[0].paths) and not context.title


def _is_planned(context: Context, about: Metadata) -> bool:
    """Whether amounts are budget where no column says otherwise: by the table's title, else the document's type."""
    if context.kind in _STOCKS or any(word in context.title for word in _NO_PLAN):
        return False
    return "预算" in context.title.replace("公共预算", "").replace("基金预算", "").replace("经营预算", "") or (
        about.doc_type in _PLANNED_TYPES
    )


def _likely_power(grid: Grid, previous: _Previous | None) -> int:
    """Where nothing says the unit: that of the table before; yuan where large amounts have cents."""
    numbers = (number for row in grid.rows for cell in row if cell and (number := cell.number))
    if any(number.decimals == 2 and abs(number.value) >= _LARGE for number in numbers):
        return 0
    return previous.power if previous is not None else _USUAL_POWER
