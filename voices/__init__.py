"""Speaking and hearing: a library that knows no bank. Its engines come with voice mode."""
