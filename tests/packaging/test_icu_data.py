"""A wheel carries what deploy/wheel/icu-data.txt lists of ICU's data; ICU says nothing where more is asked of it."""

from __future__ import annotations

import re

from tests.layout.project import ROOT

KEPT = ROOT / "deploy/wheel/icu-data.txt"

WITHOUT_DATA = {"uchar.h", "uscript.h", "ustring.h", "utf16.h", "utf8.h"}
"""Headers whose functions, as the engine uses them, are served from tables inside ICU's common library."""

NORMALIZERS = {"NFC": None, "NFD": None, "NFKCCasefold": "nfkc_cf.nrm", "NFKC": "nfkc.nrm", "NFKD": "nfkc.nrm"}
"""The item of data behind each normaliser; None: inside the common library."""


def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "core").rglob("*.[ch]pp")))


def kept() -> set[str]:
    return {line for line in KEPT.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}


def test_only_known_parts_of_icu_are_used() -> None:
    """A new header: find out which data it reads, add that to icu-data.txt, and the header here."""
    used = set(re.findall(r"#include <unicode/(\w+\.h)>", sources()))
    assert used - WITHOUT_DATA == {"unorm2.h"}


def test_the_data_of_every_used_normalizer_is_kept() -> None:
    used = set(re.findall(r"unorm2_get(\w+)Instance", sources()))
    assert kept() == {NORMALIZERS[name] for name in used} - {None}
    assert "unorm2_getInstance(" not in sources()


def test_lower_case_is_that_of_no_language() -> None:
    """With a locale, ICU would look one up in its data."""
    calls = re.findall(r"u_str(?:ToLower|ToUpper|ToTitle|FoldCase)\(([^;]*)\)", sources())
    assert calls
    assert all('""' in call for call in calls)
