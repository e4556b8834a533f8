"""The character classes and patterns of the quantify stage.

Every repetition is bounded or possessive, so that each pattern reads a character a bounded number of times on any text.
"""

from __future__ import annotations

import re

from govfin_extract.stages.quantify.lexicon import lexicon
from govfin_extract.stages.quantify.side import LARGE

BLANKS = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000"
B = f"[{BLANKS}]"
GAP = rf"[{BLANKS}\r\n]{{0,16}}+"
ONES = "〇零○一二三四五六七八九两兩壹贰叁肆伍陆柒捌玖貳參陸"
NUMERALS = ONES + "十百千万亿兆廿卅拾佰仟萬億"
JOINERS = "-－‐‑–~～─∼〜—―至到"

_DIGITS = (
    rf"\d{{1,3}}(?:[,，]\d{{3}})++(?!\d)(?:\.\d++)?+"
    rf"|[1-9]\d{{0,2}}(?:{B}\d{{3}}(?![\d,，]))++(?:\.\d++)?+"
    rf"|\d++(?:\.\d++)?+"
)
# First characters of units, and of 分之, 成 and 半: a Chinese numeral counts only before one of them.
_FIRSTS = re.escape("".join(sorted(lexicon().units)) + "分成半")
_MONEY_FIRSTS = re.escape("".join(lexicon().money_after))

# One character class finds where a candidate may begin; the second pattern, tried only there, decides.
START = re.compile(rf"[0-9{NUMERALS}几数翻半]")
# The commonest forms, between characters that can add nothing to them: 收入74.50万元，
PLAIN = re.compile(r"(?P<n>\d++(?:\.\d++)?+)(?P<u>[万亿]?元|%|[人个名辆次家项条件起篇份台])(?=[，。；、）])")
CANDIDATE = re.compile(
    rf"(?P<d>{_DIGITS})"
    rf"|(?P<h>翻了?[一两二三四五1-5]?番|半数|一半)"
    rf"|(?P<c>[{NUMERALS}]++(?:点[{ONES}]++[百千万亿]*+)?+)"
    rf"(?:(?={B}{{0,2}}+[余多来几]?{B}?[{_FIRSTS}{_MONEY_FIRSTS}{LARGE}百千十])|(?<=[{LARGE}])|(?<=[{LARGE}][{ONES}])|(?={B}?[{JOINERS}]{B}?[{NUMERALS}\d]))"
    rf"|(?P<v>[几数](?=[十百千万亿]))"
)
RUN = re.compile(rf"[{NUMERALS}]*+")

# A multiplier; 百 and 千 are not where they begin 百分点, 千克, 千瓦.
_HUNDREDS = r"百(?!分)|千(?![克米瓦伏帕卡])"
_TIMES = (
    rf"(?:{_HUNDREDS}|兆(?![瓦帕伏周赫比])|[十万亿佰仟萬億])"
    rf"(?:{B}?(?:{_HUNDREDS}|[万亿])){{0,3}}"
)
TAIL = re.compile(rf"(?P<gap>{GAP})(?P<inner>[余多来几])?(?P<space>{B}{{0,4}}+)(?P<times>{_TIMES})?")
AFTER_TIMES = re.compile(rf"(?P<inner>[余多来])?{GAP}")
SPACE = re.compile(GAP)
MIXED = re.compile(
    r"\d{1,8}(?:\.\d{1,8})?(?:[百千万亿](?:\d{1,4}[百千万]?){0,3})?(?=[百千万亿元人个余多])"
    r"|[一二三四五六七八九](?:[百千万][一二三四五六七八九]?){1,3}"
)
JOIN = re.compile(
    rf"{B}{{0,2}}+(?:[（(]含[）)])?{B}{{0,3}}+(?:[-－‐‑–~～─∼〜―]{{1,2}}|—{{1,2}}|至|到){B}{{0,3}}+"
    rf"(?P<sign>[-−负])?(?=\d|[{NUMERALS}])"
)
FRACTION = re.compile(
    rf"(?P<whole>[{NUMERALS}]{{1,5}}|\d{{1,5}})分之(?P<sign>负)?"
    rf"(?:(?P<d>\d{{1,6}}(?:\.\d{{1,8}})?)|(?P<c>[{ONES}十百千]{{1,10}}(?:点[{ONES}]{{1,8}})?))(?P<inner>几|多)?"
)
RATIO = re.compile(
    rf"(?P<a>\d{{1,4}}(?:\.\d{{1,3}})?){B}?[:：∶]{B}?(?P<b>\d{{1,4}}(?:\.\d{{1,3}})?)(?![\d:：∶.年月日%％{LARGE}元个])"
)
SLASH = re.compile(r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/年月日.]|分(?![之别]))")
FULL_MARK = re.compile(
    rf"{B}?(?:[（(]{B}?(?P<full>\d{{1,4}}(?:\.\d{{1,4}})?){B}?分?[)）]|/(?P<of>\d{{1,4}}(?:\.\d{{1,4}})?)){B}?分(?![钟之别位配成摊担享])"
)
SMALL_MONEY = re.compile(rf"{B}?(?:(?P<jiao>[\d{ONES}])[角毛])?零?(?:(?P<fen>[\d{ONES}])分(?![之钟别])(?:钱)?)?")
ENTIRE = re.compile(r"整(?![个体治改合理顿修数])|正(?![在式常确规面好是当向值因如处])")
INCLUSIVE = re.compile(r"[（(]不?含(?:本数)?[）)]")
COMPOUND = re.compile(r"[（(](?:套|次|件|台|组|辆|座|个|人|户|处|种|批|株|只|家|箱|枚|支)[）)]")
