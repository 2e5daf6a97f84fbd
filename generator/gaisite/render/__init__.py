"""Rendering: from related values to the files of a site, through typed views and a theme."""
