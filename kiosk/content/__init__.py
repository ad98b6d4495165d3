"""What a branch edits: services, documents and every word, in every form and language."""
