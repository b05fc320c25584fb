"""The user's words → a query tree."""
