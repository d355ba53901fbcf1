"""National action plans for everybody: areas, initiatives, indicators and observations."""
