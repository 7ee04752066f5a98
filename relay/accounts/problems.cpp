#include "relay/accounts/problems.hpp"

namespace vignette::relay::problems {
namespace {

constexpr int slot_wait_s = 1;  // a place at work comes free whenever somebody's answer is done
constexpr int unavailable_wait_s = 5;

const char* sentence_of(Budget which) {
  switch (which) {
    case Budget::Code: return "The budget of this access code is used up. Ask whoever gave you the code.";
    case Budget::Day:
      return "Today's budget of this access code is used up. It starts again at midnight UTC.";
    case Budget::Session:
      return "Your share of this access code's budget is used up. Ask whoever gave you the code.";
    case Budget::Requests:
      return "All requests of this access code are used up. Ask whoever gave you the code.";
    case Budget::RelayDay:
      return "This relay's budget for today is used up. It starts again at midnight UTC.";
  }
  return "";
}

}  // namespace

Problem invalid_code() {
  return {401, "invalid_code", "This access code is not known here. Check it for typing mistakes."};
}
Problem invalid_token() {
  return {401, "invalid_token", "This session is not known here. Enter the access code again."};
}
Problem token_expired() {
  return {401, "token_expired", "This session is over. Enter the access code again."};
}
Problem code_disabled() {
  return {403, "code_disabled", "This access code was switched off by whoever gave it out."};
}
Problem code_expired() {
  return {403, "code_expired", "This access code was valid up to a date that has passed."};
}
Problem too_many_guesses(int wait_s) {
  return {429, "rate_limited", "Too many wrong access codes. Wait a little, then try again.", wait_s};
}
Problem model_not_allowed() {
  return {403, "model_not_allowed",
          "This access code may not use that model. GET /v1/models lists those it may use."};
}
Problem rate_limited(int wait_s, bool of_session) {
  return {429, "rate_limited",
          of_session ? "You are asking faster than your share of this access code allows."
                     : "This access code is being used faster than it allows.",
          wait_s};
}
Problem too_many_concurrent(bool of_session) {
  return {429, "too_many_concurrent",
          of_session ? "As many of your requests are at work as this access code allows one person."
                     : "As many requests are at work as this access code allows.",
          slot_wait_s};
}
Problem too_many_sessions(int wait_s) {
  return {429, "too_many_concurrent", "As many people use this access code as it allows.", wait_s};
}
Problem budget_exhausted(Budget which) { return {402, "budget_exhausted", sentence_of(which)}; }
Problem accounts_unavailable() {
  return {503, "overloaded",
          "The relay cannot write down what is spent just now, so it spends nothing. Try again.",
          unavailable_wait_s};
}

}  // namespace vignette::relay::problems
