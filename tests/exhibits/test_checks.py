"""The rules on the page of the data: each in one group, and its state as the checks found it."""

import tomllib
from pathlib import Path

from dashboard import exhibits, text
from dashboard.dataset import select
from dashboard.exhibits import sources

RULES = Path(text.__file__).parent / "vi" / "rule.toml"
SMALL = """
    org_id | parent_id | level     | members
    small  | root      | committee |
    cell   | small     | subcell   | 5
    unreported | small     | subcell   |
    mute   | small     | subcell   |"""


def states(dataset, lang="vi"):
    (exhibit,) = exhibits.build(dataset, select(dataset, lang=lang), ["data.checks"])
    return exhibit, dict(zip(exhibit.table.frame.iloc[:, 0], exhibit.table.frame.iloc[:, 2], strict=True))


def test_every_rule_is_in_one_group():
    grouped = [rule for rules in sources.GROUPS.values() for rule in rules]
    rules_with_words = set(tomllib.loads(RULES.read_text("utf-8"))) - {"more_rows", "outside"}
    assert sorted(grouped) == sorted(rules_with_words)


def test_the_bundled_data_pass_every_group_but_report_less_three_times(bundled):
    exhibit, state = states(bundled)
    warned = {group: result for group, result in state.items() if result != "đạt"}
    assert warned == {"Không thiếu gì so với ngày chốt trước và phiên bản trước": "3 dòng cần xem lại"}
    assert len(exhibit.sentences) == 3


def test_a_warning_is_counted_in_its_group_and_said(build):
    dataset = build(organizations=SMALL)
    exhibit, state = states(dataset)
    warned = {group.partition(":")[0]: result for group, result in state.items() if result != "đạt"}
    assert warned == {
        "Đảng viên, kết nạp": "2 dòng cần xem lại",
        "Ngày chốt có đủ cả số liệu tổ chức và chức danh": "1 dòng cần xem lại",
    }
    assert [problem.reader_line(text.get()) for problem in dataset.warnings] == list(exhibit.sentences)


def test_what_is_missing_comes_before_all_else_the_largest_loss_first(build):
    days = ("2023-12-31", "2024-12-31")
    large = [f"{day} | cell-{n} | cell | 4{n % 10}" for day in days for n in range(30)]
    dataset = build(
        communes="commune_id|name\nan|An\nbinh|Bình",
        villages="village_id|commune_id\na1|an\nb1|binh",
        organizations="\n".join(["as_of | org_id | level | members", *large]),
        officers="""
            as_of      | village_id | secretary | front_head
            2023-12-31 | a1         | A+        | B+
            2023-12-31 | b1         | A+        | B+
            2024-12-31 | a1         | A+        |""",
    )
    rules = [problem.rule for problem in dataset.warnings]
    assert rules.index("cell_large") < rules.index("fewer_posts")
    exhibit, _ = states(dataset)
    losses = [sentence.partition("”: ")[2].partition(" ở ngày")[0] for sentence in exhibit.sentences]
    assert losses[:2] == ["Xã Bình: 0 chức danh", "Xã An: 1 chức danh"]


def test_the_states_are_said_in_english(build):
    _, state = states(build(organizations=SMALL), "en")
    assert set(state.values()) == {"passed", "1 row to look at", "2 rows to look at"}
