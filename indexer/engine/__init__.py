"""The index: a protocol, atomic publication, and the embedded engine."""
