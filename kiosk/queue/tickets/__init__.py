"""From a request to a finished ticket: numbers, order, claims, steps, outcomes, lists."""
