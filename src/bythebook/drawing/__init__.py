"""A routine's graph as a picture: what stands on it, where it is placed, and how it is written down."""
