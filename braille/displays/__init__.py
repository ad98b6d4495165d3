"""Where cells are felt: the `Display` port, one in memory, none at all, and BrlAPI's."""
