"""The data set: a folder of files → checked frames that all sessions share."""

from dashboard.dataset.by_village import by_village
from dashboard.dataset.cache import checked, load
from dashboard.dataset.check import Report, against, check
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import About, Dataset, Goal
from dashboard.dataset.problems import DataError, Problem
from dashboard.dataset.scenario import Change, RefusedChangeError
from dashboard.dataset.scope import scoped
from dashboard.dataset.selection import Selection, UnknownChoiceError, select
from dashboard.dataset.source import Place, Source, State, default_folder
from dashboard.dataset.words import texts

__all__ = [
    "About",
    "Change",
    "DataError",
    "Dataset",
    "Goal",
    "Place",
    "Problem",
    "RefusedChangeError",
    "Report",
    "Selection",
    "Source",
    "State",
    "UnknownChoiceError",
    "against",
    "by_village",
    "check",
    "checked",
    "default_folder",
    "load",
    "memoize",
    "scoped",
    "select",
    "texts",
]
