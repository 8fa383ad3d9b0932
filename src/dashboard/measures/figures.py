"""Every number of the screen as one plain structure, for other programs (`python -m dashboard figures`)."""

from __future__ import annotations

from typing import Any

from dashboard.dataset import Dataset, Selection
from dashboard.measures import aggregates, goals, overlap, reconciliation, structure


def figures(dataset: Dataset, selection: Selection) -> dict[str, Any]:
    """The figures of one selection, ready for JSON; shares as fractions with four decimals.

    Reconciliation is given for the whole data set as reported, whatever is selected. `scenario` lists the
    changes of a what-if, where there are any.
    """
    changes = [change.written for change in selection.scenario]
    return {
        "as_of": selection.as_of,
        "communes": list(selection.communes),
        "boundaries": selection.boundaries,
        **({"scenario": changes} if changes else {}),
        "sample": dataset.about.sample,
        "version": dataset.about.version,
        "structure": {
            **structure.counts(dataset, selection),
            "incomplete": structure.missing(dataset, selection),
        },
        "overlap": _overlap(dataset, selection),
        "goals": [_goal(dataset, selection, row) for row in _records(goals.progress(dataset, selection))],
        "reconciliation": [_reconciled(row) for row in _records(reconciliation.compare(dataset))],
    }


def _overlap(dataset: Dataset, selection: Selection) -> dict[str, Any]:
    result = overlap.counts(dataset, selection)
    states = overlap.post_states(dataset, selection)
    vacant = states[states["vacant"] > 0]
    in_commune = ("villages", "secretary+village_head", "secretary+front_head", "all_three", "none")
    return {
        "villages": result["villages"],
        "pairs": {name: result[name] for name in aggregates.PAIR_NAMES},
        "all_three": result["all_three"],
        "any": result["any"],
        "none": result["none"],
        "unreported": result["unreported"],
        "vacant": dict(zip(vacant["position"], vacant["vacant"].tolist(), strict=True)),
        "by_commune": [
            {"commune_id": row["area"], **{name: int(row[name]) for name in in_commune}}
            for row in _records(overlap.by_commune(dataset, selection))
        ],
    }


def _goal(dataset: Dataset, selection: Selection, state: dict[str, Any]) -> dict[str, Any]:
    part, whole = state["numerator"], state["denominator"]
    known = ("unreported", "certain", *(("compared",) if state["operator"] == "up" else ()))
    in_commune = ("numerator", "denominator", "status", "needed", *known)
    return {
        "goal_id": state["goal_id"],
        "numerator": part,
        "denominator": whole,
        "share": round(part / whole, 4) if whole else None,
        "operator": state["operator"],
        "target": state["target"],
        "status": state["status"],
        "needed": state["needed"],
        **{name: state[name] for name in known},
        "by_commune": [
            {"commune_id": row["area"], **{name: row[name] for name in in_commune}}
            for row in _records(goals.by_commune(dataset, selection, state["goal_id"]))
        ],
    }


def _reconciled(row: dict[str, Any]) -> dict[str, Any]:
    names = ("figure_id", "published", "denominator", "computed", "computed_denominator", "status")
    return {name: row[name] for name in names}


def _records(frame: Any) -> list[dict[str, Any]]:
    return list(frame.to_dict("records"))
