"""Text → tokens: one analysis for indexing and for queries."""
