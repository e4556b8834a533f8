"""One function over many items on this machine: lazy, in order, bounded, and no item ends the run."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as Late
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from govfin_extract.errors import LimitError, SettingError, WorkerError

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2  # items in flight for each worker
_GRACE = 5.0  # seconds that the function itself has to notice that its time is over, and to load what it needs


def outcomes(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int = 1,
    isolated: bool = False,
    seconds: float | None = None,
) -> Iterator[tuple[Item, Result | Exception]]:
    """Each item with what ``function`` made of it, or with the exception that it raised, in the order of ``items``.

    At most ``2 × workers`` items are taken ahead of the one yielded, so an endless iterator is fine. With several
    workers, or ``isolated``, ``function`` and its results must be picklable; the processes are spawned, on every
    platform alike. One that dies, or takes longer than ``seconds`` and some grace for an item, costs that item alone.

    >>> [(item, type(result).__name__) for item, result in outcomes(int, ["1", "x", "3"])]
    [('1', 'int'), ('x', 'ValueError'), ('3', 'int')]
    """
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
        raise SettingError(f"workers must be a whole number, 1 or more, not {workers!r}")
    if workers == 1 and not isolated:
        return _serial(function, items)
    return _parallel(function, items, workers, None if seconds is None else seconds + _GRACE)


def _serial(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Exception]]:
    for item in items:
        result: Result | Exception
        try:
            result = function(item)
        except Exception as error:
            result = error
        yield item, result


def _parallel(
    function: Callable[[Item], Result], items: Iterable[Item], workers: int, seconds: float | None
) -> Iterator[tuple[Item, Result | Exception]]:
    """Each item with its result, in order, while later ones are already being worked on."""
    waiting: deque[tuple[Item, ProcessFuture[Any]]] = deque()
    pool = ProcessPool(workers, context=multiprocessing.get_context("spawn"))
    try:
        for item in items:
            waiting.append((item, pool.schedule(function, args=[item], timeout=seconds)))
            if len(waiting) >= _AHEAD * workers:
                first, future = waiting.popleft()
                yield first, _result(future)
        while waiting:
            first, future = waiting.popleft()
            yield first, _result(future)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _result(future: ProcessFuture[Any]) -> Any:
    """What a process made of its item, or the error that it ended with."""
    try:
        return future.result()
    except Late:
        return LimitError(
            "took longer than the limit seconds and was ended; raise it: Limits(seconds=…), --limit seconds=…"
        )
    except ProcessExpired:
        return WorkerError(
            "the process that worked on this document died, out of memory perhaps; "
            "a script that uses workers needs its loop under: if __name__ == '__main__':"
        )
    except Exception as error:
        return error
