"""What is written down of every change, and what can be learnt from it."""
