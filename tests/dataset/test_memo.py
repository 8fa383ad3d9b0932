"""Results are remembered as long as their data set lives, and not too many of them."""

import gc
import threading
import weakref
from dataclasses import replace

import pytest

from dashboard.dataset import memoize


@pytest.fixture
def data(bundled):
    """A data set of its own: another object with the same frames."""
    return replace(bundled)


@pytest.fixture
def counted():
    """A remembered function and the arguments with which it was called."""
    calls = []

    @memoize(size=2)
    def function(dataset, *args, **kwargs):
        calls.append((*args, *kwargs.items()))
        return object()

    return function, calls


def test_a_result_is_of_a_data_set_and_arguments_whatever_their_order(data, counted):
    function, _ = counted
    assert function(data, a=1, b=2) is function(data, b=2, a=1)
    assert function(data, 1) is not function(replace(data), 1)


def test_the_oldest_result_is_forgotten(data, counted):
    function, calls = counted
    for argument in (1, 2, 1, 3):  # 2 is now the one not asked for longest
        function(data, argument)
    function(data, 1)
    function(data, 2)
    assert calls == [(1,), (2,), (3,), (2,)]


def test_the_results_go_with_the_data_set(bundled):
    remembered = memoize(size=2)(lambda dataset: {"a result"})
    data = replace(bundled)
    result = weakref.ref(remembered(data))
    assert result() is not None
    del data
    gc.collect()
    assert result() is None


def test_an_error_is_not_remembered(data):
    answers = []
    remembered = memoize(size=2)(lambda dataset: answers[0])
    with pytest.raises(IndexError):
        remembered(data)
    answers.append("answer")
    assert remembered(data) == "answer"


def test_one_session_does_not_wait_for_another(data):
    begun, go_on = threading.Event(), threading.Event()

    @memoize(size=2)
    def function(dataset, name):
        if name == "slow":
            begun.set()
            assert go_on.wait(10)
        return name

    slow = threading.Thread(target=function, args=(data, "slow"))
    slow.start()
    assert begun.wait(10)
    assert function(data, "fast") == "fast"
    go_on.set()
    slow.join(10)
    assert not slow.is_alive()
