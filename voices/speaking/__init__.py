"""From lines of words and values to sound that is heard."""
