"""An Article to Mentions to Entities: recogniser process, merging, salience, quotes."""

import os

# Before numpy is imported: our matrices are small, a second thread costs more than it gives, and
# the reader's other processes want the core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
