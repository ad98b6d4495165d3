"""One customer at one kiosk: takes events from any device and tells everyone who listens."""
