"""An invented data set in the form of the contract, of any number of villages, marked as sample.

The bundled data set (see `write`) is of Nam Đông district: its communes, goals and published figures are
real, its villages, organisations and officers invented so that the published totals hold.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd

from dashboard import schema
from dashboard.dataset.sample import officers, organizations, places
from dashboard.dataset.sample.draws import LAST, VILLAGES, Draws
from dashboard.dataset.sample.shapes import SHAPES, Shape
from dashboard.dataset.source import BUNDLED

__all__ = ["SEED", "SHAPES", "VILLAGES", "write"]

SEED = 2021
SOURCE_OF_GOALS = "Số liệu mẫu: mục tiêu đặt theo mục tiêu của huyện Nam Đông"
SOURCE_OF_OTHER_GOALS = "Số liệu mẫu: mục tiêu đặt ra để minh hoạ"
SOURCE_OF_FIGURES = "Số liệu mẫu: tính từ chính bộ số liệu này"
NOTE = "Mọi xã, thôn, tổ chức và chức danh trong bộ số liệu này đều là số liệu mẫu, do chương trình đặt ra."
NOTE_EN = "Every commune, village, organisation and post of this data set is invented by a program."
NOTE_OF_REAL_UNITS = (
    "Tên và mã của xã, phường là thật, lấy từ một danh mục công khai; thôn, tổ dân phố, tổ chức và chức danh "
    "đều là số liệu mẫu, do chương trình đặt ra."
)
NOTE_OF_REAL_UNITS_EN = (
    "Names and codes of communes and wards are real, from a public list; villages, organisations and posts "
    "are invented by a program."
)


def write(folder: Path, villages: int | None = None, seed: int = SEED, shape: str = "district") -> None:
    """Write a data set of one of `SHAPES` into `folder`: `dataset.toml` and one CSV file per table.

    The same number, seed and shape give the same bytes on every machine; those of the defaults are the
    bundled ones. A number of None is that of the shape.
    """
    place = SHAPES[shape]
    villages = place.villages if villages is None else villages
    if villages < max(1, len(place.starting())):
        raise ValueError(
            f"A data set needs at least {max(1, len(place.starting()))} village, not {villages}."
        )
    if seed < 0:
        raise ValueError(f"A seed is a whole number, 0 or more, not {seed}.")
    folder.mkdir(parents=True, exist_ok=True)
    for table in schema.TABLES:
        if table.optional:
            (folder / table.file).unlink(missing_ok=True)
    if (villages, seed, shape) == (VILLAGES, SEED, "district"):
        for name in schema.REQUIRED_FILES:
            shutil.copyfile(BUNDLED / name, folder / name)
        return
    tables = _tables(place, villages, seed)
    for table in (table for table in schema.TABLES if not table.optional):
        frame = tables[table.name]
        columns = list(table.written(frame.columns))
        frame.to_csv(folder / table.file, columns=columns, index=False, encoding="utf-8", lineterminator="\n")
    (folder / schema.ABOUT_FILE).write_text(_about(place, villages), encoding="utf-8", newline="\n")


def _tables(shape: Shape, count: int, seed: int) -> dict[str, pd.DataFrame]:
    """Every table of a place of so many villages."""
    of_places, of_organizations, of_officers = (Draws(seed, topic) for topic in range(3))
    communes = shape.communes() if shape.units else places.communes(count, of_places)
    # Villages are those of the earlier communes, where these are known.
    starting = shape.starting() if shape.units else communes
    villages = rows = places.villages(starting, count, of_places)
    if shape.formed_of:
        (commune,) = communes.loc[communes["valid_to"] == "", "commune_id"]
        merged = places.merged(villages)
        rows = places.periods(merged, shape.dates, commune)
        villages = merged.assign(commune_id=commune)
    in_force = communes if not shape.formed_of else communes[communes["valid_to"] == ""]
    tables = {
        "communes": communes,
        "villages": rows,
        "organizations": organizations.drawn(shape, in_force, villages, of_organizations),
        "officers": officers.drawn(villages, shape.dates, of_officers),
        "goals": _goals(shape),
    }
    return tables | {"published": _published(tables, villages[villages["until"] == LAST], shape.dates[-1])}


def _goals(shape: Shape) -> pd.DataFrame:
    """The goals of the bundled data set, as if they were set for the place."""
    goals = pd.read_csv(BUNDLED / schema.table("goals").file, dtype="str", keep_default_na=False)
    return goals.assign(
        deadline=goals["deadline"].mask(goals["deadline"] != "", shape.deadline),
        source=SOURCE_OF_GOALS if shape.level == "district" else SOURCE_OF_OTHER_GOALS,
    )


def _published(tables: dict[str, pd.DataFrame], villages: pd.DataFrame, last: str) -> pd.DataFrame:
    """One row per figure that the place would publish: those of its own data at the last date, at which
    there are these `villages`."""
    both = (tables["organizations"], tables["officers"])
    units, posts = (rows[rows["as_of"] == last] for rows in both)
    levels = units["level"].value_counts()
    counts = {
        "grassroots": levels["committee"] + levels["cell"],
        "committees": levels["committee"],
        "cells": levels["cell"],
        "subcells": levels["subcell"],
        "members": units["members"].sum(),
        "villages": len(villages),
        "households": villages["households"].sum(),
        "population": villages["population"].sum(),
    }
    heads, fronts = (posts[posts["position"] == post] for post in ("village_head", "front_head"))
    secretary = officers.SECRETARY
    shares = {
        "village_heads_members": ("member_share:village_head", heads["party_member"] == "true"),
        "secretary_village_head": ("overlap_share:secretary+village_head", heads["holder"] == secretary),
        "secretary_front_head": ("overlap_share:secretary+front_head", fronts["holder"] == secretary),
    }
    rows = [
        *((name, f"count:{name}", int(count), "") for name, count in counts.items()),
        *((name, measure, int(holds.sum()), len(villages)) for name, (measure, holds) in shares.items()),
    ]
    frame = pd.DataFrame(rows, columns=["figure_id", "measure", "value", "denominator"], dtype=object)
    return frame.assign(as_of=last, source=SOURCE_OF_FIGURES, quote="")


def _about(shape: Shape, villages: int) -> str:
    """The text of `dataset.toml`."""
    about = {
        "title": f"Bộ số liệu mẫu {villages:,} thôn".replace(",", "."),
        "publisher": "Số liệu mẫu của bảng theo dõi",
        "sample": True,
        "root": shape.root,
        "note": NOTE,
        "title_en": f"Sample data set of {villages:,} villages",
        "publisher_en": "Sample data of the dashboard",
        "root_en": shape.root_en,
        "note_en": NOTE_EN,
    }
    if shape.units:
        about |= {
            "unit": shape.unit,
            "title": f"{shape.root}: số liệu mẫu",
            "title_en": f"{shape.root_en}: sample data",
            "note": NOTE_OF_REAL_UNITS,
            "note_en": NOTE_OF_REAL_UNITS_EN,
        }
    # A JSON text or truth value is written alike in TOML.
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in about.items())
