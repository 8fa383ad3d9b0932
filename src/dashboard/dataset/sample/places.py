"""The communes and villages of an invented place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.dataset.sample.draws import LAST, Draws, Whole, apportioned, scaled
from dashboard.dataset.sample.shapes import SINCE, UNTIL
from dashboard.dataset.villages import day_after

# As densely peopled as Nam Đông: households and people per 60 villages.
HOUSEHOLDS, POPULATION = 6873, 28336
# Villages per commune: 90,000 villages in 3,321 communes is the country since 07/2025; small places keep
# communes of six villages.
VILLAGES_PER_COMMUNE = 27.1
VILLAGES_PER_SMALL_COMMUNE, SMALL_COMMUNES = 6, 10
# More communes than these have a level above them, of as many communes as a province of the country has.
COMMUNES_WITHOUT_REGION, COMMUNES_PER_REGION, FEWEST_REGIONS = 30, 97.7, 3
# What the village is called that two become.
MERGED = "Thôn Thống Nhất"
# Every tenth commune joins the next one in 07/2025.
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


def communes(count: int, draws: Draws) -> pd.DataFrame:
    """One row per commune of a place of `count` villages, in the columns of the contract."""
    number = max(
        1, round(count / VILLAGES_PER_COMMUNE), min(SMALL_COMMUNES, count // VILLAGES_PER_SMALL_COMMUNE)
    )
    ids = np.array([f"xa-{k:0{len(str(number))}}" for k in range(1, number + 1)], dtype=object)
    joins_next = (np.arange(number) % MERGING == MERGING - 2) & (np.arange(number) < number - 1)
    kinds = np.array(["xa", "phuong", "thi_tran"], dtype=object)
    rows = pd.DataFrame(
        {
            "commune_id": ids,
            "name": _names(number, draws),
            "kind": kinds[np.searchsorted([0.78, 0.93], draws.shares(number))],
            "code": "",
            "valid_from": "",
            "valid_to": np.where(joins_next, UNTIL, ""),
            "merged_into": np.where(joins_next, np.roll(ids, -1), ""),
            "rank": np.arange(1, number + 1),
        }
    )
    if number > COMMUNES_WITHOUT_REGION:
        regions = max(FEWEST_REGIONS, round(number / COMMUNES_PER_REGION))
        rows["region"] = [f"Tỉnh mẫu {place}" for place in np.arange(number) * regions // number + 1]
    return rows


def villages(communes: pd.DataFrame, count: int, draws: Draws) -> pd.DataFrame:
    """One row per village, by commune, in the columns of the contract; beside them `place`, the name of its
    commune, `since` and `until`, the numbers of the first and the last date at which it is there, and `into`,
    the village that it becomes part of ("" = none)."""
    number = len(communes)
    sizes = 1 + apportioned(count - number, draws.whole(60, 140, number))
    commune = np.repeat(np.arange(number), sizes)
    place = np.arange(count) - np.repeat(np.cumsum(sizes) - sizes, sizes) + 1
    ids = communes["commune_id"].to_numpy(dtype=object)[commune]
    rural = (communes["kind"] == "xa").to_numpy()[commune]
    words = np.where(rural, "Thôn", "Tổ dân phố")
    households: Whole = apportioned(scaled(HOUSEHOLDS, count), draws.whole(70, 160, count))
    # 3.85 to 4.40 people in a household.
    weights = households * draws.whole(385, 440, count)
    return pd.DataFrame(
        {
            "village_id": [f"{at}-{k}" for at, k in zip(ids, place, strict=True)],
            "commune_id": ids,
            "name": [f"{word} {k}" for word, k in zip(words, place, strict=True)],
            "kind": np.where(rural, "thon", "to_dan_pho"),
            "rank": np.arange(1, count + 1),
            "households": households,
            "population": apportioned(scaled(POPULATION, count), weights),
            "place": communes["name"].to_numpy(dtype=object)[commune],
            "since": 0,
            "until": LAST,
            "into": "",
        }
    )


def merged(villages: pd.DataFrame) -> pd.DataFrame:
    """The villages with the last two become one between the second date and the third."""
    last = villages.index[-2:]
    both = villages.loc[last]
    new = both.iloc[0].to_dict() | {
        "village_id": f"{both['commune_id'].iloc[0]}-moi",
        "name": MERGED,
        "rank": len(villages) + 1,
        "households": both["households"].sum(),
        "population": both["population"].sum(),
        "since": 2,
        "until": LAST,
    }
    result = villages.copy()
    result.loc[last, ["until", "into"]] = [1, new["village_id"]]
    return pd.concat([result, pd.DataFrame([new])], ignore_index=True)


def periods(villages: pd.DataFrame, dates: Sequence[str], commune: str) -> pd.DataFrame:
    """The rows of villages that came to one commune: each in its earlier one and in this, as long as it is
    there; a merger comes about on the day after the second date."""
    day = day_after(dates[1])
    began = villages[villages["since"] == 0]
    ends = villages["until"] < LAST
    earlier = began.assign(valid_to=UNTIL, merged_into="", valid_from="")
    later = villages.assign(
        commune_id=commune,
        valid_from=np.where(villages["since"] == 0, SINCE, day),
        valid_to=np.where(ends, dates[1], ""),
        merged_into=villages["into"],
    )
    return pd.concat([earlier, later], ignore_index=True)


def _names(number: int, draws: Draws) -> list[str]:
    """Invented commune names, no two alike as long as the syllables last."""
    pairs = [f"{first} {second}" for first in FIRST_SYLLABLES.split() for second in SECOND_SYLLABLES.split()]
    order = np.argsort(draws.shares(len(pairs)), kind="stable")
    turns = [divmod(k, len(pairs)) for k in range(number)]
    return [pairs[order[pair]] + THIRD_SYLLABLES[turn % len(THIRD_SYLLABLES)] for turn, pair in turns]
