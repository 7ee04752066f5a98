#include "wasm/app/state.hpp"

#include <algorithm>

namespace vignette {

const Job* State::find_job(std::uint32_t id) const {
  const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const Job& job) { return job.id == id; });
  return found == jobs.end() ? nullptr : &*found;
}

Job* State::find_job(std::uint32_t id) {
  const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const Job& job) { return job.id == id; });
  return found == jobs.end() ? nullptr : &*found;
}

}  // namespace vignette
