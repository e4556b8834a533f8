"""The words of a paragraph as a reader sees them, and what hangs on it."""

from __future__ import annotations

from typing import Any, NamedTuple

from govfin_extract.readers.docx.xml import child, children, is_on, name_of, value

# deleted or moved away, instructions of fields, the reading above a character, properties
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "rt", "rPr", "pPr", "sdtPr", "tbl"))
_CHARACTERS = {"tab": "  ", "ptab": "  ", "cr": "\n", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


class Inline(NamedTuple):
    """A paragraph's text, its text boxes, and the notes that it refers to as kind and number."""

    text: str
    boxes: tuple[Any, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def read_inline(paragraph: Any) -> Inline:
    """What a paragraph holds. A TAB becomes two blanks: columns set with it stay apart, and it is no table."""
    text: list[str] = []
    boxes: list[Any] = []
    notes: list[tuple[str, str]] = []
    # A stack, for the order of the document without recursion: a child's children come before its next sibling.
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        name = name_of(element)
        if name in _UNSEEN or (name == "r" and is_on(child(element, "rPr"), "vanish")):
            continue
        if name == "t":
            text.append(element.text or "")
        elif name in _CHARACTERS:
            text.append(_CHARACTERS[name])
        elif name == "br":
            text.append("" if value(element, "type") in ("page", "column") else "\n")
        elif name in _NOTES:
            notes.append((_NOTES[name], value(element, "id")))
        elif name == "txbxContent":
            boxes.append(element)
        elif name == "AlternateContent":  # the same thing twice, for new and old programs
            waiting += reversed(children(element, "Choice")[:1] or children(element, "Fallback")[:1])
        else:
            waiting += reversed(element)
    return Inline("".join(text), tuple(boxes), tuple(notes))
