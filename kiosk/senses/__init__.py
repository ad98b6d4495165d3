"""From a prompt to a sense, and back: a pure renderer each, and what follows a session."""
