"""The snippet for Spark of docs/distributed.md, in Spark's local mode."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from musicsync import Catalog

from .worlds import songs

pytest.importorskip("pyspark", reason="needs PySpark, which ./dev does not install: pip install pyspark")
pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="PySpark needs Java 17 or newer")

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "distributed.md"


@pytest.fixture
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYSPARK_PYTHON", sys.executable)
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "16").getOrCreate()
        yield session
        session.stop()


def test_the_documented_snippet_gives_what_a_join_gives(spark: Any, tmp_path: Path) -> None:
    tracks = songs(300)
    whole = Catalog.from_tracks(tracks)
    whole.save(tmp_path / "songs.msc")
    library = [(song["id"], song["title"], song["artist"]) for song in tracks[:40]]
    (snippet,) = re.findall(r"```python\n(def matched.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {
        "catalogue": str(tmp_path / "songs.msc"),
        "library": spark.createDataFrame(library, "id string, title string, artist string"),
    }
    exec(snippet, names)
    rows = names["matches"].collect()
    wanted = whole.join([{"id": key, "title": title, "artist": artist} for key, title, artist in library])
    assert sorted((row.query_id, row.verdict, row.position, row.probability) for row in rows) == sorted(
        (key, one.verdict, one.best, one.probability) for (key, _, _), one in zip(library, wanted, strict=True)
    )
