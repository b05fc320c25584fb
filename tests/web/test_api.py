"""Does the API answer as it says, to everything that can be asked?"""

from __future__ import annotations

from pathlib import Path

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from web import create_app


@pytest.fixture(scope="session")
def schema(seed_index: Path):  # type: ignore[no-untyped-def]
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", create_app(seed_index))


@pytest.mark.parametrize("path", ["/api/v1/search", "/api/v1/articles/{id}", "/api/v1/suggest", "/api/v1/openapi.json"])
def test_every_answer_is_as_described(schema, path: str) -> None:  # type: ignore[no-untyped-def]
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=schema[path]["GET"].as_strategy())
    def check(case: schemathesis.Case) -> None:
        # A query has its own grammar, and page × size a limit of its own: neither can be said in a schema.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    check()


def test_a_search_is_the_dataclasses_as_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search", query_string={"q": "光伏", "city": "义乌", "year": "2020"})
    assert "光伏" in answer.text and answer.mimetype == "application/json"
    body = answer.get_json()
    assert body["total"] == 1
    hit = body["hits"][0]
    assert hit["article"]["title"] == "高质量发展：经济行稳致远"
    assert client.get(hit["url"]).status_code == 200
    for snippet in hit["snippets"]:
        assert all(snippet["text"][a:b] == "光伏" for a, b in snippet["spans"])
    assert [v for v in body["facets"]["city"] if v["selected"]]


def test_links_lead_through_all_pages(client: FlaskClient) -> None:
    seen, address = [], "/api/v1/search?size=5"
    while address:
        body = client.get(address).get_json()
        seen += [hit["article"]["id"] for hit in body["hits"]]
        address = body["links"]["next"]
    assert len(seen) == len(set(seen)) == body["total"] == 16


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("page=abc", 400, "page"),
        ("page=0", 400, "page"),
        ("page=-1", 400, "page"),
        ("page=１", 400, "page"),
        ("page=" + "9" * 5_000, 400, "page"),
        ("size=1e3", 400, "size"),
        ("size=101", 400, "size"),
        ("page=101&size=100", 400, "page"),
        ("sort=best", 400, "sort"),
        ("match=some", 400, "match"),
        ("year=abc", 400, "year"),
        ("year_from=x", 400, "year_from"),
        ("q=year:abc", 400, "q"),
        ("city=" + "&city=".join(map(str, range(101))), 400, "city"),
        ("q=" + "a" * 257, 414, "q"),
    ],
)
def test_a_bad_parameter_is_a_problem_that_names_it(
    client: FlaskClient, query: str, status: int, parameter: str
) -> None:
    answer = client.get("/api/v1/search?" + query)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    body = answer.get_json(force=True)
    assert body["parameter"] == parameter and body["status"] == status and body["detail"]


def test_suggestions_complete_pinyin(client: FlaskClient) -> None:
    for typed in ("yiwu", "yw", "义"):
        values = client.get("/api/v1/suggest", query_string={"q": typed}).get_json()["suggestions"]
        assert any("义乌" in each["value"] for each in values)


def test_typing_beyond_the_limit_is_414(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest", query_string={"q": "光" * 257})
    assert (answer.status_code, answer.mimetype) == (414, "application/problem+json")


def test_only_get_and_head_are_answered(client: FlaskClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
        assert client.open("/api/v1/search", method=method).status_code == 405
    assert client.head("/api/v1/search").status_code == 200


@pytest.mark.parametrize("limit", ["0", "21", "00199", "x", "-1"])
def test_a_limit_of_suggestions_is_read_as_every_number(client: FlaskClient, limit: str) -> None:
    answer = client.get("/api/v1/suggest", query_string={"q": "光", "limit": limit})
    assert (answer.status_code, answer.get_json(force=True)["parameter"]) == (400, "limit")
