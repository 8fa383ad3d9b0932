"""Communes and villages: the ten real communes of Nam Đông and invented villages, or an invented place."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.dataset.sample import scale
from dashboard.dataset.sample.scale import Draws, Mask, Whole, apportioned

END_OF_OLD_COMMUNES = "2025-06-30"
START_OF_NEW_COMMUNES = "2025-07-01"

# commune_id, name, kind, code, valid_from, merged_into, number of villages (the last one invented).
NAM_DONG = (
    ("khe-tre", "Khe Tre", "thi_tran", "20161", "", "khe-tre-2025", 5),
    ("huong-phu", "Hương Phú", "xa", "20164", "", "khe-tre-2025", 8),
    ("huong-son", "Hương Sơn", "xa", "20167", "", "nam-dong", 6),
    ("huong-loc", "Hương Lộc", "xa", "20170", "", "khe-tre-2025", 5),
    ("thuong-quang", "Thượng Quảng", "xa", "20173", "", "long-quang", 6),
    ("huong-xuan", "Hương Xuân", "xa", "20179", "2020-01-01", "nam-dong", 8),
    ("huong-huu", "Hương Hữu", "xa", "20182", "", "long-quang", 5),
    ("thuong-lo", "Thượng Lộ", "xa", "20185", "", "khe-tre-2025", 4),
    ("thuong-long", "Thượng Long", "xa", "20188", "", "long-quang", 7),
    ("thuong-nhat", "Thượng Nhật", "xa", "20191", "", "nam-dong", 6),
)
# The communes that took over their areas and, for one of them each, the code.
NAM_DONG_SINCE_2025 = (
    ("khe-tre-2025", "Khe Tre", "20161"),
    ("nam-dong", "Nam Đông", "20179"),
    ("long-quang", "Long Quảng", "20182"),
)

# Villages per commune of an invented place: 90,000 villages in 3,321 communes is the country since
# 07/2025; small places keep communes of six villages, as the bundled one has.
VILLAGES_PER_COMMUNE = 27.1
VILLAGES_PER_SMALL_COMMUNE, SMALL_COMMUNES = 6, 10
# More communes than these have a level above them, of as many communes as a province of the country has.
COMMUNES_WITHOUT_REGION, COMMUNES_PER_REGION = 30, 97.7
FEWEST_REGIONS = 3
# In an invented place every tenth commune joins the next one in 07/2025.
MERGING = 10

FIRST_SYLLABLES = (
    "Tân Phú Bình Hoà Vĩnh Thanh Xuân Mỹ Quảng Đại Yên Phong Kim Minh Hải Ngọc Thạch Trà Cẩm Diên "
    "Đức Hồng Liên Phước Hưng Lâm Thuỷ Vân Cao Tam Long An"
)
SECOND_SYLLABLES = (
    "Lộc Giang Thịnh Khánh Thành Sơn Lợi Hà Hậu Tiến Trạch Lĩnh Điền Thọ Châu Nghĩa Tường Lạc Quý Đạo "
    "Thượng Hạ Lập Hiệp Thuận Chánh Khê Môn Thắng Ninh Viên Dương"
)
THIRD_SYLLABLES = ("", " Đông", " Tây", " Nam", " Bắc")


def nam_dong(draws: Draws) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The communes (real) and the villages (invented, the published totals kept) of Nam Đông."""
    old = pd.DataFrame(
        [row[:6] for row in NAM_DONG],
        columns=["commune_id", "name", "kind", "code", "valid_from", "merged_into"],
    ).assign(valid_to=END_OF_OLD_COMMUNES)
    new = pd.DataFrame(NAM_DONG_SINCE_2025, columns=["commune_id", "name", "code"]).assign(
        kind="xa", valid_from=START_OF_NEW_COMMUNES, valid_to="", merged_into=""
    )
    communes = pd.concat([old, new], ignore_index=True)
    communes["rank"] = np.arange(1, len(communes) + 1)

    villages = _villages(old, np.array([row[6] for row in NAM_DONG], dtype=np.int64))
    example = (villages["commune_id"] == scale.EXAMPLE).to_numpy()
    households, population = np.zeros((2, len(villages)), dtype=np.int64)
    for among, of_households, of_population in (
        (example, scale.EXAMPLE_HOUSEHOLDS, scale.EXAMPLE_POPULATION),
        (
            ~example,
            scale.HOUSEHOLDS - scale.EXAMPLE_HOUSEHOLDS,
            scale.POPULATION - scale.EXAMPLE_POPULATION,
        ),
    ):
        households[among], population[among] = _people(among, of_households, of_population, draws)
    return communes, villages.assign(households=households, population=population)


def invented(count: int, draws: Draws) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Communes and `count` villages of a place that does not exist, as densely peopled as Nam Đông."""
    number = max(
        1, round(count / VILLAGES_PER_COMMUNE), min(SMALL_COMMUNES, count // VILLAGES_PER_SMALL_COMMUNE)
    )
    width = len(str(number))
    ids = np.array([f"xa-{k:0{width}}" for k in range(1, number + 1)], dtype=object)
    joins_next = (np.arange(number) % MERGING == MERGING - 2) & (np.arange(number) < number - 1)
    communes = pd.DataFrame(
        {
            "commune_id": ids,
            "name": _names(number, draws),
            "kind": np.array(["xa", "phuong", "thi_tran"], dtype=object)[
                np.searchsorted([0.78, 0.93], draws.shares(number))
            ],
            "code": "",
            "valid_from": "",
            "valid_to": np.where(joins_next, END_OF_OLD_COMMUNES, ""),
            "merged_into": np.where(joins_next, np.roll(ids, -1), ""),
            "rank": np.arange(1, number + 1),
        }
    )
    if number > COMMUNES_WITHOUT_REGION:
        regions = max(FEWEST_REGIONS, round(number / COMMUNES_PER_REGION))
        places = np.arange(number) * regions // number + 1
        communes["region"] = [f"Tỉnh mẫu {place}" for place in places]
    villages = _villages(communes, 1 + apportioned(count - number, draws.whole(60, 140, number)))
    households, population = _people(
        np.ones(count, dtype=np.bool_),
        scale.scaled(scale.HOUSEHOLDS, count),
        scale.scaled(scale.POPULATION, count),
        draws,
    )
    return communes, villages.assign(households=households, population=population)


def _villages(communes: pd.DataFrame, sizes: Whole) -> pd.DataFrame:
    """One row per village, `sizes` of them in each commune; households and population still missing."""
    commune = np.repeat(np.arange(len(communes)), sizes)
    number = np.arange(len(commune)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + 1
    ids = communes["commune_id"].to_numpy(dtype=object)[commune]
    rural = (communes["kind"] == "xa").to_numpy()[commune]
    word = np.where(rural, "Thôn", "Tổ dân phố")
    return pd.DataFrame(
        {
            "village_id": [f"{at}-{k}" for at, k in zip(ids, number, strict=True)],
            "commune_id": ids,
            "name": [f"{what} {k}" for what, k in zip(word, number, strict=True)],
            "kind": np.where(rural, "thon", "to_dan_pho"),
            "rank": np.arange(1, len(commune) + 1),
        }
    )


def _people(among: Mask, households: int, population: int, draws: Draws) -> tuple[Whole, Whole]:
    """Households and people of the villages `among`, which sum to the two totals."""
    number = int(among.sum())
    homes = apportioned(households, draws.whole(70, 160, number))
    # 3.85 to 4.40 people in a household.
    return homes, apportioned(population, homes * draws.whole(385, 440, number))


def _names(number: int, draws: Draws) -> list[str]:
    """Invented commune names, no two alike as long as the syllables last."""
    pairs = [f"{first} {second}" for first in FIRST_SYLLABLES.split() for second in SECOND_SYLLABLES.split()]
    order = draws.order(len(pairs))
    names = []
    for k in range(number):
        turn, pair = divmod(k, len(pairs))
        third = THIRD_SYLLABLES[turn % len(THIRD_SYLLABLES)]
        names.append(pairs[order[pair]] + third)
    return names
