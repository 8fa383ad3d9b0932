"""Exhibits of role overlap."""

from __future__ import annotations

import pandas as pd

from dashboard import charts, measures, schema
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits.model import Exhibit, Table, area_names, bounded, exhibit, narrow
from dashboard.text import Text

COMBINATIONS = measures.overlap.COMBINATIONS
# Letters of a name on a phone, beside its figures.
_NARROW = 25


@remembered(size=256)
def by_commune(dataset: Dataset, selection: Selection) -> Exhibit:
    """Villages of each commune by who holds two posts: every village counts once."""
    text = selection.text
    rows = measures.overlap.by_commune(dataset, selection)
    rows = rows.assign(
        name=rows["area"].map(area_names(dataset, selection)),
        says=[
            text("overlap.by_commune.says", share=text.ratio(int(row["any"]), int(row["villages"])))
            for row in rows.to_dict("records")
        ],
    )
    parts = {name: text(f"overlap.combination.{name}") for name in COMBINATIONS}
    shown, note = bounded(rows, 12, text)
    headings = {"name": text("column_short.commune"), "villages": text("count.villages")}
    headings |= parts
    return exhibit(
        dataset,
        selection,
        "overlap.by_commune",
        headline=headline(dataset, selection),
        alt=_leading(rows, text),
        plot=charts.Plot(charts.overlap.by_commune, _segments(shown, parts), text) if len(rows) else None,
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[note, text("overlap.never_add"), text("overlap.no_target"), text("overlap.villages_only")],
    )


@remembered(size=256)
def combinations(dataset: Dataset, selection: Selection) -> Exhibit:
    """How many villages per exclusive combination, none included."""
    text = selection.text
    rows = measures.overlap.combinations(dataset, selection)
    total = int(rows["villages"].sum())
    names = [text(f"overlap.combination.{name}") for name in rows["combination"]]
    frame = pd.DataFrame(
        {
            "row": range(len(rows)),
            "part": names,
            "name": names,
            "name_narrow": names,
            "villages": rows["villages"],
            "says": [text.ratio(int(villages), total) for villages in rows["villages"]],
        }
    )
    counts = measures.overlap.counts(dataset, selection)
    return exhibit(
        dataset,
        selection,
        "overlap.combinations",
        headline=text(
            "overlap.combinations.headline" if total else "overlap.empty",
            any=text.ratio(counts["any"], total),
            none=counts["none"],
            place=selection.place(dataset),
        ),
        alt="; ".join(f"{name}: {says}" for name, says in zip(names, frame["says"], strict=True)),
        plot=charts.Plot(charts.overlap.combinations, frame, text) if total else None,
        table=Table(
            pd.DataFrame({text("column_short.combination"): names, text("count.villages"): rows["villages"]})
        ),
        notes=[text("overlap.combinations.note"), text("overlap.no_target")],
    )


@remembered(size=256)
def matrix(dataset: Dataset, selection: Selection) -> Exhibit:
    """Who holds what in each village; above the bound of marks only the table by commune remains."""
    text = selection.text
    states = measures.overlap.post_states(dataset, selection)
    counts = measures.overlap.counts(dataset, selection)
    drawn = counts["villages"] * (2 * len(schema.POSITIONS) + 1) <= charts.MOST_MARKS
    villages = measures.overlap.villages(dataset, selection) if drawn else None
    return exhibit(
        dataset,
        selection,
        "overlap.matrix",
        headline=text(
            "overlap.matrix.headline" if counts["villages"] else "overlap.empty",
            villages=text("common.villages", n=counts["villages"]),
            any=counts["any"],
            vacant=text("overlap.vacant", n=int(states["vacant"].sum())),
            not_reported=text("overlap.not_reported", n=int(states["not_reported"].sum())),
            place=selection.place(dataset),
        ),
        alt=text("overlap.matrix.alt"),
        plot=None
        if villages is None or villages.empty
        else charts.Plot(charts.overlap.matrix, _cells(villages, area_names(dataset, selection), text), text),
        table=None if villages is None else _matrix_table(villages, area_names(dataset, selection), text),
        notes=["" if drawn else text("overlap.matrix.too_many"), text("overlap.matrix.note")],
    )


@remembered(size=256)
def post_states(dataset: Dataset, selection: Selection) -> Exhibit:
    """Per post: held by a member, by another, vacant, not reported."""
    text = selection.text
    rows = measures.overlap.post_states(dataset, selection)
    rows = rows.assign(
        not_member=rows["filled"] - rows["member"],
        name=[text(f"code.position.{position}") for position in rows["position"]],
        says=[text.ratio(int(row.member), int(row.filled)) for row in rows.itertuples()],
    )
    states = {state: text(f"overlap.state.{state}") for state in charts.overlap.STATE_COLOURS}
    headings = {"name": text("column_short.position"), **states, "says": text("column_short.member_share")}
    vacant, not_reported = int(rows["vacant"].sum()), int(rows["not_reported"].sum())
    return exhibit(
        dataset,
        selection,
        "overlap.post_states",
        headline=text(
            "overlap.post_states.headline" if rows[list(states)].to_numpy().sum() else "overlap.empty",
            filled=int(rows["filled"].sum()),
            member=int(rows["member"].sum()),
            vacant=text("overlap.vacant", n=vacant),
            not_reported=text("overlap.not_reported", n=not_reported),
            place=selection.place(dataset),
        ),
        alt="; ".join(f"{row.name}: {row.says}" for row in rows.itertuples(index=False)),
        plot=charts.Plot(charts.overlap.post_states, _segments(rows, states), text),
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[text("overlap.post_states.note")],
    )


def headline(dataset: Dataset, selection: Selection) -> str:
    """Both published ratios beside each other, never added, and the villages that they share."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    total = counts["villages"]
    if not total:
        return text("overlap.empty", place=selection.place(dataset))
    said = text(
        "overlap.headline",
        head=text.ratio(counts["secretary+village_head"], total),
        front=text.ratio(counts["secretary+front_head"], total),
    )
    return f"{said}{text('overlap.headline_three', n=counts['all_three'])}" if counts["all_three"] else said


def _segments(rows: pd.DataFrame, parts: dict[str, str]) -> pd.DataFrame:
    """One row per segment of a stacked bar: for every row of `rows` its columns `parts` (as written)."""
    long = rows.assign(row=range(len(rows)), name_narrow=narrow(list(rows["name"]), _NARROW)).melt(
        ["row", "name", "name_narrow", "says"], list(parts), "part", "count"
    )
    long["place"] = long["part"].map({name: i for i, name in enumerate(parts)})
    long = long[long["count"] > 0].sort_values(["row", "place"])
    end = long.groupby("row")["count"].cumsum()
    again = long["row"].duplicated()
    long[["name", "name_narrow", "says"]] = long[["name", "name_narrow", "says"]].mask(again, "")
    return long.assign(
        part=long["part"].map(parts), start=end - long["count"], middle=end - long["count"] / 2, end=end
    ).drop(columns="place")


def _leading(rows: pd.DataFrame, text: Text) -> str:
    rows = rows[rows["villages"] > 0]
    if len(rows) < 2:
        return ""
    share = rows["any"] / rows["villages"]
    most, fewest = rows.loc[share.idxmax()], rows.loc[share.idxmin()]
    return text(
        "overlap.leading",
        most=f"{most['name']} {text.ratio(int(most['any']), int(most['villages']))}",
        fewest=f"{fewest['name']} {text.ratio(int(fewest['any']), int(fewest['villages']))}",
    )


def _cells(villages: pd.DataFrame, names: dict[str, str], text: Text) -> pd.DataFrame:
    """The marks of the matrix, row by row: a heading, a line per commune, a line per village."""
    marks: list[dict[str, object]] = []
    for i, position in enumerate(schema.POSITIONS):
        marks.append(
            {"kind": "heading", "row": 0, "x": _middle(i), "label": text(f"code.position_head.{position}")}
        )
    row = 1
    area = None
    for village in villages.to_dict("records"):
        if village["area"] != area:
            area = village["area"]
            marks.append({"kind": "commune", "row": row, "x": 0.05, "label": names[area]})
            row += 1
        marks.extend(_village_marks({str(key): value for key, value in village.items()}, row, text))
        row += 1
    columns = ["kind", "row", "x", "x_end", "middle", "label", "state"]
    return pd.DataFrame(marks, columns=columns).astype({"label": "str", "state": "str"})


def _village_marks(village: dict[str, object], row: int, text: Text) -> list[dict[str, object]]:
    marks: list[dict[str, object]] = [
        {"kind": "village", "row": row, "x": charts.overlap.NAMES, "label": village["name"]}
    ]
    held: dict[int, list[int]] = {}
    for i, position in enumerate(schema.POSITIONS):
        code = _state(village, position)
        state, sign = text(f"overlap.state.{code}"), text(f"overlap.sign.{code}")
        left = charts.overlap.NAMES + i
        marks.append(
            {
                "kind": "post",
                "row": row,
                "x": left,
                "x_end": left + 1,
                "middle": _middle(i),
                "state": state,
                "label": sign,
            }
        )
        held.setdefault(int(village[position]), []).append(i)  # type: ignore[call-overload]
    several = [posts for holder, posts in sorted(held.items()) if holder > 0 and len(posts) > 1]
    for line, posts in enumerate(several):
        marks.append({"kind": f"join{line}", "row": row, "x": _middle(posts[0]), "x_end": _middle(posts[-1])})
        marks.extend({"kind": f"held{line}", "row": row, "x": _middle(post)} for post in posts)
    return marks


def _matrix_table(villages: pd.DataFrame, names: dict[str, str], text: Text) -> Table:
    columns = {
        text("column_short.commune"): [names[area] for area in villages["area"]],
        text("column_short.village"): list(villages["name"]),
    }
    records = villages.to_dict("records")
    for position in schema.POSITIONS:
        columns[text(f"code.position.{position}")] = [
            _written({str(key): value for key, value in village.items()}, position, text)
            for village in records
        ]
    return Table(pd.DataFrame(columns))


def _written(village: dict[str, object], position: str, text: Text) -> str:
    """The state of a post in words; which posts the same person holds beside it, never who that is."""
    state = text(f"overlap.state.{_state(village, position)}")
    holder = int(village[position])  # type: ignore[call-overload]
    others = [
        text(f"code.position.{other}")
        for other in schema.POSITIONS
        if holder > 0 and other != position and village[other] == holder
    ]
    return f"{state} ({text('overlap.also', posts=text.series(others))})" if others else state


def _state(village: dict[str, object], position: str) -> str:
    holder = int(village[position])  # type: ignore[call-overload]
    if holder > 0:
        return "member" if village[f"{position}:member"] else "not_member"
    return "vacant" if holder < 0 else "not_reported"


def _middle(post: int) -> float:
    return charts.overlap.NAMES + post + 0.5
