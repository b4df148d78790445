"""The narrow waist: inert typed data shared by compiler, engine, reader and proof."""
