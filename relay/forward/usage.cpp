#include "relay/forward/usage.hpp"

#include <charconv>

#include "relay/forward/skim.hpp"

namespace vignette::relay {
namespace {

constexpr std::size_t most_line = 64 * 1024;
constexpr std::size_t most_answer = 1024 * 1024;

struct Count {
  bool there = false;
  std::optional<std::int64_t> value;
};

/// The number behind `"name":`. Names of counts do not occur as values in such an object.
Count count_at(std::string_view object, std::string_view quoted_name) {
  const std::size_t at = object.find(quoted_name);
  if (at == std::string_view::npos) return {};
  std::string_view rest = object.substr(at + quoted_name.size());
  while (!rest.empty() && (rest[0] == ' ' || rest[0] == ':' || rest[0] == '\n' || rest[0] == '\t'))
    rest.remove_prefix(1);
  if (rest.starts_with("null")) return {};
  Count count{.there = true, .value = std::nullopt};
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  const bool whole = error == std::errc() && stop < rest.data() + rest.size() && *stop != '.' &&
                     *stop != 'e' && *stop != 'E';
  if (whole && value >= 0 && value < 1'000'000'000) count.value = value;
  return count;
}

bool names_a_reason(std::string_view line) {
  constexpr std::string_view name = "\"finish_reason\":";
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return false;
  const std::size_t value = line.find_first_not_of(' ', at + name.size());
  return value != std::string_view::npos && line[value] == '"';
}

}  // namespace

std::optional<provider::Usage> usage_from_text(std::string_view object) {
  provider::Usage usage;
  Count input = count_at(object, "\"prompt_tokens\"");
  if (!input.there) input = count_at(object, "\"input_tokens\"");
  Count output = count_at(object, "\"completion_tokens\"");
  if (!output.there) output = count_at(object, "\"output_tokens\"");
  if (!input.value || (output.there && !output.value)) return std::nullopt;
  usage.input = input.value;
  usage.output = output.value.value_or(0);
  usage.cached = count_at(object, "\"cached_tokens\"").value;
  return usage;
}

void AnswerWatch::feed(std::string_view bytes) {
  if (!events_) {
    if (too_long_ || kept_.size() + bytes.size() > most_answer) {
      too_long_ = true;
      std::string().swap(kept_);
    } else {
      kept_ += bytes;
    }
    return;
  }
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    if (end != std::string_view::npos && kept_.empty() && !too_long_) {
      take_line(part);
    } else {
      if (kept_.size() + part.size() > most_line) too_long_ = true;
      if (!too_long_) kept_ += part;
      if (end != std::string_view::npos) {
        if (!too_long_) take_line(kept_);
        kept_.clear();
        too_long_ = false;
      }
    }
    if (end == std::string_view::npos) return;
    bytes.remove_prefix(end + 1);
  }
}

void AnswerWatch::finish() {
  if (events_) {
    if (!kept_.empty() && !too_long_) take_line(kept_);
  } else if (!too_long_) {
    take_json(kept_);
  }
  std::string().swap(kept_);
}

void AnswerWatch::take_line(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("event: error")) error_ = true;
  if (!line.starts_with("data:")) return;
  line.remove_prefix(5);
  while (line.starts_with(' ')) line.remove_prefix(1);
  if (line == "[DONE]") {
    ended_ = true;
    return;
  }
  if (line.starts_with("{\"error\"")) error_ = true;
  if (names_a_reason(line)) ended_ = true;
  if (line.find("\"usage\"") != std::string_view::npos) take_json(line);
}

void AnswerWatch::take_json(std::string_view json) {
  Skimmer skim([](std::string_view name) { return name == "usage" || name == "x_groq"; });
  if (!skim.feed(json) || !skim.finish()) return;
  const Member* found = skim.member("usage");
  if (found == nullptr || !found->text.starts_with('{')) found = skim.member("x_groq");
  if (found == nullptr || !found->text.starts_with('{')) return;
  // A figure that makes no sense takes back what an earlier one said.
  usage_ = usage_from_text(found->text);
}

}  // namespace vignette::relay
