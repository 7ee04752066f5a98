#pragma once
#include <string>

#include "relay/http/problem.hpp"

namespace vignette::relay::problems {

// What the accounts say no with. One place, so that both stores say it alike.

/// For codes that are unknown and codes that are no codes: nobody learns which.
Problem invalid_code();
Problem invalid_token();
Problem token_expired();
Problem code_disabled();
Problem code_expired();
Problem too_many_guesses(int wait_s);
Problem model_not_allowed();
Problem rate_limited(int wait_s, bool of_session);
Problem too_many_concurrent(bool of_session);
Problem too_many_sessions(int wait_s);

enum class Budget { Code, Day, Session, Requests, RelayDay };
Problem budget_exhausted(Budget which);

/// The books cannot be written or reached: nothing may be spent that nobody can count.
Problem accounts_unavailable();

}  // namespace vignette::relay::problems
