"""How days and hours are written in Danish."""
