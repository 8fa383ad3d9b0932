"""Dashboard of a district party committee: structure, role overlap and goals."""
