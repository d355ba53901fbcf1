"""The functions of the database one by one: what each promises and refuses, and who may not call it."""
