"""How days and hours are written, in the packages that Django looks for (`FORMAT_MODULE_PATH`)."""
