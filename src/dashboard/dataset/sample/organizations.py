"""The party organisations of an invented place at each date: their parents, members, admissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from dashboard.dataset.sample.draws import LAST, NUMBER_OF_DATES, Draws, Mask, Whole, lowest, scaled
from dashboard.dataset.sample.shapes import Shape

KIND_WORDS = {"xa": "xã", "phuong": "phường", "thi_tran": "thị trấn", "dac_khu": "đặc khu"}
# Members of a cell at the last date: (fewest, most); a young cell is small, its members come from elsewhere.
OF_VILLAGE, OF_OFFICE, OF_BODY, OF_CELL, OF_FOUNDED = (9, 22), (6, 17), (8, 18), (6, 24), (3, 6)
# Two that become one are no large cell then.
OF_MERGED = (5, 11)
# At every date below the 30 at which a cell is expected to become a committee.
FEWEST, MOST = 3, 29
# Office cells founded after the first date: one in 45 at each of these dates (by number).
FOUNDED_AT, OFFICES_PER_FOUNDED = (1, 2), 45
# Newly admitted members, and members who left, in the year that ends at each date, per 156 cells: admissions
# so far apart that they rise in the smallest sample too. What the first date follows is unknown.
ADMITTED, LEFT, CELLS_OF_COUNTS = (57, 60, 63, 72), (0, 34, 40, 46), 156
# At most so many of either in one cell and year.
MOST_A_YEAR = 3

# Cells of a commune beside those of its villages: each commune has the first three and one or two schools.
OFFICES = (("co-quan", "Cơ quan"), ("cong-an", "Công an"), ("quan-su", "Quân sự"))
SCHOOLS = (
    ("tieu-hoc", "Trường Tiểu học"),
    ("mam-non", "Trường Mầm non"),
    ("thcs", "Trường Trung học cơ sở"),
    ("tram-y-te", "Trạm Y tế"),
)
# Since 2025 each commune has these committees instead of the first of its offices: id, name, category and
# their subcells.
OF_UNIT = (
    (
        *("dang", "các cơ quan Đảng", "dang_doan_the"),
        "Văn phòng Đảng uỷ, Ban Xây dựng Đảng, Uỷ ban Kiểm tra, Mặt trận và các đoàn thể",
    ),
    (
        *("uy-ban", "Uỷ ban nhân dân", "nha_nuoc"),
        "Văn phòng, Phòng Kinh tế, Phòng Văn hoá – Xã hội, Trung tâm Phục vụ hành chính công",
    ),
)
# There is a set of district bodies for every ten communes.
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
# Grassroots cells of district bodies: category and names. The last one is dissolved after the second date.
CELLS = (
    (
        "dang_doan_the",
        "Văn phòng Huyện uỷ; Ban Tổ chức Huyện uỷ; Ban Tuyên giáo Huyện uỷ; Uỷ ban Kiểm tra Huyện uỷ; "
        "Dân vận – Mặt trận; Khối đoàn thể",
    ),
    (
        "nha_nuoc",
        "Văn phòng Hội đồng nhân dân và Uỷ ban nhân dân; Phòng Nội vụ; Phòng Tài chính – Kế hoạch; "
        "Phòng Tài nguyên và Môi trường; Phòng Nông nghiệp và Phát triển nông thôn; "
        "Phòng Kinh tế và Hạ tầng; Phòng Giáo dục và Đào tạo; Thanh tra – Tư pháp; "
        "Viện Kiểm sát nhân dân; Toà án nhân dân; Thi hành án dân sự; Chi cục Thuế; "
        "Kho bạc Nhà nước; Hạt Kiểm lâm",
    ),
    (
        "su_nghiep",
        "Trung tâm Chính trị; Trung tâm Văn hoá, Thông tin và Thể thao; Trung tâm Dịch vụ nông nghiệp; "
        "Trường Trung học phổ thông; Trường Dân tộc nội trú",
    ),
    ("doanh_nghiep", "Ngân hàng Nông nghiệp; Điện lực; Hợp tác xã Nông nghiệp"),
    ("nha_nuoc", "Phòng Y tế"),
)
DISSOLVED_AFTER = 1


class Organization(NamedTuple):
    """An organisation, whatever the date; `since` and `until` are numbers of dates.

    `fewest` and `most` are its members at the last date; 0 where they are those of the cells under it.
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


def drawn(shape: Shape, communes: pd.DataFrame, villages: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """One row per organisation and date at which it exists, in the columns of the contract. `communes` are
    those in force, `villages` lie in them (see `places.villages`).

    Members and admitted are on cells and subcells only; committees and the root leave them blank.
    """
    district = shape.level == "district"
    root = "huyen-uy" if district else "dang-uy"
    organizations = [Organization(root, "", shape.root, shape.level)]
    organizations += (_of_communes if district else _of_units)(communes, villages, organizations[0])
    districts = max(1, round(len(communes) / COMMUNES_PER_DISTRICT)) if district else 1
    # What tells the bodies of one district from those of the others, in their ids and in their names.
    marks = [("", "")] if districts == 1 else [(f"k{k}-", f" khu vực {k}") for k in range(1, districts + 1)]
    of_whole = {"district": (_bodies, _cells), "province": (_bodies,)}
    for bodies in of_whole.get(shape.level, ()):
        for prefix, suffix in marks:
            organizations += bodies(root, prefix, suffix)
    register = _with_founded(pd.DataFrame(organizations, columns=list(Organization._fields)), draws)
    exists = [
        ((register["since"] <= date) & (date <= register["until"])).to_numpy()
        for date in range(NUMBER_OF_DATES)
    ]
    leaf = register["level"].isin(["cell", "subcell"]).to_numpy()
    cells, existing = register[leaf], np.array(exists)[:, leaf]
    # For as many cells as exist in the end: one that is dissolved takes nothing off.
    admitted = np.array(
        [
            _spread(_of_cells(count, existing[-1]), present, draws)
            for count, present in zip(ADMITTED, existing, strict=True)
        ]
    )
    members = _members(cells, existing, admitted, draws)
    _go_on(members, admitted, cells, villages)
    frames = []
    for date, as_of in enumerate(shape.dates):
        counts = pd.DataFrame({"members": members[date], "admitted": admitted[date]}, index=cells.index)
        frames.append(register.join(counts.astype("Int64")).assign(as_of=as_of)[exists[date]])
    return pd.concat(frames, ignore_index=True)


def _of_communes(
    communes: pd.DataFrame, villages: pd.DataFrame, root: Organization
) -> Iterator[Organization]:
    """The committee of each commune, the cells of its villages and those of its offices."""
    for commune in communes.to_dict("records"):
        at, kind = commune["commune_id"], commune["kind"]
        name = f"Đảng bộ {KIND_WORDS[kind]} {commune['name']}"
        yield Organization(f"db-{at}", root.org_id, name, "committee", kind, at)
        yield from _cells_of(commune, villages, f"db-{at}", "subcell", OFFICES)


def _of_units(communes: pd.DataFrame, villages: pd.DataFrame, root: Organization) -> Iterator[Organization]:
    """Of each commune its superior committee, unless that is the root, and what is under it."""
    for commune in communes.to_dict("records"):
        at, kind, above = commune["commune_id"], commune["kind"], root.org_id
        if root.level != "superior":
            above = f"db-{at}"
            name = f"Đảng bộ {KIND_WORDS[kind]} {commune['name']}"
            yield Organization(above, root.org_id, name, "superior", kind, at)
        for body, title, category, parts in OF_UNIT:
            committee = f"db-{at}-{body}"
            yield Organization(
                committee, above, f"Đảng bộ {title} {commune['name']}", "committee", category, at
            )
            for k, part in enumerate(parts.split(", "), start=1):
                name = f"Chi bộ {part} {commune['name']}"
                yield Organization(
                    f"cb-{at}-{body}-{k}", committee, name, "subcell", category, at, "", *OF_BODY
                )
        yield from _cells_of(commune, villages, above, "cell", OFFICES[1:])


def _cells_of(
    commune: dict[str, Any],
    villages: pd.DataFrame,
    above: str,
    level: str,
    offices: Sequence[tuple[str, str]],
) -> Iterator[Organization]:
    """The cells of the villages and of the offices of a commune."""
    at, kind, rank = commune["commune_id"], commune["kind"], commune["rank"]
    for row in villages[villages["commune_id"] == at].to_dict("records"):
        village, name = row["village_id"], f"Chi bộ {row['name']} {row['place']}"
        size = OF_MERGED if row["into"] else OF_VILLAGE
        org = Organization(f"cb-{village}", above, name, level, kind, at, village, *size)
        yield org._replace(since=row["since"], until=row["until"])
    schools = (SCHOOLS + SCHOOLS)[rank % len(SCHOOLS) :][: 1 + rank % 2]
    for office, title in (*offices, *schools):
        name = f"Chi bộ {title} {commune['name']}"
        yield Organization(f"cb-{at}-{office}", above, name, level, kind, at, "", *OF_OFFICE)


def _bodies(root: str, prefix: str, suffix: str) -> Iterator[Organization]:
    """The committees of the bodies of one district, each with its subcells."""
    for body, title, category, parts in BODIES:
        committee = f"db-{prefix}{body}"
        yield Organization(committee, root, f"Đảng bộ {title}{suffix}", "committee", category)
        for k, part in enumerate(parts.split(", "), start=1):
            cell, name = f"cb-{prefix}{body}-{k}", f"Chi bộ {part} {title}{suffix}"
            yield Organization(cell, committee, name, "subcell", category, "", "", *OF_BODY)


def _cells(root: str, prefix: str, suffix: str) -> Iterator[Organization]:
    """The grassroots cells of the bodies of one district."""
    titles = [(category, title) for category, group in CELLS for title in group.split("; ")]
    for k, (category, title) in enumerate(titles, start=1):
        cell, name = f"cbcs-{prefix}{k:02}", f"Chi bộ {title}{suffix}"
        until = LAST if k < len(titles) else DISSOLVED_AFTER
        yield Organization(cell, root, name, "cell", category, "", "", *OF_CELL, until=until)


def _with_founded(register: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """`register` with some office cells founded after the first date."""
    old = ((register["commune_id"] != "") & (register["fewest"] == OF_OFFICE[0])).to_numpy()
    count = scaled(1, int(old.sum()), per=OFFICES_PER_FOUNDED)
    scores = draws.shares(len(register))
    for date in FOUNDED_AT:
        founded = lowest(scores, count, old)
        register.loc[founded, ["fewest", "most", "since"]] = [*OF_FOUNDED, date]
        old = old & ~founded
    return register


def _members(cells: pd.DataFrame, existing: Mask, admitted: Whole, draws: Draws) -> Whole:
    """Members per date (rows) and cell (columns), where it exists.

    Reckoned backwards from the last date: members before = members after − admitted + left.
    """
    members = [draws.whole(cells["fewest"].to_numpy(), cells["most"].to_numpy(), len(cells))]
    for date in range(LAST, 0, -1):
        present = existing[date - 1] & existing[date]
        left = _spread(_of_cells(LEFT[date], present), present, draws)
        stayed = members[0] - admitted[date]
        left = np.clip(left, np.maximum(FEWEST - stayed, 0), MOST - stayed)
        members.insert(0, np.where(present, stayed + left, members[0]))
    return np.array(members)


def _go_on(members: Whole, admitted: Whole, cells: pd.DataFrame, villages: pd.DataFrame) -> None:
    """Let the members of the cells of villages that become one go on in the cell of that village."""
    places = {village_id: place for place, village_id in enumerate(cells["village_id"]) if village_id}
    for into, group in villages[villages["into"] != ""].groupby("into"):
        cell, last = places[into], int(group["until"].max())
        came = members[last, [places[village_id] for village_id in group["village_id"]]].sum()
        members[last + 1 :, cell] += came + admitted[last + 1, cell] - members[last + 1, cell]


def _of_cells(count: int, existing: Mask) -> int:
    """`count` per 156 cells, for as many as exist."""
    return scaled(count, int(existing.sum()), per=CELLS_OF_COUNTS)


def _spread(count: int, among: Mask, draws: Draws) -> Whole:
    """`count` people over the cells `among`, none to three in each."""
    places = np.tile(among, MOST_A_YEAR)
    chosen = lowest(draws.shares(len(places)), count, places).reshape(MOST_A_YEAR, len(among))
    people: Whole = chosen.sum(axis=0, dtype=np.int64)
    return people
