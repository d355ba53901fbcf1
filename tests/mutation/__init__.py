"""Mutation: one small mistake at a time is made in a copy of the source, and some test must turn red.

`make mutate` tries mistakes at random, by a seed and within limits. It is no part of the gate. What survives needs a test, or
stands in `equivalent` with the reason why it changes nothing that anybody could notice.
"""
