"""The report as a PDF that is accessible (PDF/UA-1). Made by workers and commands, never while a reader waits."""
