"""Which party organisations there are: those of the communes and those of the district's bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from dashboard.dataset.sample import scale
from dashboard.dataset.sample.scale import Draws, lowest

ROOT = "huyen-uy"
NAM_DONG = "Đảng bộ huyện Nam Đông"
INVENTED = "Đảng bộ mẫu"

KIND_WORDS = {"xa": "xã", "phuong": "phường", "thi_tran": "thị trấn"}

# Usual members of a cell, before the published total is met: (fewest, most).
OF_VILLAGE, OF_OFFICE, OF_BODY, OF_CELL = (9, 22), (6, 17), (8, 18), (6, 24)
# A young cell is small: its members come from elsewhere, and no commune may seem to leap.
OF_FOUNDED = (3, 6)

LAST = len(scale.DATES) - 1
# Office cells of communes founded after the first date: one in 45 at each of these dates (by number).
FOUNDED_AT, OFFICES_PER_FOUNDED = (1, 2), 45
# The last date of the cell that is dissolved.
DISSOLVED_AFTER = 1

# Cells of a commune beside those of its villages: each commune has the first three and one or two more.
OFFICES = (("co-quan", "Cơ quan"), ("cong-an", "Công an"), ("quan-su", "Quân sự"))
SCHOOLS = (
    ("tieu-hoc", "Trường Tiểu học"),
    ("mam-non", "Trường Mầm non"),
    ("thcs", "Trường Trung học cơ sở"),
    ("tram-y-te", "Trạm Y tế"),
)

# A set of district bodies stands for every ten communes, as in Nam Đông.
COMMUNES_PER_DISTRICT = 10
# Committees of district bodies: id, name, category, their subcells.
BODIES = (
    ("quan-su", "Quân sự", "quan_doi", "Tham mưu, Chính trị, Hậu cần – Kỹ thuật, Thường trực"),
    (
        *("cong-an", "Công an", "cong_an"),
        "Tổng hợp, An ninh, Điều tra, Giao thông và Trật tự, Quản lý hành chính, Hậu cần",
    ),
    (
        *("y-te", "Trung tâm Y tế", "su_nghiep"),
        "Hành chính, Khoa Khám bệnh, Khoa Nội, Khoa Ngoại, Khoa Dược, Y tế dự phòng, Khoa Phụ sản",
    ),
    (
        *("rung", "Ban Quản lý rừng phòng hộ", "su_nghiep"),
        "Văn phòng, Kỹ thuật, Trạm số 1, Trạm số 2, Trạm số 3, Trạm số 4",
    ),
)
# Grassroots cells of district bodies: category and names.
CELLS = {
    "dang_doan_the": "Văn phòng Huyện uỷ; Ban Tổ chức Huyện uỷ; Ban Tuyên giáo Huyện uỷ; "
    "Uỷ ban Kiểm tra Huyện uỷ; Dân vận – Mặt trận; Khối đoàn thể",
    "nha_nuoc": "Văn phòng Hội đồng nhân dân và Uỷ ban nhân dân; Phòng Nội vụ; Phòng Tài chính – Kế hoạch; "
    "Phòng Tài nguyên và Môi trường; Phòng Nông nghiệp và Phát triển nông thôn; Phòng Kinh tế và Hạ tầng; "
    "Phòng Giáo dục và Đào tạo; Thanh tra – Tư pháp; Viện Kiểm sát nhân dân; Toà án nhân dân; "
    "Thi hành án dân sự; Chi cục Thuế; Kho bạc Nhà nước; Hạt Kiểm lâm",
    "su_nghiep": "Trung tâm Chính trị; Trung tâm Văn hoá, Thông tin và Thể thao; "
    "Trung tâm Dịch vụ nông nghiệp; Trường Trung học phổ thông; Trường Dân tộc nội trú",
    "doanh_nghiep": "Ngân hàng Nông nghiệp; Điện lực; Hợp tác xã Nông nghiệp",
}
# Dissolved after the second date; another cell took over its members.
DISSOLVED = ("nha_nuoc", "Phòng Y tế")


class Organization(NamedTuple):
    """An organisation, whatever the date; `since` and `until` are numbers of dates in `scale.DATES`.

    `fewest` and `most` are its usual members; 0 where the members are those of the cells under it.
    """

    org_id: str
    parent_id: str
    name: str
    level: str
    category: str = ""
    commune_id: str = ""
    village_id: str = ""
    fewest: int = 0
    most: int = 0
    since: int = 0
    until: int = LAST


def drawn_register(communes: pd.DataFrame, villages: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """One row per organisation that exists at any date, each committee followed by its subcells.

    Columns: the fields of `Organization`. What is drawn is which office cells are younger than the rest.
    """
    real = bool(communes["commune_id"].eq(scale.EXAMPLE).any())
    organizations = [Organization(ROOT, "", NAM_DONG if real else INVENTED, "district")]
    organizations += _of_communes(communes, villages)
    peopled = villages["commune_id"].nunique()
    districts = max(1, round(peopled / COMMUNES_PER_DISTRICT))
    for number in range(1, districts + 1):
        organizations += _of_bodies(number, districts)
    for number in range(1, districts + 1):
        organizations += _cells(number, districts)
    return _with_founded(pd.DataFrame(organizations, columns=list(Organization._fields)), draws)


def _of_communes(communes: pd.DataFrame, villages: pd.DataFrame) -> Iterator[Organization]:
    """The committee of each commune that has villages, the cells of these and those of the offices."""
    by_commune = dict(iter(villages.groupby("commune_id", sort=False)))
    for commune in communes.itertuples():
        if commune.commune_id not in by_commune:
            continue
        at, kind, place = str(commune.commune_id), str(commune.kind), str(commune.name)
        committee = f"db-{at}"
        name = f"Đảng bộ {KIND_WORDS[kind]} {place}"
        yield Organization(committee, ROOT, name, "committee", kind, at)
        for village in by_commune[at].itertuples():
            village_id, name = str(village.village_id), f"Chi bộ {village.name} {place}"
            yield Organization(
                f"cb-{village_id}", committee, name, "subcell", kind, at, village_id, *OF_VILLAGE
            )
        for office, title in _offices(int(str(commune.rank))):
            name = f"Chi bộ {title} {place}"
            yield Organization(f"cb-{at}-{office}", committee, name, "subcell", kind, at, "", *OF_OFFICE)


def _offices(rank: int) -> tuple[tuple[str, str], ...]:
    """The offices with a cell in the commune of that rank: three that all have, and one or two schools."""
    schools = (SCHOOLS + SCHOOLS)[rank % len(SCHOOLS) :][: 1 + rank % 2]
    return OFFICES + schools


def _of_bodies(number: int, districts: int) -> Iterator[Organization]:
    """The committees of the bodies of one district, each with its subcells."""
    prefix, suffix = _district(number, districts)
    for body, title, category, parts in BODIES:
        committee = f"db-{prefix}{body}"
        yield Organization(committee, ROOT, f"Đảng bộ {title}{suffix}", "committee", category)
        for k, part in enumerate(parts.split(", "), start=1):
            name = f"Chi bộ {part} {title}{suffix}"
            yield Organization(
                f"cb-{prefix}{body}-{k}", committee, name, "subcell", category, "", "", *OF_BODY
            )


def _cells(number: int, districts: int) -> Iterator[Organization]:
    """The grassroots cells of the bodies of one district."""
    prefix, suffix = _district(number, districts)
    titles = [(category, title) for category, group in CELLS.items() for title in group.split("; ")]
    for k, (category, title) in enumerate([*titles, DISSOLVED], start=1):
        cell = f"cbcs-{prefix}{k:02}"
        until = DISSOLVED_AFTER if (category, title) == DISSOLVED else LAST
        name = f"Chi bộ {title}{suffix}"
        yield Organization(cell, ROOT, name, "cell", category, "", "", *OF_CELL, until=until)


def _district(number: int, districts: int) -> tuple[str, str]:
    """What tells the bodies of one district from those of the others: in their ids, in their names."""
    return ("", "") if districts == 1 else (f"k{number}-", f" khu vực {number}")


def _with_founded(register: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """`register` with some office cells founded after the first date; none in the example commune."""
    office = (
        (register["commune_id"] != "") & (register["level"] == "subcell") & (register["village_id"] == "")
    )
    old = (office & (register["commune_id"] != scale.EXAMPLE)).to_numpy()
    each = scale.scaled(1, int(office.sum()), per=OFFICES_PER_FOUNDED)
    scores = draws.shares(len(register))
    for date in FOUNDED_AT:
        founded = lowest(scores, each, old)
        register.loc[founded, ["fewest", "most", "since"]] = [*OF_FOUNDED, date]
        old = old & ~founded
    return register
