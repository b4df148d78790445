"""The outside world behind the service's ports: one library a file."""
