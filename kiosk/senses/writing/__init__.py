"""Finding characters for a session without anybody waiting for it."""
