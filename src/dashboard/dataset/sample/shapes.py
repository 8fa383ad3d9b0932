"""The shapes of a place: whose data they are, with which communes, bodies and as-of dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from dashboard.text import slug

# Since then there are no districts; the communes of before ended the day before.
SINCE, UNTIL = "2025-07-01", "2025-06-30"
# Dates are of after: before, the bodies under the party committee were others.
_SINCE_2025 = ("2025-09-30", "2025-12-31", "2026-03-31", "2026-06-30")

# The units of Huế since 01/07/2025 with their codes, in the order of these. Source: the public list
# vietnamadminunits 1.0.4 on PyPI (MIT); the three that followed Nam Đông district, and that there are 21
# phường and 19 xã, are in other public lists too.
_HUE = {
    "phuong": """
        19753 Phú Xuân; 19774 Kim Long; 19777 Vỹ Dạ; 19789 Thuận Hóa; 19804 Hương An; 19813 Thủy
        Xuân; 19815 An Cựu; 19819 Phong Điền; 19828 Phong Phú; 19831 Phong Dinh; 19858 Phong
        Thái; 19873 Phong Quảng; 19900 Thuận An; 19909 Dương Nỗ; 19930 Mỹ Thượng; 19960 Phú Bài;
        19969 Thanh Thủy; 19975 Hương Thủy; 19996 Hương Trà; 20014 Hóa Châu; 20017 Kim Trà
    """,
    "xa": """
        19867 Quảng Điền; 19885 Đan Điền; 19918 Phú Hồ; 19942 Phú Vang; 19945 Phú Vinh; 20035
        Bình Điền; 20044 A Lưới 2; 20050 A Lưới 5; 20056 A Lưới 1; 20071 A Lưới 3; 20101 A Lưới
        4; 20107 Phú Lộc; 20122 Vinh Lộc; 20131 Hưng Lộc; 20137 Chân Mây - Lăng Cô; 20140 Lộc
        An; 20161 Khe Tre; 20179 Nam Đông; 20182 Long Quảng
    """,
}
# The commune of Khe Tre and what it was formed of: its name and its code are those of one of these.
_KHE_TRE = {
    "thi_tran": "20161 Khe Tre",
    "xa": "20164 Hương Phú; 20170 Hương Lộc; 20185 Thượng Lộ",
}


@dataclass(frozen=True)
class Shape:
    """A place: its `villages` where no number is asked for, the as-of `dates`, the `root` and its level.

    `unit` as in dataset.toml. `units` are its communes by kind ("code name; …"), none = drawn; `formed_of`
    the earlier communes of the only one, two villages of which become one between the second date and the
    third. `deadline` is that of the goals.
    """

    villages: int
    dates: tuple[str, ...]
    level: str
    root: str
    root_en: str
    unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    formed_of: Mapping[str, str] = field(default_factory=dict)
    deadline: str = "2030-12-31"

    def communes(self) -> pd.DataFrame:
        """One row per commune, those of before last, in the columns of the contract; none where they are
        drawn."""
        rows = [*_rows(self.units, valid_from=SINCE if self.formed_of else "")]
        into = {"valid_to": UNTIL, "merged_into": rows[0]["commune_id"]} if self.formed_of else {}
        former = _rows(self.formed_of, mark="-cu", **into)
        frame = pd.DataFrame([*rows, *former])
        return frame.assign(rank=np.arange(1, len(frame) + 1))

    def starting(self) -> pd.DataFrame:
        """The communes that villages are in at first: those that the only one was formed of, else all."""
        communes = self.communes() if self.units else pd.DataFrame()
        return communes[communes["valid_to"] != ""].reset_index(drop=True) if self.formed_of else communes


def _rows(units: Mapping[str, str], mark: str = "", **dates: str) -> list[dict[str, str]]:
    blank = dict.fromkeys(("valid_from", "valid_to", "merged_into"), "")
    parts = [
        (kind, *" ".join(unit.split()).split(" ", 1))
        for kind, names in units.items()
        for unit in names.split(";")
    ]
    return [
        {"commune_id": f"{slug(name)}{mark}", "name": name, "kind": kind, "code": code, **blank, **dates}
        for kind, code, name in sorted(parts, key=lambda part: part[1])
    ]


SHAPES = {
    "district": Shape(
        villages=60,
        dates=("2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"),
        level="district",
        root="Đảng bộ mẫu",
        root_en="Sample party organisation",
        deadline="2025-12-31",
    ),
    "commune": Shape(
        villages=20,
        dates=_SINCE_2025,
        level="superior",
        root="Đảng bộ xã Khe Tre",
        root_en="Party organisation of Khe Tre commune",
        unit="xã",
        units={"xa": "20161 Khe Tre"},
        formed_of=_KHE_TRE,
    ),
    "province": Shape(
        villages=400,
        dates=_SINCE_2025,
        level="province",
        root="Đảng bộ thành phố Huế",
        root_en="Party organisation of Huế city",
        unit="thành phố",
        units=_HUE,
    ),
}
