"""How frames hold text: the many rows of a data set as Arrow does, the few rows of a page as Python does.

Arrow takes a fraction of the memory and reads fast; but each look at a cell of it, and each small frame
made of it, costs so much that a page of a few rows takes half as long again.
"""

import numpy as np
import pandas as pd

# Of the columns that are read, named wherever they are made.
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
# Of every other frame of this process.
pd.set_option("mode.string_storage", "python")
