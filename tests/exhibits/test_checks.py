"""The rules on the page of the data: each in one group, and its state as the checks found it."""

import tomllib
from pathlib import Path

from dashboard import exhibits, text
from dashboard.dataset import select
from dashboard.exhibits import checks

RULES = Path(text.__file__).parent / "vi" / "rule.toml"
SMALL = """
    org_id | parent_id | level     | members
    small  | root      | committee |
    cell   | small     | subcell   | 5
    silent | small     | subcell   |
    mute   | small     | subcell   |"""


def states(dataset, lang="vi"):
    (exhibit,) = exhibits.build(dataset, select(dataset, lang=lang), ["data.checks"])
    return exhibit, dict(zip(exhibit.table.frame.iloc[:, 0], exhibit.table.frame.iloc[:, 2], strict=True))


def test_every_rule_is_in_one_group():
    grouped = [rule for rules in checks.GROUPS.values() for rule in rules]
    said = set(tomllib.loads(RULES.read_text("utf-8"))) - {"more_rows"}
    assert sorted(grouped) == sorted(said)


def test_the_bundled_data_pass_every_group(bundled):
    exhibit, state = states(bundled)
    assert set(state.values()) == {"đạt"}
    assert exhibit.sentences == ()


def test_a_warning_is_counted_in_its_group_and_said(build):
    dataset = build(organizations=SMALL)
    exhibit, state = states(dataset)
    warned = {group.partition(":")[0]: said for group, said in state.items() if said != "đạt"}
    assert warned == {
        "Đảng viên, kết nạp": "2 dòng cần xem lại",
        "Ngày chốt có đủ cả số liệu tổ chức và chức danh": "1 dòng cần xem lại",
    }
    assert [problem.described(text.get()) for problem in dataset.warnings] == list(exhibit.sentences)


def test_the_states_are_said_in_english(build):
    _, state = states(build(organizations=SMALL), "en")
    assert set(state.values()) == {"passed", "1 row to look at", "2 rows to look at"}
