#include "relay/accounts/reservation.hpp"

#include <algorithm>

namespace vignette::relay {

void Reservation::settle(MicroUsd actual, const Consumption& consumption) {
  if (const auto ticket = std::move(ticket_)) {
    ticket->settle(actual < 0 ? ceiling_ : std::min(actual, ceiling_), consumption);
  }
}

void Reservation::release() {
  if (const auto ticket = std::move(ticket_)) ticket->release();
}

bool may_use(const Terms& terms, std::string_view model) {
  if (terms.models.empty()) return true;
  return std::any_of(terms.models.begin(), terms.models.end(), [model](std::string_view allowed) {
    if (!allowed.ends_with("/*")) return allowed == model;
    const std::string_view folder = allowed.substr(0, allowed.size() - 1);
    return model.size() > folder.size() && model.starts_with(folder);
  });
}

}  // namespace vignette::relay
