"""The embedded engine: Whoosh's schema, codec interface and scoring over array postings."""
