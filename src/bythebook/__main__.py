"""`python -m bythebook`."""

import sys

from bythebook.cli.main import main

sys.exit(main())
