"""From sound to one phrase of a closed set, or the honest answer that it was none."""
