"""Files of words that a user adds, from Python."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import musicsync

DOCUMENT = Path(__file__).parents[2] / "docs/vocabulary.md"


@pytest.fixture(autouse=True)
def built_in_words() -> Iterator[None]:
    yield
    musicsync.reset_vocabulary()


def test_the_example_of_the_documentation_runs() -> None:
    example = re.search(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert example is not None
    exec(compile(example[1], str(DOCUMENT), "exec"), {})


def test_an_error_names_file_line_and_field(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("# ours\nvaporwave\tplain\tloud\n", encoding="utf-8")
    with pytest.raises(musicsync.EngineError, match=r'words\.tsv:2: kind: "loud" is none of live, remix') as caught:
        musicsync.load_vocabulary(words)
    assert (caught.value.code, caught.value.field, caught.value.row) == ("invalid_value", "kind", 1)
    assert musicsync.parse_title("Song (Vaporwave)").base == "song vaporwave"


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(musicsync.EngineError, match="no_such_words") as caught:
        musicsync.load_vocabulary("no_such_words.tsv")
    assert caught.value.code == "io"


def started_with(path: Path) -> subprocess.CompletedProcess[str]:
    code = "import musicsync; print(musicsync.parse_title('Song (Vaporwave)').base)"
    environment = {**os.environ, "MUSICSYNC_VOCABULARY": str(path)}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def test_the_environment_names_a_file_that_is_read_first(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("Vaporwave\ttail\tremix\n", encoding="utf-8")
    assert started_with(words).stdout.strip() == "song"


def test_a_bad_file_of_the_environment_stops_the_start(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("Vaporwave\tflavour\n", encoding="utf-8")
    result = started_with(words)
    assert result.returncode == 1
    assert "MUSICSYNC_VOCABULARY:" in result.stderr
    assert 'words.tsv:1: role: "flavour" is none of' in result.stderr
