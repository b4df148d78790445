"""`python -m bythebook`."""

from bythebook.cli.entry import run

run()
