"""Speech that customers let the branch keep: sealed, bounded in number and days, and deleted."""
