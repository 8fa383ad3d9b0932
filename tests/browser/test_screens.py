"""Every page in both languages at every width looks as it was accepted (`make accept-screens` accepts anew).

The sheet of all of them, and pictures of what differs, are left in build/contact-sheet.
"""

from __future__ import annotations

import contact_sheet
from playwright.sync_api import Browser


def test_every_screen_is_as_accepted(browser: Browser, server: str):
    taken = list(contact_sheet.shots(browser, server))
    assert contact_sheet.report(taken) == []


def test_a_number_in_small_print_is_another_word():
    accepted = "Bí thư chi bộ\n60/60 (100,0%)\n"
    assert contact_sheet.different_words(accepted, accepted) == []
    assert contact_sheet.different_words(accepted, accepted.replace("60/60", "59/60")) == [
        "- 60/60 (100,0%)",
        "+ 59/60 (100,0%)",
    ]
