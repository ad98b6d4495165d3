"""Sight: a prompt as the words and pictures of a page."""
