"""The report of a briefing: a Word document to edit (DOCX) and a PDF to print, with the same words."""

from dashboard.outputs.report.document import docx
from dashboard.outputs.report.drawings import both_of, picture_of, pictured, svg_of
from dashboard.outputs.report.pdf import pdf

__all__ = ["both_of", "docx", "pdf", "picture_of", "pictured", "svg_of"]
