"""`/healthz` and `/readyz`."""

from __future__ import annotations

import json

import pytest

from dashboard.access import Readiness, health
from own_loop import finished


def response(path: str, readiness: Readiness, *, known: bool) -> tuple[int, dict[str, object]]:
    answer = finished(health.answer(path, lambda: readiness, known=known))
    return answer.status_code, json.loads(bytes(answer.body))


@pytest.mark.parametrize("known", [True, False])
def test_a_process_that_answers_is_alive(known):
    assert response("/healthz", Readiness("starting"), known=known) == (200, {"status": "ok"})


@pytest.mark.parametrize("status", ["starting", "no data"])
def test_without_data_nobody_is_sent_here(status):
    assert response("/readyz", Readiness(status), known=False) == (503, {"status": status})


def test_strangers_are_told_no_version():
    assert response("/readyz", Readiness("ready", "v1", 5), known=False) == (200, {"status": "ready"})


def test_readers_are_told_version_and_age():
    body = {"status": "ready", "version": "v1", "age_s": 5}
    assert response("/readyz", Readiness("ready", "v1", 5), known=True) == (200, body)
