"""What the templates of staff pages show, one file a kind of thing."""
