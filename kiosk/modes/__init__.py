"""From a prompt to a sense: one module each. Here is sight."""
