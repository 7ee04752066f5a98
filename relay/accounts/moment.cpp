#include "relay/accounts/moment.hpp"

#include <chrono>

namespace vignette::relay {

Moment moment_now() {
  using namespace std::chrono;
  return {.wall = duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count(),
          .steady_ns = duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count()};
}

}  // namespace vignette::relay
