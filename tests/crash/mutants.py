"""Files as nobody should send them: seed documents with bytes flipped, cut, spliced, re-encoded and doubled."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.conftest import SEEDS

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-32", "latin-1", "shift_jis", "cp1251")
AWKWARD = (
    b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\n\n\n", b"\x1a", b"\x1b[31m", b"---\n", b"+++\n", b"# ", b"\t",
    "\u3000".encode(), "\u202e".encode(), "\ufeff".encode(), "\U0002a6d6".encode(), "\ud800".encode("utf-8", "surrogatepass"),
    "①".encode(), "（图）".encode(), "本报讯".encode(), "记者".encode(), "9999年99月99日".encode(), "０".encode(), b"]]>", b"<!--",
)  # fmt: skip

Mutation = Callable[[random.Random, bytes], bytes]


def flipped(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(chance: random.Random, data: bytes) -> bytes:
    first, last = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    return chance.choice((data[:first], data[last:], data[first:last], data[:first] + data[last:]))


def spliced(chance: random.Random, data: bytes) -> bytes:
    for _ in range(chance.choice((1, 4))):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(AWKWARD) * chance.choice((1, 2, 200)) + data[at:]
    return data


def recoded(chance: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), chance.choice(("replace", "ignore")))


def shuffled(chance: random.Random, data: bytes) -> bytes:
    lines = data.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines[: chance.randrange(len(lines) + 1)])


def joined(chance: random.Random, data: bytes) -> bytes:
    """Without its line ends, or with one after every character: lines of any length."""
    text = data.decode("utf-8", "replace")[:3_000]
    return chance.choice(("".join(text.split()), "\n".join(text), text.replace("\n", " " * 40 + "\n" * 3))).encode()


MUTATIONS: Sequence[Mutation] = (flipped, cut, spliced, recoded, shuffled, joined)


def mutants(amount: int, seed: int = 7) -> Iterator[bytes]:
    """Yield so many changed seeds, the same ones each time."""
    chance = random.Random(seed)
    originals = [path.read_bytes() for path in sorted(SEEDS.glob("*.txt"))]
    for _ in range(amount):
        data = chance.choice(originals)
        for mutate in chance.choices(MUTATIONS, k=chance.choice((1, 1, 2, 3))):
            data = mutate(chance, data) or b"x"
        yield data


def write_all(folder: Path, contents: Iterator[bytes], endings: Sequence[str]) -> list[Path]:
    """Write each content under a name of its own, with the endings in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, data in enumerate(contents):
        paths.append(folder / f"{number:05}{endings[number % len(endings)]}")
        paths[-1].write_bytes(data)
    return paths
