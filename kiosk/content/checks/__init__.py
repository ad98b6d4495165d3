"""Proof that what a branch wrote is whole: one module a concern, all of them in `registry`."""
