"""Every page in both languages has the accepted words (`make accept-screens`), none cut off at any width.

The sheet of all of them is left in build/contact-sheet.
"""

from __future__ import annotations

import screens
from playwright.sync_api import Browser


def test_every_screen_is_as_accepted(browser: Browser, server: str):
    assert screens.compare(browser, server) == []


def test_a_number_in_small_print_is_another_word():
    accepted = "Bí thư chi bộ\n60/60 (100,0%)\n"
    assert screens.different_words(accepted, accepted) == []
    assert screens.different_words(accepted, accepted.replace("60/60", "59/60")) == [
        "- 60/60 (100,0%)",
        "+ 59/60 (100,0%)",
    ]
