// The front door of the relay: where a head ends, whether it is one, and what it says; and where the chunks
// of an answer end.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <variant>

#include "relay/http/framing.hpp"
#include "relay/http/parse.hpp"
#include "relay/upstream/chunks.hpp"

namespace {

using namespace vignette::relay;

bool is_clean(std::string_view text) {
  for (const char c : text) {
    if ((c >= 0 && c < 0x20 && c != '\t') || c == 0x7F) return false;
  }
  return true;
}

void check_request(std::string_view bytes) {
  const HeadScan scan = scan_head(bytes, 0);
  if (scan.state != HeadScan::State::Complete) return;
  if (scan.bytes > bytes.size()) std::abort();
  const auto parsed = parse_head(bytes.substr(0, scan.bytes), Limits{});
  const auto* request = std::get_if<Request>(&parsed);
  if (request == nullptr) return;
  if (request->target.empty() || request->target[0] != '/' || !is_clean(request->target)) std::abort();
  std::size_t hosts = 0;
  std::size_t lengths = 0;
  for (const Field& field : request->fields) {
    if (!is_clean(field.name) || !is_clean(field.value)) std::abort();
    hosts += same_field_name(field.name, "Host");
    lengths += same_field_name(field.name, "Content-Length");
    if (same_field_name(field.name, "Transfer-Encoding")) std::abort();
  }
  if (hosts > 1 || lengths > 1 || (request->announced_body > 0 && request->method != "POST")) std::abort();
  if (lengths == 1 &&
      std::to_string(request->announced_body).size() > request->field("Content-Length")->size())
    std::abort();
}

void check_chunks(std::string bytes, std::size_t cut) {
  std::string again = bytes;
  ChunkReader whole;
  const auto step = whole.feed(bytes);
  ChunkReader parts;
  const std::span<char> all(again);
  const auto first = parts.feed(all.first(cut));
  std::string content(all.data(), first.content);
  if (!parts.done() && !parts.broken()) {
    const auto second = parts.feed(all.subspan(cut));
    content.append(all.data() + cut, second.content);
  }
  if (whole.done() != parts.done() || whole.broken() != parts.broken() ||
      content != bytes.substr(0, step.content))
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  check_request(bytes);
  check_chunks(std::string(bytes), size / 2);
  return 0;
}
