"""Remember what was computed from a data set, for as long as that data set lives."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary

from dashboard.dataset.model import Dataset

P = ParamSpec("P")
R = TypeVar("R")


def remembered(
    size: int,
) -> Callable[[Callable[Concatenate[Dataset, P], R]], Callable[Concatenate[Dataset, P], R]]:
    """A pure function of a data set and hashable arguments keeps its `size` latest results.

    The results are shared between sessions: nobody may change them. They go with the data set, so that a
    replaced one leaves nothing behind.
    """

    def decorate(function: Callable[Concatenate[Dataset, P], R]) -> Callable[Concatenate[Dataset, P], R]:
        kept: WeakKeyDictionary[Dataset, OrderedDict[Hashable, object]] = WeakKeyDictionary()
        lock = threading.Lock()

        @wraps(function)
        def wrapped(dataset: Dataset, *args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, tuple(sorted(kwargs.items())))
            with lock:
                results = kept.setdefault(dataset, OrderedDict())
                if key in results:
                    results.move_to_end(key)
                    return cast(R, results[key])
            result = function(dataset, *args, **kwargs)
            with lock:
                results[key] = result
                while len(results) > size:
                    results.popitem(last=False)
            return result

        return cast(Callable[Concatenate[Dataset, P], R], wrapped)

    return decorate
