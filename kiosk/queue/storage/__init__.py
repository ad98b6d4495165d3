"""Where the queue is kept: one writer, pooled readers, sealed rows, migrations."""
