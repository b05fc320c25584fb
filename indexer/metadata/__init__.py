"""What does an article say of itself: who, where, when, from whom?"""

from indexer.metadata.describe import describe

__all__ = ["describe"]
