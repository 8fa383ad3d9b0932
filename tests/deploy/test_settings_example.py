"""deploy/dashboard.toml: every key there is, and right as it is in every mode."""

from __future__ import annotations

import tomllib
from pathlib import Path

import deployment
import pytest

from dashboard.settings import MODES, SettingsError, read

EXAMPLE = deployment.DEPLOY / "dashboard.toml"


def written(folder: Path, text: str) -> Path:
    """A settings file with the secret that it names beside it."""
    (folder / "proxy-secret").write_text("sixteen letters or more", "utf-8")
    (folder / "proxy-secret").chmod(0o640)
    file = folder / "dashboard.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize("mode", MODES)
def test_the_example_is_right_in_every_mode(mode: str, tmp_path: Path):
    text = EXAMPLE.read_text("utf-8").replace('mode = "accounts"', f'mode = "{mode}"')
    settings = read(written(tmp_path, text))
    assert settings.mode == mode
    assert settings.store == Path("/var/lib/dashboard/store")


def known(folder: Path, text: str) -> set[str]:
    """The keys that the sentence about an unknown one lists."""
    with pytest.raises(SettingsError) as refused:
        read(written(folder, text))
    return set(str(refused.value.values["known"]).split(", "))


@pytest.mark.parametrize("table", ["data", "proxy"])
def test_the_example_has_every_key_of_a_table(table: str, tmp_path: Path):
    keys = tomllib.loads(EXAMPLE.read_text("utf-8"))[table]
    mode = "local" if table == "data" else table
    assert set(keys) == known(tmp_path, f'mode = "{mode}"\n[{table}]\nnonsense = 1\n')


def test_the_example_has_every_key(tmp_path: Path):
    keys = tomllib.loads(EXAMPLE.read_text("utf-8").replace("# database_file", "database_file"))
    assert set(keys) == known(tmp_path, "nonsense = 1\n")


def test_the_example_has_every_key_of_a_reader(tmp_path: Path):
    readers = tomllib.loads(EXAMPLE.read_text("utf-8"))["proxy"]["readers"]
    wrong = (
        'mode = "proxy"\n[proxy]\nheader = "x-a"\nsecret_file = "proxy-secret"\n'
        "[[proxy.readers]]\nnonsense = 1\n"
    )
    assert {key for reader in readers for key in reader} == known(tmp_path, wrong)
