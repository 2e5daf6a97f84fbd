"""What docs/checks.md says of the linter's precision and recall is so, and is good enough.

After a change for the better: GAISITE_EXPECT=write pytest tests/numbers, then `make docs`.
"""

import json
import os

import pytest

from tests.numbers.measuring import RESULT, measure
from tests.numbers.samples import list_samples

RECORDED = json.loads(RESULT.read_text(encoding="utf-8"))


@pytest.mark.skipif(not list_samples(), reason="needs the real reports in ../shared/samples")
def test_recorded_result_is_what_the_samples_give() -> None:
    measured = measure()
    if os.environ.get("GAISITE_EXPECT") == "write":
        RESULT.write_text(json.dumps(measured, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert measured == json.loads(RESULT.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("question", "precision", "recall"), [("numbers", 0.95, 0.95), ("cells", 0.9, 0.9), ("warnings", 0.9, 0.8)]
)
def test_the_linter_is_right_often_enough(question: str, precision: float, recall: float) -> None:
    score = RECORDED[question]
    assert score["right"] >= precision * score["told"]
    assert score["right"] >= recall * score["wanted"]
