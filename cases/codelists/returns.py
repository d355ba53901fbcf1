"""Code lists on a referral that the centre has returned: what its partner is asked about, and what it answers.

Each reason speaks of the partner's own records alone. None may tell that another organisation knows the person (docs/quality.md).
"""

from cases.codelists.common import code, code_list

RETURN_REASON = code_list(
    "return_reason",
    "Begrundelse for at sende en henvisning retur",
    "Reason for returning a referral",
    (
        code("UNLIKELY", "Oplysningerne passer dårligt sammen", "The values do not go well together"),
        code("WRONG_MONTH", "Måneden ser forkert ud", "The month looks wrong"),
        code("SENT_TWICE", "Ligner en henvisning, I selv har sendt før", "Looks like a referral that you sent before"),
        code("CONTRADICTS_OWN", "Modsiger en anden af jeres egne", "Contradicts another one of your own"),
        code("OFTEN_NOT_KNOWN", "Ofte ukendt hos jer: kan I sige mere?", "Often not known of yours: can you say more?"),
        code("TOO_GENERAL", "Der er en kode, som siger mere præcist", "There is a code that says it more precisely"),
    ),
)

RETURN_ANSWER = code_list(
    "return_answer",
    "Svar på en henvisning, der er sendt retur",
    "Answer to a returned referral",
    (
        code("RIGHT_AS_IT_IS", "Det er rigtigt, som det er", "It is right as it is"),
        code("NOTHING_MORE_KNOWN", "Vi ved ikke mere", "We do not know more"),
        code("ANOTHER_PERSON", "Det er en anden person", "It is another person"),
    ),
)
