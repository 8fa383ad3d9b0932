"""Remember what was computed from a data set, for as long as that data set lives."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary, ref

from dashboard.dataset.model import Dataset

P = ParamSpec("P")
R = TypeVar("R")


def memoize(
    size: int,
) -> Callable[[Callable[Concatenate[Dataset, P], R]], Callable[Concatenate[Dataset, P], R]]:
    """A pure function of a data set and hashable arguments keeps its `size` latest results.

    The results are shared between sessions: no caller may change them. They go with the data set, so that a
    replaced one leaves nothing behind.
    """

    def decorate(function: Callable[Concatenate[Dataset, P], R]) -> Callable[Concatenate[Dataset, P], R]:
        caches: WeakKeyDictionary[Dataset, Callable[..., R]] = WeakKeyDictionary()
        lock = threading.Lock()

        def cache_of(dataset: Dataset) -> Callable[..., R]:
            alive = ref(dataset)
            return lru_cache(size)(lambda *args, **kwargs: function(cast(Dataset, alive()), *args, **kwargs))

        @wraps(function)
        def wrapped(dataset: Dataset, *args: Any, **kwargs: Any) -> R:
            with lock:
                if (cache := caches.get(dataset)) is None:
                    cache = caches[dataset] = cache_of(dataset)
            return cache(*args, **dict(sorted(kwargs.items())))

        return cast(Callable[Concatenate[Dataset, P], R], wrapped)

    return decorate
