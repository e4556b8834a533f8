"""Many items: in order, lazy, bounded, and none ends the run."""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from typing import Any

import pytest

from govfin_extract.errors import LimitError, SettingError, WorkerError
from govfin_extract.scale.local import outcomes


def work(item: int) -> int:
    """Later items are done sooner; 13 fails."""
    time.sleep(0.01 * (item % 3 == 0))
    if item == 13:
        raise ValueError(item)
    return item * item


def die(item: int) -> int:
    """The whole process ends on 5, as when memory runs out."""
    if item == 5:
        os._exit(1)
    return item


@pytest.mark.parametrize("workers", [1, 2])
def test_results_keep_the_order_and_errors_their_place(workers: int) -> None:
    results = list(outcomes(work, range(20), workers=workers))
    assert [item for item, _ in results] == list(range(20))
    assert [result for item, result in results if item != 13] == [item * item for item in range(20) if item != 13]
    assert isinstance(results[13][1], ValueError)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_endless_input_is_taken_only_a_little_ahead(workers: int) -> None:
    taken = []

    def endless() -> Iterator[int]:
        for item in itertools.count(20):
            taken.append(item)
            yield item

    results = outcomes(work, endless(), workers=workers)
    assert taken == []
    for number in range(1, 30):
        next(results)
        assert len(taken) <= number + 2 * workers
    results.close()  # type: ignore[attr-defined]


def test_a_process_that_dies_costs_its_own_item_only() -> None:
    results = list(outcomes(die, range(12), workers=2))
    assert [item for item, _ in results] == list(range(12))
    assert [result for item, result in results if item != 5] == [item for item in range(12) if item != 5]
    failure = results[5][1]
    assert isinstance(failure, WorkerError)
    assert "__main__" in str(failure)


def test_no_workers_is_refused_at_once() -> None:
    with pytest.raises(SettingError, match="1 or more, not 0"):
        outcomes(work, [], workers=0)


@pytest.mark.parametrize("workers", ["2", 1.5, None, True])
def test_workers_are_a_whole_number(workers: Any) -> None:
    with pytest.raises(SettingError, match="whole number"):
        outcomes(work, [], workers=workers)


def hang_on_none(item: int | None) -> int:
    """What a parser in an endless loop does."""
    while item is None:
        pass
    return item


def test_an_item_that_hangs_is_ended_and_costs_itself_alone() -> None:
    results = list(outcomes(hang_on_none, [None, 7], isolated=True, seconds=-4))  # of 5 seconds' grace
    assert isinstance(results[0][1], LimitError)
    assert "limit seconds" in str(results[0][1])
    assert results[1] == (7, 7)
