"""Statistics of what services report: sums of counts, protected like persons by the same engine (docs/decisions/0092).

A number of a line is so many contributions of one partner, and a figure is a sum of them. A small sum of persons can point at
somebody as a small number of records can. So cells of sums are hidden, audited and told by the rules of docs/disclosure.md. What
differs is in `leaves` (a part is at most its whole) and `rules` (who is a person for certain, and whose business a figure tells).
"""
