"""Native charts: frames become a description, and that the XML and the workbook of a presentation."""
