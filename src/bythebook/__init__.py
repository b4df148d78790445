"""By the Book: runs an approved support document with customers, and can prove it."""

import os

# The reader's matrices are small: several threads only wait for each other, and on a busy machine for long. It has to
# be said before numpy is loaded; what whoever runs this has set stays.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
