"""What a finding says to people, in Chinese and English; it never says which side is wrong."""

from __future__ import annotations

from collections.abc import Mapping

from govfin_extract.audit.check import Outcome
from govfin_extract.records import Message
from govfin_extract.text.datafiles import read_toml

__all__ = ["message_of"]

_LONGEST = 40


def message_of(outcome: Outcome, titles: Mapping[str, Mapping[str, str]]) -> Message:
    """The message of an outcome: what should hold, and the arithmetic."""
    known = read_toml("audit/messages.toml")
    title = titles.get(outcome.rule) or known["rules"].get(outcome.rule) or known["rules"]["other"]
    verdict = known["verdicts"][outcome.verdict]
    names = list(dict.fromkeys(name for figure in outcome.figures if (name := _short(figure.name))))[:2]
    zh, en = "、".join(names), ", ".join(names)
    return Message(
        zh=f"{zh}：{title['zh']}，{verdict['zh']}：{outcome.arithmetic.replace('; stated', '，原文为')}",
        en=f"{en}: {title['en']}, {verdict['en']}: {outcome.arithmetic}",
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"
