"""One form of every character and every line, with the way back: ``normalise(source) -> View``.

The canonical forms (``data/normalise/*.tsv`` holds the characters):

- digits, Latin letters and ``% + - = < > / . * # & | [ ]`` are ASCII; minus and dash look-alikes are ``-`` (``—`` only
  between digits), wave dashes ``~``, inequality look-alikes ``≥ ≤``;
- ``（ ） ： ； ！ ？`` are always full-width, also beside digits; the comma is ``,`` between digits, else ``，``;
  ``、 。 《 》 — …`` stay as they are;
- double quotes, straight or crooked, become ``“ ”`` pairs line by line where their number is even; corner quotes, too;
- every blank but TAB and line break is one plain blank each; every line separator is one line break;
- radicals, compatibility ideographs and the traditional characters that have one simplified form become that form;
- ``㎡ ㎞ ℃ ‰ ① Ⅰ`` and the like stay.

Deleted: invisible and control characters, residue of Word fields, page numbers, blanks inside spaced-out words and
beside Chinese punctuation, indents and trailing blanks, and line breaks inside sentences (``linebreaks``).
Blanks between digits, between digits and words, and between the columns of aligned tables stay.
"""

from __future__ import annotations

import re
from functools import cache

from govfin_extract.text.datafiles import read_toml, read_tsv
from govfin_extract.text.linebreaks import soft_breaks
from govfin_extract.text.lines import CHINESE_MARKS, CJK, MARKER, keeps_its_line
from govfin_extract.text.offsets import Editor, View

_INVISIBLE_CHARACTERS = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e01ef"
)
_INVISIBLE = re.compile(f"[{_INVISIBLE_CHARACTERS}]+|\r(?=\n)")
_ANY_INVISIBLE = re.compile(f"[\r{_INVISIBLE_CHARACTERS}]")
_FIELD = re.compile(
    r"PAGEREF {1,4}_Toc\d{1,20}(?: {1,4}\\?[hpHP]){0,2}(?: {1,4}\d{1,4}(?!\d))?"
    r"|HYPERLINK {1,4}(?:\\?l {1,4})?[\"“”](?:[^\"“”\n]{0,300})[\"“”]"
    r"|TOC {1,4}\\[a-z][^\n\u3400-\u9fff]{0,80}"
    r"|\\\* {1,4}MERGEFORMAT"
    r"|(?<![A-Za-z])(?:NUM)?PAGES?(?: {1,4}\\\* {0,4}MERGEFORMAT)?(?: {1,4}\d{1,4}(?!\d))?(?![A-Za-z0-9])"
)
# a number alone on the last line before a form feed, or alone on the first line after it
_PAGE_FOOT = re.compile(
    r"(?<![^\n])[ \t—–-]{0,8}\d{1,4}[ \t—–-]{0,8}\n{0,3}(?=\f)|(?<=\f)\n{0,3}[ \t—–-]{0,8}\d{1,4}[ \t—–-]{0,8}(?=\n)"
)
_LINE = re.compile(r"[^\n]+")
# patterns begin with a plain character wherever they can: the engine then looks for that one first
_QUOTES = re.compile('["“”]')
_COMMA = re.compile(r",(?:(?!\d|\n{1,4}\d{3}(?!\d))|(?<!\d,)(?<!\d\n,))")
# a full stop typed as a dot: 山区量力而行.项目覆盖; no numbering (一.), no leaders, no decimals
_DOT = re.compile(
    rf"\.(?<=[{CJK}）”%]\.)(?<![一二三四五六七八九十]\.)(?<!（[一二三四五六七八九十\d]）\.)"
    rf"(?=[{CJK}“（①-⑳\n]|(?:19|20)\d\d ?年|[ \t]*\Z)"
)
_WIDE_GROUP = re.compile(r"，(?<=\d，)\d{3}(?!\d)")
_WIDE_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:，\d{3})+(?![\d，])")
_DASH_BETWEEN_DIGITS = re.compile(r"—(?<=\d—)(?=\d)")
# some mirrored pages put the pinyin behind a character: 服務(wù)
_PINYIN = re.compile(
    r"\((?<=[\u3400-\u9fff]\()(?=[a-zü]{0,5}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}\)"
)
_NUMERAL = "[一二三四五六七八九十]{1,3}"
# a numbering behind a blank, in a text that lost its line breaks
_LOST_BREAK = re.compile(f" (?<=[{CJK}。；：）”] )(?=(?:第{_NUMERAL}部分|{_NUMERAL}、|（{_NUMERAL}）))")
_LOST_BREAK_LENGTH = 120
_HTML_BLANK = re.compile(r"&(?:nbsp|ensp|emsp|#160|#xa0);", re.IGNORECASE)

_RUN = re.compile(" +")
_MARKS = frozenset(CHINESE_MARKS + "\t|")
_SPACED = re.compile(rf"[{CJK}](?: +[{CJK}](?![{CJK}])){{2,}}(?: +[{CJK}])?")
_SPACED_CELL = re.compile(rf"(?<![^\t|])( *[{CJK}]) +([{CJK}])(?= *(?:[\t|]|\Z))")
# a blank that cuts a number: 9. 03万元, 2,2 82.77万元
_NUMBER_GAP = re.compile(r"(?<=\d\.) (?=\d{1,2} ?[%％万亿元])|(?<=,\d) (?=\d\d(?!\d))|(?<=,\d\d) (?=\d(?!\d))")
_PROSE_GAP = re.compile(rf" (?<=[{CJK}] )(?=[{CJK}])")
_BETWEEN = re.compile(rf" (?<=[{CJK}] ) *[{CJK}]")
# two quick looks: a lone character between blanks, and a blank between two characters that stand alone
_LETTERSPACED = re.compile(rf" (?<=[{CJK}] ) *[{CJK}] +[{CJK}]")
_LONE_PAIR = re.compile(rf" (?<=[{CJK}] )(?<![{CJK}]{{2}} ) *[{CJK}](?![{CJK}])")
_CLAUSE = re.compile(r"[^，。；：！？]+")


@cache
def _folds() -> dict[str, str]:
    """Every 1:1 substitution: character → character."""
    table = {row["from"]: row["to"] for row in read_tsv("normalise/traditional.tsv")}
    for name in ("shapes", "punctuation"):
        for row in read_tsv(f"normalise/{name}.tsv"):
            to = row["to"]
            table[chr(int(row["codepoint"], 16))] = chr(int(to[2:], 16)) if to.startswith("U+") else to
    table["\r"] = "\n"
    return table


@cache
def _foldable() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(re.escape, _folds())) + "]")


def normalise(source: str) -> View:
    """The normalised view of a text.

    >>> view = normalise("基 本 支 出 ３４.３４\\n\\n万元，其中:人员经费(类)0元。")
    >>> view.text
    '基本支出 34.34万元，其中：人员经费（类）0元。'
    >>> view.span(5, 12)
    Span(start=8, end=17)
    >>> view.source[8:17]
    '３４.３４\\n\\n万元'
    """
    editor = Editor(source)
    if "&" in source:  # one blank, and invisible characters in place of the rest
        editor.replace(_HTML_BLANK.sub(lambda match: " ".ljust(len(match[0]), "\u200b"), source))
    editor.cut(_residue(editor.text))
    editor.replace(_lost_breaks(fold(editor.text)))
    editor.cut(_blank_cuts(editor.text))
    cuts, blanks = soft_breaks(editor.text)
    if blanks:
        editor.replace(_with_blanks(editor.text, blanks))
    editor.cut(cuts)
    return editor.view()


def fold(text: str) -> str:
    """The 1:1 part of normalisation: the result has a character for every character of ``text``.

    >>> fold("決算（１２３，４５６．７８萬元）,占９.５％")
    '决算（123,456.78万元），占9.5%'
    """
    text = fold_characters(text)
    if "," in text:
        text = _COMMA.sub("，", text)
    if "." in text:
        text = _DOT.sub("。", text)
    if "，" in text and _WIDE_GROUP.search(text):
        text = _WIDE_THOUSANDS.sub(lambda match: match[0].replace("，", ","), text)
    if "—" in text:
        text = _DASH_BETWEEN_DIGITS.sub("-", text)
    if '"' in text or "“" in text or "”" in text:
        text = _pair_quotes(text)
    return text


def fold_characters(text: str) -> str:
    """Each character in its canonical form, without a look at its neighbours.

    >>> fold_characters("因公出國(境)費⽤")
    '因公出国（境）费用'
    """
    found = set(_foldable().findall(text))
    if not found:
        return text
    table = _folds()
    if len(found) <= 24:  # a pass of C code for each is cheaper than a table look-up for every character
        for char in found:
            text = text.replace(char, table[char])
        return text
    return text.translate({ord(char): table.get(char, char) for char in set(text)})


def _pair_quotes(text: str) -> str:
    """Double quotes as ``“ ”`` pairs, line by line; a line whose quotes are paired or odd in number stays as it is."""
    changes: dict[int, str] = {}
    line: list[tuple[int, str]] = []
    for match in _QUOTES.finditer(text):
        if line and text.find("\n", line[-1][0], match.start()) >= 0:
            _pair_line(line, changes)
            line = []
        line.append((match.start(), match[0]))
    _pair_line(line, changes)
    if not changes:
        return text
    characters = list(text)
    for place, quote in changes.items():
        characters[place] = quote
    return "".join(characters)


def _pair_line(line: list[tuple[int, str]], changes: dict[int, str]) -> None:
    if not line or len(line) % 2:
        return
    depth = 0
    for _, quote in line:
        depth += 1 if quote == "“" else -1
        if quote == '"' or depth < 0:
            break
    else:
        if depth == 0:
            return
    for index, (place, quote) in enumerate(line):
        wanted = "”" if index % 2 else "“"
        if quote != wanted:
            changes[place] = wanted


def _residue(text: str) -> list[tuple[int, int]]:
    """What no reader sees: invisible characters, fields of a word processor, page numbers at form feeds."""
    cuts = [match.span() for match in _INVISIBLE.finditer(text)] if _ANY_INVISIBLE.search(text) else []
    if "\f" in text:
        cuts += [match.span() for match in _PAGE_FOOT.finditer(text)]
    if "(" in text:
        cuts += [match.span() for match in _PINYIN.finditer(text)]
    if "PAGE" in text or "TOC" in text or "HYPERLINK" in text or "MERGEFORMAT" in text:
        cuts += [match.span() for match in _FIELD.finditer(text)]
    return sorted(cuts)


def _lost_breaks(text: str) -> str:
    """A line break for the blank before a numbering, where a whole document came as one line."""
    if " " not in text or not _LOST_BREAK.search(text):
        return text
    return _LINE.sub(_break_line, text)


def _break_line(match: re.Match[str]) -> str:
    line = match[0]
    if len(line) < _LOST_BREAK_LENGTH or keeps_its_line(line):
        return line
    return _LOST_BREAK.sub("\n", line)


def _blank_cuts(text: str) -> list[tuple[int, int]]:
    """The blanks that carry nothing, in order."""
    cuts: list[tuple[int, int]] = []
    if " " not in text:
        return cuts
    for match in _LINE.finditer(text):
        line = match[0]
        if " " in line:
            base = match.start()
            cuts += [(base + start, base + end) for start, end in sorted(_line_blanks(line))]
    return cuts


def _line_blanks(line: str) -> list[tuple[int, int]]:
    between = _BETWEEN.search(line) is not None
    cuts = _spaced_words(line) if between else []
    cells = "\t" in line or "|" in line
    if not cells and keeps_its_line(_without(line, cuts)):  # its blanks hold the columns apart
        return cuts
    cuts += [
        (start, end) for start, end in map(re.Match.span, _RUN.finditer(line)) if _carries_nothing(line, start, end)
    ]
    if not cells:
        cuts += [match.span() for match in _NUMBER_GAP.finditer(line)]
    if not between:
        return cuts
    if cells:  # a cell's words were wrapped: 公务 接待费
        cuts += [match.span() for match in _PROSE_GAP.finditer(line)]
    else:
        cuts += _prose_gaps(line)
    return cuts


def _carries_nothing(line: str, start: int, end: int) -> bool:
    """Whether a run of blanks stands at the line's edge or beside a Chinese mark, and parts no columns."""
    if start == 0 or end == len(line):
        return True
    if end - start >= 2 and line[start - 1] in "）”" and (line[end].isdecimal() or line[end] == "-"):
        return False
    return line[start - 1] in _MARKS or line[end] in _MARKS


def _without(line: str, cuts: list[tuple[int, int]]) -> str:
    pieces = []
    done = 0
    for start, end in sorted(cuts):
        pieces.append(line[done:start])
        done = max(done, end)
    return "".join((*pieces, line[done:]))


def _spaced_words(line: str) -> list[tuple[int, int]]:
    """The blanks inside words that are spaced out to fill a line or a cell: 基 本 支 出, 项 目."""
    cuts = []
    if _LETTERSPACED.search(line):
        for match in _SPACED.finditer(line):
            if match[0].replace(" ", "") not in _kept_apart():
                cuts += _gaps(match[0], match.start())
    if _LONE_PAIR.search(line):
        for match in _SPACED_CELL.finditer(line):
            if match[1].strip() + match[2] not in _kept_apart():
                cuts.append((match.end(1), match.start(2)))
        for match in _spaced_pairs().finditer(line):
            cuts += _gaps(match[0], match.start())
    return cuts


@cache
def _kept_apart() -> frozenset[str]:
    return frozenset(read_toml("normalise/lines.toml")["spaced_cells"])


@cache
def _spaced_pairs() -> re.Pattern[str]:
    pairs = "|".join(f"{word[0]} +{word[1]}" for word in read_toml("normalise/lines.toml")["spaced_words"])
    return re.compile(rf"(?<![{CJK}])(?<![{CJK}] )(?:{pairs})(?![{CJK}])")


def _gaps(piece: str, base: int) -> list[tuple[int, int]]:
    return [(base + gap.start(), base + gap.end()) for gap in re.finditer(" +", piece)]


def _prose_gaps(line: str) -> list[tuple[int, int]]:
    """Single blanks between characters inside a sentence.

    The blank behind a numbered heading, which parts it from its text, and the blank before a numbering stay.
    """
    cuts: list[tuple[int, int]] = []
    if not any(mark in line for mark in "，。；"):
        return cuts
    for clause in _CLAUSE.finditer(line):
        piece, base = clause[0], clause.start()
        if " " not in piece or len(piece) == len(line) or 3 < piece.count(" ") > len(piece) // 4:
            continue
        gaps = [gap.span() for gap in _PROSE_GAP.finditer(piece) if not MARKER.match(piece, gap.end())]
        if MARKER.match(piece.lstrip()):
            del gaps[:1]
        cuts += [(base + start, base + end) for start, end in gaps]
    return cuts


def _with_blanks(text: str, places: list[int]) -> str:
    characters = list(text)
    for place in places:
        characters[place] = " "
    return "".join(characters)
