"""Which articles answer a request, and in which order? Looked up in the arrays of all segments."""
