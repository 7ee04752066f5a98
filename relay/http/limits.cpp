#include "relay/http/limits.hpp"

#include <algorithm>
#include <sys/resource.h>

namespace vignette::relay {
namespace {

std::string kib(std::size_t bytes) { return std::to_string(bytes / 1024) + " KiB"; }

std::string seconds(std::chrono::milliseconds time) {
  const auto ms = time.count();
  return ms % 1000 == 0 ? std::to_string(ms / 1000) + " s" : std::to_string(ms) + " ms";
}

}  // namespace

std::vector<LimitRow> limit_rows(const Limits& l) {
  return {
      {"header_bytes", kib(l.header_bytes), "request line and header fields together; more is 431"},
      {"header_line_bytes", kib(l.header_line_bytes), "one line of them; more is 431"},
      {"header_fields", std::to_string(l.header_fields), "fields in one request; more is 431"},
      {"target_bytes", kib(l.target_bytes), "path and query; more is 414"},
      {"requests_per_connection", std::to_string(l.requests_per_connection), "then `Connection: close`"},
      {"connections", std::to_string(l.connections),
       "at once, or what the limit on open files allows, if that is less; one more gets 503 with "
       "`Retry-After`"},
      {"connections_per_address", std::to_string(l.connections_per_address),
       "at once, counted by IPv6 /64; one more gets 503 with `Retry-After`. This machine itself, where a "
       "proxy "
       "may stand, is not counted"},
      {"chunk_bytes", kib(l.chunk_bytes), "of a file held in memory while it is sent"},
      {"header_deadline", seconds(l.header_deadline),
       "from connecting, or from the first byte of a later request, to the end of the header; then 408"},
      {"body_deadline", seconds(l.body_deadline),
       "for a body to arrive, and a second more for every " + kib(l.body_bytes_per_second) +
           " of it; then 408"},
      {"idle", seconds(l.idle), "between two requests of one connection"},
      {"write_deadline", seconds(l.write_deadline), "for the client to take one chunk"},
      {"linger", seconds(l.linger) + " or " + kib(l.linger_bytes),
       "of reading on after an answer that ends a connection, so that the answer arrives"},
      {"drain_idle", seconds(l.drain_idle),
       "when stopping: a last wait for requests under way on idle connections"},
      {"drain", seconds(l.drain), "when stopping: for running answers to finish; then they are cut off"},
  };
}

Limits limits_of_this_process() {
  Limits limits;
  rlimit files = {};
  if (getrlimit(RLIMIT_NOFILE, &files) != 0) return limits;
  if (files.rlim_cur < files.rlim_max) {
    rlimit raised = files;
    raised.rlim_cur = files.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) files = raised;
  }
  constexpr std::size_t spare = 128;  // standard streams, epoll, the listener, connections being turned away
  const auto open_files = static_cast<std::size_t>(files.rlim_cur);
  if (open_files < spare + 2) return limits;
  limits.connections = std::min(limits.connections, (open_files - spare) / 2);
  return limits;
}

}  // namespace vignette::relay
