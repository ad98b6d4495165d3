"""What belongs to one kiosk: its session, its senses, its devices, and the pages let in to it."""
