"""Matches → what is shown: plain data in, plain data out."""
