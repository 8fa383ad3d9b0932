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
from dashboard.dataset.sample.draws import DATES, VILLAGES, Draws
from dashboard.dataset.source import BUNDLED

__all__ = ["SEED", "VILLAGES", "write"]

SEED = 2021
SOURCE_OF_GOALS = "Số liệu mẫu: mục tiêu đặt theo mục tiêu của huyện Nam Đông"
SOURCE_OF_FIGURES = "Số liệu mẫu: tính từ chính bộ số liệu này"
# goal_id, name_vi, name_en, measure.
GOALS = (
    (
        "village_head_member",
        "Trưởng thôn, tổ trưởng tổ dân phố là đảng viên",
        "Village heads who are party members",
        "member_share:village_head",
    ),
    (
        "front_head_member",
        "Trưởng ban công tác Mặt trận là đảng viên",
        "Front-committee heads who are party members",
        "member_share:front_head",
    ),
    (
        "association_heads_member",
        "Chi hội trưởng Nông dân, Phụ nữ, Cựu chiến binh là đảng viên",
        "Association-branch heads who are party members",
        "member_share:farmers_head+women_head+veterans_head",
    ),
    (
        "youth_head_member",
        "Bí thư chi đoàn là đảng viên",
        "Youth-branch secretaries who are party members",
        "member_share:youth_head",
    ),
    (
        "secretary_village_head",
        "Bí thư chi bộ đồng thời là trưởng thôn, tổ trưởng tổ dân phố",
        "Cell secretaries who are also village heads",
        "overlap_share:secretary+village_head",
    ),
    (
        "secretary_front_head",
        "Bí thư chi bộ đồng thời là trưởng ban công tác Mặt trận",
        "Cell secretaries who are also Front-committee heads",
        "overlap_share:secretary+front_head",
    ),
)
# Operator, target and deadline of each family of measures.
TARGETS = {"member_share": (">", "80", "2025-12-31"), "overlap_share": ("up", "", "")}


def write(folder: Path, villages: int = VILLAGES, seed: int = SEED) -> None:
    """Write a data set of so many villages into `folder`: `dataset.toml` and one CSV file per table.

    The same number and seed give the same bytes on every machine; those of the defaults are the bundled ones.
    """
    if villages < 1:
        raise ValueError(f"A data set needs at least 1 village, not {villages}.")
    if seed < 0:
        raise ValueError(f"A seed is a whole number, 0 or more, not {seed}.")
    folder.mkdir(parents=True, exist_ok=True)
    if (villages, seed) == (VILLAGES, SEED):
        for name in schema.FILES:
            shutil.copyfile(BUNDLED / name, folder / name)
        return
    of_places, of_organizations, of_officers = (Draws(seed, topic) for topic in range(3))
    tables = {"communes": places.communes(villages, of_places), "goals": _goals()}
    tables["villages"] = places.villages(tables["communes"], villages, of_places)
    tables["organizations"] = organizations.drawn(tables["communes"], tables["villages"], of_organizations)
    tables["officers"] = officers.drawn(tables["villages"], of_officers)
    tables["published"] = _published(tables)
    for table in schema.TABLES:
        frame = tables[table.name]
        columns = list(table.written(frame.columns))
        frame.to_csv(folder / table.file, columns=columns, index=False, encoding="utf-8", lineterminator="\n")
    (folder / schema.ABOUT_FILE).write_text(_about(villages), encoding="utf-8", newline="\n")


def _goals() -> pd.DataFrame:
    rows = [(*goal, *TARGETS[goal[-1].partition(":")[0]], SOURCE_OF_GOALS) for goal in GOALS]
    return pd.DataFrame(rows, columns=list(schema.table("goals").column_names))


def _published(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per figure that the place would publish: those of its own data at the last date."""
    both = (tables["organizations"], tables["officers"])
    units, posts = (rows[rows["as_of"] == DATES[-1]] for rows in both)
    levels, villages = units["level"].value_counts(), tables["villages"]
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
        *((name, measure, int(so.sum()), len(villages)) for name, (measure, so) in shares.items()),
    ]
    frame = pd.DataFrame(rows, columns=["figure_id", "measure", "value", "denominator"], dtype=object)
    return frame.assign(as_of=DATES[-1], source=SOURCE_OF_FIGURES, quote="")


def _about(villages: int) -> str:
    """The text of `dataset.toml`."""
    about = {
        "title": f"Bộ số liệu mẫu {villages:,} thôn".replace(",", "."),
        "publisher": "Số liệu mẫu của bảng theo dõi",
        "sample": True,
        "root": organizations.ROOT_NAME,
        "note": "Mọi xã, thôn, tổ chức và chức danh trong bộ số liệu này đều là số liệu mẫu, do chương trình "
        "đặt ra.",
        "title_en": f"Sample data set of {villages:,} villages",
        "publisher_en": "Sample data of the dashboard",
        "root_en": "Sample party organisation",
        "note_en": "Every commune, village, organisation and post of this data set is invented by a program.",
    }
    # A JSON text or truth value is written alike in TOML.
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in about.items())
