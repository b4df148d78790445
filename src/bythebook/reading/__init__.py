"""What turns a customer's words into a reading: choices from a closed menu, or unsure."""
