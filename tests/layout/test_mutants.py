"""The mutants of the kernels run with `--all` only; that their lines still stand is seen in every run."""

from __future__ import annotations

import pytest

from tests.native.mutant import Mutant
from tests.native.programs import ROOT
from tests.native.test_mutants import MUTANTS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_changes_one_place(mutant: Mutant) -> None:
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    assert source.count(mutant.old) == 1, f"{mutant.file} has changed: adapt the mutant"
