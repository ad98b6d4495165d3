"""What runs by night: too long for every change, too telling for never."""
