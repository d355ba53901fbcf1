"""A published text as a sheet of A4 (PDF/UA-1) with a QR code. Made by the worker, never while a reader waits."""
