"""A hook of schemathesis: each request of a batch is answered for itself, so that one with bad requests in it is let in."""

import schemathesis

LET_IN = "ST201"  # "Schema-violating request accepted"


@schemathesis.hook
def filter_failure(context, failure, case, response):
    return not (failure.code == LET_IN and isinstance(case.body, list))
