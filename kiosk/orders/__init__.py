"""What the command line asks of the queue: by itself, or of the server that has it open."""
