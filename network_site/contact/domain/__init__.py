"""What is done with what people write: one verb for each deed."""
