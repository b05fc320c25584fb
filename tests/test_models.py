"""Are results frozen through and through, and yet as easy to copy, pickle and write as plain data?"""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle

import pytest

import indexer
from indexer.models import Frozen


@pytest.fixture
def results(seeds: indexer.Index) -> indexer.Results:
    return seeds.search("光伏")


def test_results_can_be_pickled_copied_and_taken_apart(results: indexer.Results) -> None:
    assert pickle.loads(pickle.dumps(results)) == results
    assert copy.deepcopy(results) == results
    apart = dataclasses.asdict(results)
    assert apart["facets"]["city"][0]["value"] == results.facets["city"][0].value
    assert json.loads(json.dumps(apart)) == indexer.plain(results)


def test_articles_can_be_kept_in_a_set(results: indexer.Results) -> None:
    assert len({*(hit.article for hit in results.hits), results.hits[0].article}) == len(results.hits)


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.__setitem__("x", 1), lambda m: m.__delitem__("a"), lambda m: m.update(x=1), lambda m: m.pop("a"),
        lambda m: m.popitem(), lambda m: m.clear(), lambda m: m.setdefault("x", 1), lambda m: m.__ior__({"x": 1}),
    ],
)  # fmt: skip
def test_a_mapping_of_results_cannot_be_changed(change: object) -> None:
    mapping = Frozen({"a": 1})
    with pytest.raises(TypeError, match="cannot be changed"):
        change(mapping)  # type: ignore[operator]
    assert mapping == {"a": 1} and type(copy.copy(mapping)) is Frozen


def test_the_mappings_of_results_are_such(results: indexer.Results) -> None:
    article = results.hits[0].article
    assert {type(results.facets), type(article.evidence), type(article.extra)} == {Frozen}
