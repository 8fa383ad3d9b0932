"""An invented data set in the form of the contract; with 60 villages, the one that stands in `data/`.

Sixty villages are Nam Đông district: its real communes, goals and published figures, and villages,
organisations and officers invented so that the published totals hold. Any other number of villages
is an invented place. Both are marked as sample.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from dashboard import schema
from dashboard.dataset.sample import establishment, officers, organizations, places, published
from dashboard.dataset.sample.scale import DATES, SEED, VILLAGES, Draws

__all__ = ["SEED", "VILLAGES", "write"]

NOTE_NAM_DONG = (
    "Xã, mã xã và số công bố là thật; thôn, tổ chức và chức danh của từng thôn là số liệu mẫu, đặt ra sao "
    "cho khớp các tổng số đã công bố. Nguồn của số công bố và mục tiêu là một bài viết (chữ và ảnh: Phong "
    "Anh) về huyện Nam Đông; bản đang có không ghi tên bài, tên báo và ngày đăng. Bài viết không ghi ngày "
    "chốt: coi các tổng số đó là số liệu đến 31/12/2024 là giả định của bảng theo dõi. Bài viết nói số kết "
    "nạp năm sau cao hơn năm trước nhưng không nêu số: số kết nạp ở đây là số liệu mẫu."
)
NOTE_NAM_DONG_EN = (
    "Communes, their codes and the published figures are real; villages, organisations and the posts of each "
    "village are sample data, invented so that they add up to the published totals. Published figures and "
    "goals are those of an article (text and pictures: Phong Anh) on Nam Đông district; the copy at hand "
    "bears no title, newspaper or date. The article states no as-of date: that its totals are those of "
    "31/12/2024 is an assumption of the dashboard. The article says that each year admitted more than the "
    "one before, without figures: admissions here are sample data."
)
NOTE_INVENTED = (
    "Mọi xã, thôn, tổ chức và chức danh trong bộ số liệu này đều là số liệu mẫu, do chương trình đặt ra."
)
NOTE_INVENTED_EN = "Every commune, village, organisation and post of this data set is invented by a program."


def write(folder: Path, villages: int = VILLAGES, seed: int = SEED) -> None:
    """Write a data set of so many villages into `folder`: `dataset.toml` and one CSV file per table.

    The same number and seed give the same bytes on every machine.
    """
    if villages < 1:
        raise ValueError(f"A data set needs at least 1 village, not {villages}.")
    if seed < 0:
        raise ValueError(f"A seed is a whole number, 0 or more, not {seed}.")
    real = villages == VILLAGES
    of_places, of_organizations, of_officers = (Draws(seed, topic) for topic in range(3))

    if real:
        communes, village_rows = places.nam_dong(of_places)
    else:
        communes, village_rows = places.invented(villages, of_places)
    tables = {
        "communes": communes,
        "villages": village_rows,
        "organizations": organizations.drawn(communes, village_rows, of_organizations),
        "officers": officers.drawn(village_rows, of_officers),
        "goals": published.goals(real),
    }
    tables["published"] = (
        published.of_nam_dong()
        if real
        else published.reckoned(village_rows, tables["organizations"], tables["officers"])
    )

    folder.mkdir(parents=True, exist_ok=True)
    for table in schema.TABLES:
        _write_table(folder / table.file, table, tables[table.name])
    (folder / schema.ABOUT_FILE).write_text(_about(villages), encoding="utf-8", newline="\n")


def _write_table(path: Path, table: schema.Table, frame: pd.DataFrame) -> None:
    columns = list(table.written(frame.columns))
    frame.to_csv(path, columns=columns, index=False, encoding="utf-8", lineterminator="\n")


def _about(villages: int) -> str:
    """The text of `dataset.toml`."""
    if villages == VILLAGES:
        about = {
            "title": "Đảng bộ huyện Nam Đông: tổ chức, kiêm nhiệm, mục tiêu",
            "publisher": "Số liệu mẫu của bảng theo dõi; số công bố: bài viết về huyện Nam Đông",
            "sample": True,
            "root": establishment.NAM_DONG,
            "note": NOTE_NAM_DONG,
            "assumed_as_of": DATES[-1],
            "title_en": "Party organisation of Nam Đông district: structure, role overlap, goals",
            "publisher_en": "Sample data of the dashboard; published figures: article on Nam Đông district",
            "root_en": "Party organisation of Nam Đông district",
            "note_en": NOTE_NAM_DONG_EN,
        }
    else:
        about = {
            "title": f"Bộ số liệu mẫu {villages:,} thôn".replace(",", "."),
            "publisher": "Số liệu mẫu của bảng theo dõi",
            "sample": True,
            "root": establishment.INVENTED,
            "note": NOTE_INVENTED,
            "title_en": f"Sample data set of {villages:,} villages",
            "publisher_en": "Sample data of the dashboard",
            "root_en": "Sample party organisation",
            "note_en": NOTE_INVENTED_EN,
        }
    # A JSON text or truth value is written alike in TOML.
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in about.items())
