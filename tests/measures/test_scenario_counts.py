"""Every count with a what-if, against a copy of the data set whose officers are edited row by row."""

import csv
import shutil
from random import Random

import pandas as pd
import plain_figures
import pytest
from test_against_plain_counting import Maker

from dashboard import dataset, measures, schema
from dashboard.dataset import posts, scenario


def random_changes(random, data, as_of):
    """A scenario of a date: changes at random, those that the rules refuse left out."""
    villages = list(data.villages["village_id"])
    written = []
    for _ in range(random.choice((0, 5, 60, 200)) if villages else 0):
        kind = random.choice(scenario.KINDS)
        known = scenario.MERGED if kind == scenario.MERGE else schema.POSITIONS
        written.append(f"{random.choice(villages)}.{kind}.{random.choice(known)}")
    return scenario.read(data, as_of, written).scenario


def edit(folder, as_of, changes):
    """Make the changes in `officers.csv`, by letters of holders, kind after kind."""
    file = folder / "officers.csv"
    with open(file, encoding="utf-8", newline="") as opened:
        reader = csv.DictReader(opened)
        columns, rows = list(reader.fieldnames), list(reader)
    for kind in ("member", "fill", "merge"):
        for change in changes:
            if change.kind == kind:
                village = {
                    row["position"]: row
                    for row in rows
                    if (row["as_of"], row["village_id"]) == (as_of, change.village_id)
                }
                _edit_village(village, change)
    with open(file, "w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, columns)
        writer.writeheader()
        writer.writerows(rows)


def _free(village):
    """A letter that no one of the village has."""
    return chr(ord(max("@", *(row["holder"] for row in village.values()))) + 1)


def _edit_village(village, change):
    post = village[change.position]
    if change.kind == "member":
        for row in village.values():
            if row is post or (row["holder"] == post["holder"] and post["holder"] != "?"):
                row["party_member"] = "true"
    elif change.kind == "fill":
        post.update(holder=_free(village), party_member="true")
    else:
        assert post["party_member"] == "true"
        if post["holder"] == "?":
            assert not village["secretary"]["holder"]
            post["holder"] = _free(village)
        village["secretary"].update(holder=post["holder"], party_member="true")


@pytest.fixture(params=range(8))
def edited(request, tmp_path):
    """A random data set, a scenario of one of its dates, and a copy with that scenario written in."""
    random = Random(request.param)
    folder, copy = tmp_path / "real", tmp_path / "edited"
    folder.mkdir()
    Maker(random).write(folder)
    data = dataset.load(folder)
    as_of = random.choice(data.dates) if data.dates else ""
    changes = random_changes(random, data, as_of)
    shutil.copytree(folder, copy)
    edit(copy, as_of, changes)
    communes = dataset.areas.listed(data, as_of, "then")
    chosen = random.choice([(), (), tuple(random.sample(communes, min(2, len(communes))))])
    return data, folder, copy, (chosen, as_of), changes


@pytest.mark.parametrize("boundaries", ["then", "now"])
def test_every_figure_is_that_of_the_edited_data(edited, boundaries):
    data, folder, copy, (communes, as_of), changes = edited
    communes = dataset.areas.carried(data, communes, as_of, boundaries)
    selection = dataset.select(data, communes, as_of or None, boundaries, scenario=changes)
    figures = measures.figures(data, selection)
    real = plain_figures.figures(folder, communes, as_of, boundaries)
    assumed = plain_figures.figures(copy, communes, as_of, boundaries)
    assert figures.pop("version") == data.about.version
    assert figures.pop("scenario", []) == [change.written for change in changes]
    assert figures == {**assumed, "reconciliation": real["reconciliation"]}


def frames(data, selection):
    """What every measure of posts gives, by its name."""
    goal_ids = list(data.goals["goal_id"])
    gap = measures.gap.obstacles(data, selection, 1000)
    result = {
        "overlap": pd.DataFrame([measures.overlap.counts(data, selection)]),
        "pool": measures.overlap.merge_states(data, selection),
        "post_states": measures.overlap.post_states(data, selection),
        "villages": measures.overlap.villages(data, selection),
        "obstacles": gap.rows,
        "plan": measures.gap.by_commune(data, selection),
        "steps": measures.gap.steps(data, selection),
        "changed": pd.DataFrame(measures.changes.combinations(data, selection)),
    }
    for goal_id in goal_ids:
        result[f"path:{goal_id}"] = measures.goals.path(data, selection, goal_id)
        result[f"goal:{goal_id}"] = pd.DataFrame([measures.changes.goal(data, selection, goal_id)])
    for flag in ("any", "merge:ready", "secretary+village_head"):
        changed = measures.changes.villages(data, selection, flag)
        result[f"changes:{flag}"] = pd.DataFrame() if changed is None else changed.rows
    for state in ("member", "vacant"):
        changed = measures.changes.held_posts(data, selection, state)
        result[f"posts:{state}"] = pd.DataFrame() if changed is None else changed.rows
    return result


def test_every_measure_of_posts_is_that_of_the_edited_data(edited):
    data, _, copy, (communes, as_of), changes = edited
    selection = dataset.select(data, communes, as_of or None, scenario=changes)
    edited_data = dataset.load(copy)
    expected = frames(edited_data, dataset.select(edited_data, communes, as_of or None))
    for name, frame in frames(data, selection).items():
        pd.testing.assert_frame_equal(frame, expected[name], obj=name)


def test_what_is_real_stays_real(edited):
    data, _, _, (communes, as_of), changes = edited
    plain = dataset.select(data, communes, as_of or None)
    selection = dataset.select(data, communes, as_of or None, scenario=changes)
    assert measures.structure.counts(data, selection) == measures.structure.counts(data, plain)
    for date in data.dates:
        if date != as_of:
            pd.testing.assert_frame_equal(
                measures.aggregates.at_date(data, selection, date),
                measures.aggregates.at_date(data, plain, date),
            )


def test_without_a_scenario_the_very_posts_of_the_data_are_counted(bundled):
    selection = dataset.select(bundled)
    assert selection.posts(bundled) is posts.all_dates(bundled)[selection.as_of]
    assert "scenario" not in measures.figures(bundled, selection)
