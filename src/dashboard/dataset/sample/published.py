"""Goals and published figures: the article's for Nam Đông, reckoned from the data for an invented place."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard import schema
from dashboard.dataset.sample import scale
from dashboard.dataset.sample.officers import SECRETARY

# What the goals rest on is a sentence of the article, not a resolution; that it is split is the dashboard's
# reading, and says so.
STATEMENT = (
    "lời Bí thư Huyện uỷ trong bài viết, không phải chỉ tiêu của nghị quyết: một câu chung cho mọi chức "
    "danh, trên 80% là đảng viên vào cuối năm 2025; tách thành bốn mục tiêu và lấy ngày 31/12/2025 là "
    "cách đọc của bảng theo dõi"
)
POLICY = (
    "một chủ trương trong bài viết: bí thư chi bộ đồng thời là trưởng thôn hoặc trưởng ban Mặt trận, tuỳ "
    "nơi, không có chỉ tiêu bằng số; tách thành hai mục tiêu là cách đọc của bảng theo dõi"
)
ARTICLE = (
    "Bài viết (chữ và ảnh: Phong Anh) về Đề án nâng cao chất lượng tổ chức cơ sở đảng giai đoạn 2021–2025 "
    "của huyện Nam Đông, tỉnh Thừa Thiên Huế; bản đang có không ghi tên bài, tên báo và ngày đăng"
)
RECKONED = "Số liệu mẫu: tính từ chính bộ số liệu này"
INVENTED_GOAL = "Số liệu mẫu: mục tiêu đặt theo mục tiêu của huyện Nam Đông"

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
# Operator, target and deadline of each family of measures, and where the article says so.
TARGETS = {"member_share": (">", "80", "2025-12-31", STATEMENT), "overlap_share": ("up", "", "", POLICY)}

# figure_id, measure, value, denominator, what the article says in a few words.
OF_NAM_DONG = (
    (
        "grassroots",
        "count:grassroots",
        scale.GRASSROOTS,
        "",
        "42 tổ chức cơ sở đảng (14 đảng bộ cơ sở, 28 chi bộ cơ sở)",
    ),
    ("committees", "count:committees", scale.COMMITTEES, "", "14 đảng bộ cơ sở"),
    ("cells", "count:cells", scale.CELLS, "", "28 chi bộ cơ sở"),
    ("subcells", "count:subcells", scale.SUBCELLS, "", "128 chi bộ trực thuộc đảng uỷ cơ sở"),
    ("members", "count:members", scale.MEMBERS, "", "2.198 đảng viên"),
    ("villages", "count:villages", scale.VILLAGES, "", "60 thôn, tổ dân phố"),
    ("households", "count:households", scale.HOUSEHOLDS, "", "6.873 hộ"),
    ("population", "count:population", scale.POPULATION, "", "28.336 nhân khẩu"),
    ("ethnic_minority", "share:ethnic_minority", 43.31, "", "Dân tộc Cơ Tu chiếm 43,31% dân số"),
    (
        "village_heads_members",
        "member_share:village_head",
        50,
        "60",
        "50/60 trưởng thôn, tổ trưởng tổ dân phố là đảng viên",
    ),
    (
        "secretary_village_head",
        "overlap_share:secretary+village_head",
        26,
        "60",
        "26/60 bí thư chi bộ đồng thời là trưởng thôn, tổ trưởng tổ dân phố",
    ),
    (
        "secretary_front_head",
        "overlap_share:secretary+front_head",
        4,
        "60",
        "4/60 bí thư chi bộ đồng thời là trưởng ban công tác Mặt trận",
    ),
)


def goals(real: bool) -> pd.DataFrame:
    """One row per goal; that of a `real` place says what in the article it is read from."""
    rows = [(*goal, *TARGETS[goal[-1].partition(":")[0]]) for goal in GOALS]
    frame = pd.DataFrame(rows, columns=list(schema.table("goals").column_names))
    return frame if real else frame.assign(source=INVENTED_GOAL)


def of_nam_dong() -> pd.DataFrame:
    """One row per figure of the article, which states no as-of date."""
    return _figures(OF_NAM_DONG, as_of="", source=ARTICLE)


def reckoned(villages: pd.DataFrame, organizations: pd.DataFrame, officers: pd.DataFrame) -> pd.DataFrame:
    """One row per figure that an invented place would publish: those of its own data at the last date."""
    last = scale.DATES[-1]
    there = organizations[organizations["as_of"] == last]
    levels = there["level"].value_counts()
    counts = {
        "grassroots": levels["committee"] + levels["cell"],
        "committees": levels["committee"],
        "cells": levels["cell"],
        "subcells": levels["subcell"],
        "members": there["members"].sum(),
        "villages": len(villages),
        "households": villages["households"].sum(),
        "population": villages["population"].sum(),
    }
    figures = [(name, f"count:{name}", int(count), "", "") for name, count in counts.items()]

    there = officers[officers["as_of"] == last]
    heads, fronts = (there[there["position"] == post] for post in ("village_head", "front_head"))
    shares = {
        "village_heads_members": ("member_share:village_head", heads["party_member"] == "true"),
        "secretary_village_head": ("overlap_share:secretary+village_head", heads["holder"] == SECRETARY),
        "secretary_front_head": ("overlap_share:secretary+front_head", fronts["holder"] == SECRETARY),
    }
    figures += [
        (name, measure, int(holds.sum()), str(len(villages)), "") for name, (measure, holds) in shares.items()
    ]
    return _figures(figures, as_of=last, source=RECKONED)


def _figures(rows: Iterable[tuple[str, str, float, str, str]], *, as_of: str, source: str) -> pd.DataFrame:
    """Rows of `published.csv`; values as text, so that whole numbers stay whole."""
    frame = pd.DataFrame(
        rows, columns=["figure_id", "measure", "value", "denominator", "quote"], dtype=object
    )
    return frame.assign(value=[f"{value:.10g}" for value in frame["value"]], as_of=as_of, source=source)
