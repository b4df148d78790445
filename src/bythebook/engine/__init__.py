"""Pure, deterministic, event-sourced. No clock, no chance, no input or output."""
