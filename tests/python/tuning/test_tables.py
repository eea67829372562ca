"""Pairs out of CSV, Parquet and data frames are those of JSON Lines; bad cells are named."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

from musicsync import _core
from musicsync.tuning.pairs import MalformedLine, Pair, read_pairs
from musicsync.tuning.tables import features_of, pairs_of

ROW = {
    "id": "a", "label": "same", "kinds": "live,typo", "truth": "review", "left_title": "Africa", "left_artist": "Toto",
    "left_duration_s": "295.5", "left_year": "1982", "right_title": "Africa", "right_artist": "Toto", "right_year": "",
}  # fmt: skip


def _csv(path: Path, *rows: dict[str, str]) -> Path:
    lines = [",".join(ROW), *(",".join(f'"{row[name]}"' for name in ROW) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def check(found: Pair) -> None:
    assert (found.id, found.same, found.kinds, found.truth) == ("a", True, ("live", "typo"), "review")
    assert (found.left.duration_ms, found.left.release_year, found.right.release_year) == (295_500, 1982, None)


def test_csv_parquet_pandas_polars_and_json_lines_give_one_pair(tmp_path: Path) -> None:
    file = _csv(tmp_path / "pairs.csv", ROW)
    frame = pd.read_csv(file)
    frame.to_parquet(tmp_path / "pairs.parquet")
    sides = {
        side: {k.removeprefix(side + "_"): v for k, v in ROW.items() if k.startswith(side)}
        for side in ("left", "right")
    }
    sides["left"] |= {"duration_s": 295.5, "year": 1982}  # type: ignore[dict-item]
    sides["right"].pop("year")
    line = {"id": "a", "label": "same", "kinds": ["live", "typo"], "truth": "review", **sides}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(line))
    for name in ("pairs.csv", "pairs.parquet", "pairs.jsonl"):
        check(read_pairs(tmp_path / name)[0])
    check(pairs_of(frame)[0])
    check(pairs_of(pl.read_csv(file))[0])


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("label", "equal", r"pairs\.csv:3: label must be one of"),
        ("left_duration_s", "long", r"pairs\.csv:3: left_duration_s must be a number, not 'long'"),
        ("left_year", "99999", r"pairs\.csv:3: left: .*year"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(tmp_path: Path, column: str, value: str, said: str) -> None:
    with pytest.raises(MalformedLine, match=said):
        read_pairs(_csv(tmp_path / "pairs.csv", ROW, ROW | {column: value}))


def test_a_table_without_its_columns_and_a_file_that_is_no_table_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bare.csv").write_text("label,left_title\nsame,x\n")
    with pytest.raises(MalformedLine, match="column right_title is missing"):
        read_pairs(tmp_path / "bare.csv")
    (tmp_path / "short.csv").write_text("label,left_title,right_title\nsame,x\n")
    with pytest.raises(MalformedLine, match=r"short\.csv:2: has not the 3 cells"):
        read_pairs(tmp_path / "short.csv")
    (tmp_path / "no.parquet").write_text("no")
    with pytest.raises(MalformedLine, match="is no Parquet"):
        read_pairs(tmp_path / "no.parquet")
    with pytest.raises(TypeError, match="must speak Arrow"):
        pairs_of([1])


def test_features_come_in_every_form(tmp_path: Path) -> None:
    pairs = read_pairs(_csv(tmp_path / "pairs.csv", ROW))
    names = _core.feature_names()
    numbers = features_of(pairs)
    assert numbers.shape == (1, len(names))
    assert np.isnan(numbers[0, names.index("year_gap")])
    for form in ("arrow", "pandas", "polars"):
        table = features_of(pairs, as_=form)
        assert list(getattr(table, "column_names", getattr(table, "columns", None))) == ["id", "same", *names]
    with pytest.raises(ValueError, match="as_ must be"):
        features_of(pairs, as_="excel")
