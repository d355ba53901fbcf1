"""One scripted year, every figure of it compared with a model that fits on a page."""
