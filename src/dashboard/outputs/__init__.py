"""Exhibit → bytes: pictures, slides, report, workbook, and all of them as one pack."""
