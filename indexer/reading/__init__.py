"""Bytes → text → the articles on a page."""
