"""What the documentation states in figures, measured: `make bench`, or one at a time."""
