"""Work in other processes: done, failed, killed, hung, and several at once."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.outputs.worker import WorkError, Workers

# What a worker does must be importable there: functions of the standard library stand in.


@pytest.fixture
def workers():
    workers = Workers(2, timeout_s=20)
    yield workers
    workers.end()


def test_the_work_is_done_in_another_process(workers):
    assert workers.run(divmod, 7, 2) == (3, 1)
    assert workers.run(os.getpid) != os.getpid()


@pytest.mark.skipif(not hasattr(os, "nice"), reason="this system has no such priority")
def test_workers_go_behind_a_server_but_not_behind_a_command():
    steps = {}
    for low_priority in (True, False):
        alone = Workers(1, low_priority=low_priority)
        steps[low_priority] = alone.run(os.nice, 0) - os.nice(0)
        alone.end()
    assert steps[True] > steps[False] == 0


def test_work_that_raises_says_why_and_harms_nothing(workers):
    before = workers.run(os.getpid)
    with pytest.raises(WorkError, match="ZeroDivisionError"):
        workers.run(divmod, 7, 0)
    assert workers.run(os.getpid) == before


def test_a_killed_worker_is_replaced_and_its_work_done(workers):
    os.kill(workers.run(os.getpid), signal.SIGKILL)
    assert workers.run(divmod, 7, 2) == (3, 1)


def test_work_that_kills_its_process_is_an_error_and_not_repeated_for_ever(workers):
    with pytest.raises(WorkError, match="_exit"):
        workers.run(os._exit, 3)
    assert workers.run(divmod, 7, 2) == (3, 1)


def test_work_that_hangs_is_ended():
    hasty = Workers(1, timeout_s=0.2)
    with pytest.raises(WorkError, match="no answer within"):
        hasty.run(time.sleep, 60)
    hasty.end()


def test_two_pieces_of_work_run_at_once(workers):
    both = threading.Barrier(2)

    def at_once():
        both.wait()
        return workers.run(os.getpid)

    def slowly():
        both.wait()
        workers.run(time.sleep, 0.5)
        return workers.run(os.getpid)

    with ThreadPoolExecutor(2) as threads:
        futures = [threads.submit(slowly), threads.submit(at_once)]
        assert futures[0].result() != futures[1].result()


def test_who_waits_longest_is_served_first():
    workers = Workers(1, timeout_s=20)
    workers.run(os.getpid)
    served = []

    def often():
        for number in range(6):
            workers.run(time.sleep, 0.1)
            served.append(number)

    long_job = threading.Thread(target=often)
    long_job.start()
    while not served:
        time.sleep(0.01)
    workers.run(os.getpid)
    assert len(served) < 4
    long_job.join()
    workers.end()


def test_of_those_who_wait_who_asked_for_less_goes_first():
    workers = Workers(1, timeout_s=20)
    busy = threading.Thread(target=workers.run, args=(time.sleep, 1.0))
    busy.start()
    served, waiting = [], []
    for name, amount in (("twelve", 12), ("eleven", 11), ("one", 1)):
        run = workers.behind(lambda amount=amount: amount)
        waiting.append(
            threading.Thread(target=lambda run=run, name=name: (run(os.getpid), served.append(name)))
        )
        waiting[-1].start()
    for thread in (busy, *waiting):
        thread.join(20)
    workers.end()
    assert served == ["one", "eleven", "twelve"]


def test_while_one_process_hangs_another_reader_is_served():
    both = Workers(2, timeout_s=5)
    first = both.run(os.getpid)
    os.kill(first, signal.SIGSTOP)
    with ThreadPoolExecutor(2) as readers:
        hung = readers.submit(both.run, os.getpid)
        served = readers.submit(both.run, divmod, 7, 2)
        assert served.result() == (3, 1)
        with pytest.raises(WorkError):
            hung.result()
    both.end()


def test_a_process_killed_while_it_works_is_replaced():
    workers = Workers(1, timeout_s=20)
    process = workers.run(os.getpid)
    with ThreadPoolExecutor(1) as reader:
        work = reader.submit(workers.run, time.sleep, 0.5)
        os.kill(process, signal.SIGKILL)
        assert work.result() is None
    workers.end()
