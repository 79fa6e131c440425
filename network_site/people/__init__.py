"""Users, people and organisations."""
