"""Makes what tests and the demonstration need; nothing here knows pytest."""
