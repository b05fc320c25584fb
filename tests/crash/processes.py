"""What do the processes of a long build index? Made-up articles, so many that a build takes a moment."""

from __future__ import annotations

import random

from indexer.models import Article

CHARS = "义乌光伏产业发展新能源汽车电力风水山江河湖海天地人"


def read(job: int) -> tuple[list[Article], int]:
    """Return fifty articles of a job."""
    chance = random.Random(job)
    articles = [
        Article(
            id=f"{job}-{n}",
            title=None,
            text="".join(chance.choices(CHARS, k=400)),
            file=f"file{job}",
            ordinal=n + 1,
            lines=(1, 1),
        )
        for n in range(50)
    ]
    return articles, job
