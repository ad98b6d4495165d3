"""What leaves the kiosk with a customer: paper, texts, and calls to a pager."""
