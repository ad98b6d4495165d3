"""Sign: a prompt as the clips that sign it."""
