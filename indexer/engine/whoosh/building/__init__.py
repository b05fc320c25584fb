"""How do articles become segments? In several processes, within a limit of memory."""
