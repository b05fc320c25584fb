"""Does every public module say what it offers, sorted, documented and typed?"""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import indexer
import web


def modules() -> list[str]:
    names = [indexer.__name__, web.__name__]
    for package in (indexer, web):
        names += [m.name for m in pkgutil.walk_packages(package.__path__, package.__name__ + ".")]
    return [name for name in names if not name.endswith("__main__") and not name.endswith(".worker")]


@pytest.mark.parametrize("name", modules())
def test_all_is_sorted_and_true(name: str) -> None:
    module = importlib.import_module(name)
    offered = getattr(module, "__all__", None)
    if offered is None:
        assert not [n for n, v in vars(module).items() if inspect.isfunction(v) and v.__module__ == name]
        return
    assert list(offered) == sorted(offered), f"{name}.__all__ is not sorted"
    for each in offered:
        assert hasattr(module, each), f"{name}.__all__ names {each}, which is not there"


@pytest.mark.parametrize("name", modules())
def test_public_names_are_documented_and_annotated(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__, f"{name} has no docstring"
    for each in getattr(module, "__all__", ()):
        value = getattr(module, each)
        if inspect.isfunction(value):
            assert value.__doc__, f"{name}.{each} has no docstring"
            unannotated = [p for p in inspect.signature(value).parameters.values() if p.annotation is p.empty]
            assert not unannotated, f"{name}.{each}: {unannotated}"


def test_the_face_is_free_of_flask_and_cheap_to_import() -> None:
    import subprocess
    import sys

    heavy = ("flask", "numpy", "jieba", "rjieba", "whoosh")
    code = f"import sys, indexer; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
