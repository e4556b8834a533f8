"""One function over many items on this machine: lazy, in order, bounded, and no item ends the run."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from govfin_extract.errors import SettingError, WorkerError

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2  # items in flight for each worker


def outcomes(
    function: Callable[[Item], Result], items: Iterable[Item], *, workers: int = 1
) -> Iterator[tuple[Item, Result | Exception]]:
    """Each item with what ``function`` made of it, or with the exception that it raised, in the order of ``items``.

    At most ``2 × workers`` items are taken ahead of the one yielded, so an endless iterator is fine. With several
    workers ``function`` and its results must be picklable; the processes are spawned, on every platform alike.

    >>> [(item, type(result).__name__) for item, result in outcomes(int, ["1", "x", "3"])]
    [('1', 'int'), ('x', 'ValueError'), ('3', 'int')]
    """
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
        raise SettingError(f"workers must be a whole number, 1 or more, not {workers!r}")
    return _serial(function, items) if workers == 1 else _parallel(function, items, workers)


def _serial(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result | Exception]]:
    for item in items:
        result: Result | Exception
        try:
            result = function(item)
        except Exception as error:
            result = error
        yield item, result


def _parallel(
    function: Callable[[Item], Result], items: Iterable[Item], workers: int
) -> Iterator[tuple[Item, Result | Exception]]:
    for item, future in _futures(function, items, workers):
        result: Result | Exception
        try:
            result = future.result()
        except BrokenProcessPool:
            result = _alone(function, item)
        except Exception as error:
            result = error
        yield item, result


def _futures(
    function: Callable[[Item], Result], items: Iterable[Item], workers: int
) -> Iterator[tuple[Item, Future[Result]]]:
    """Each item with its future, in order, while later ones are already being worked on."""
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    pool = _pool(workers)
    try:
        for item in items:
            try:
                future = pool.submit(function, item)
            except BrokenProcessPool:
                pool.shutdown(wait=False)
                pool = _pool(workers)
                future = pool.submit(function, item)
            waiting.append((item, future))
            if len(waiting) >= _AHEAD * workers:
                yield waiting.popleft()
        yield from waiting
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(function: Callable[[Item], Result], item: Item) -> Result | Exception:
    """A dead process takes the whole pool with it, whichever item it worked on: try this one by itself."""
    with _pool(1) as pool:
        try:
            return pool.submit(function, item).result()
        except BrokenProcessPool:
            return WorkerError(
                "the process that worked on this document died, out of memory perhaps; "
                "a script that uses workers needs its loop under: if __name__ == '__main__':"
            )
        except Exception as error:
            return error


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
