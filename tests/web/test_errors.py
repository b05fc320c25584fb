"""Is every error one of the two shapes, and never a 500?"""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from web import create_app


@pytest.mark.parametrize(
    "path", ["/", "/articles/x", "/feed.atom", "/search.csv", "/api/v1/search", "/api/v1/suggest?q=a", "/healthz"]
)
def test_without_an_index_everything_is_503(tmp_path: Path, path: str) -> None:
    answer = create_app(tmp_path / "none").test_client().get(path)
    assert answer.status_code == 503
    if path.startswith("/api"):
        assert answer.mimetype == "application/problem+json"


def test_people_get_a_page_and_programs_a_problem(client: FlaskClient) -> None:
    assert client.get("/?page=x").mimetype == "text/html"
    assert client.get("/search.csv?page=x").mimetype == "application/problem+json"
    assert client.get("/api/v1/nowhere").mimetype == "application/problem+json"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(["/", "/api/v1/search", "/search.ris", "/api/v1/suggest", "/feed.atom"]),
    query=st.dictionaries(
        st.sampled_from(
            ["q", "city", "year", "source", "year_from", "year_to", "sort", "page", "size", "match", "lang"]
        ),
        st.one_of(
            st.text(max_size=40),
            st.integers().map(str),
            st.sampled_from(['"光伏', "title:(", "-", "year:..", "光*", "((((", "a OR"]),
        ),
    ),
)
def test_no_input_whatever_is_a_bug(client: FlaskClient, path: str, query: dict[str, str]) -> None:
    assert client.get(path, query_string=query).status_code in (200, 304, 400, 414)
