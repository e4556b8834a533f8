"""The words of a paragraph as a reader sees them, and what hangs on it."""

from __future__ import annotations

from typing import Any, NamedTuple

from govfin_extract.readers.docx.xml import child, chosen, is_on, name_of, value

# deleted or moved away, instructions of fields, the reading above a character, properties
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "rPr", "pPr", "sdtPr", "tbl"))
_CHARACTERS = {"tab": "  ", "ptab": "  ", "cr": "\n", "noBreakHyphen": "-"}
_TEXT = frozenset(("t", "sym", "br", *_CHARACTERS))
# Pictures of the Wingdings fonts that say something; they stand in the private area, where other fonts draw nothing.
_PICTURES = {0xF0FE: "☑", 0xF0FD: "☒", 0xF0FC: "√", 0xF0FB: "×", 0xF0A8: "□", 0xF06F: "□", 0xF06E: "■", 0xF0D8: "➢"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


class Inline(NamedTuple):
    """A paragraph's text, its text boxes, and the notes that it refers to as kind and number."""

    text: str
    boxes: tuple[Any, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def read_inline(paragraph: Any, hidden: frozenset[str] = frozenset()) -> Inline:
    """What a paragraph holds. A TAB becomes two blanks: columns set with it stay apart, and it is no table.

    Args:
        hidden: the styles whose text is not shown.
    """
    text: list[str] = []
    boxes: list[Any] = []
    notes: list[tuple[str, str]] = []
    unshown = bool(hidden) and _style(child(paragraph, "pPr"), "pStyle") in hidden
    fields: list[str] = []  # how far each open field is; what stands before its "separate" is how it is worked out
    # A stack, for the order of the document without recursion: a child's children come before its next sibling.
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = name_of(element)
        if name in _UNSEEN or (name == "r" and _is_hidden(element, hidden, unshown)):
            continue
        if name == "fldChar":
            _step(fields, value(element, "fldCharType"))
        elif "begin" in fields:  # the result of a field within the instruction of another
            waiting += () if name in _TEXT else reversed(element)
        elif name in _TEXT:
            text.append(_characters(element, name))
        elif name in _NOTES:
            notes.append((_NOTES[name], value(element, "id")))
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":
            waiting += chosen(element)
        else:
            waiting += reversed(element)
    return Inline("".join(text), tuple(boxes), tuple(notes))


def _characters(element: Any, name: str) -> str:
    if name == "t":
        return str(element.text or "")
    if name == "sym":
        return _symbol(value(element, "char"))
    if name == "br":
        return "" if value(element, "type") in ("page", "column") else "\n"
    return _CHARACTERS[name]


def _style(properties: Any, kind: str) -> str:
    named = None if properties is None else child(properties, kind)
    return "" if named is None else value(named)


def _is_hidden(run: Any, hidden: frozenset[str], unshown: bool) -> bool:
    properties = child(run, "rPr")
    if properties is None:
        return unshown
    if child(properties, "vanish") is not None:
        return is_on(properties, "vanish")
    return unshown or (bool(hidden) and _style(properties, "rStyle") in hidden)


def _step(fields: list[str], kind: str) -> None:
    if kind == "begin":
        fields.append(kind)
    elif fields and kind == "end":
        fields.pop()
    elif fields:
        fields[-1] = kind


def _symbol(said: str) -> str:
    try:
        code = int(said, 16)
    except ValueError:  # what no font can draw, no reader sees
        return ""
    return _PICTURES.get(code, "" if code < 0x20 or 0xD800 <= code < 0xF900 or code > 0xFFFF else chr(code))
