"""How does an index lie on the disk? Files of arrays, the segments that read them, and the catalog of a generation."""
