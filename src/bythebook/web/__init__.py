"""HTTP in, JSON, events and pages out. Translates; decides nothing."""
