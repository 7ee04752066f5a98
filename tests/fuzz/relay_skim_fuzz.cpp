// The skimmer against nlohmann: what it takes for JSON is JSON, what nlohmann takes it takes (within its
// limits), and how the bytes are cut changes nothing.
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "relay/forward/skim.hpp"
#include "relay/forward/usage.hpp"

namespace {

using namespace vignette::relay;

/// nlohmann also refuses numbers that no double holds.
bool may_overflow(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if ((text[i] == 'e' || text[i] == 'E') && (text[i - 1] >= '0' && text[i - 1] <= '9')) return true;
  }
  return text.size() > 300 && text.find_first_of("0123456789") != std::string_view::npos;
}

void check_cut(const Skimmer& whole, bool good, std::string_view text, std::size_t at) {
  Skimmer skim;
  const bool fed = skim.feed(text.substr(0, at)) && skim.feed(text.substr(at)) && skim.finish();
  if (fed != good) std::abort();
  if (!good) return;
  if (skim.members().size() != whole.members().size() || skim.text_bytes() != whole.text_bytes() ||
      skim.images() != whole.images() || skim.has_remote_image() != whole.has_remote_image())
    std::abort();
  for (std::size_t i = 0; i < skim.members().size(); ++i) {
    const Member& a = skim.members()[i];
    const Member& b = whole.members()[i];
    if (a.name != b.name || a.text != b.text || a.key_begin != b.key_begin ||
        a.value_begin != b.value_begin || a.value_end != b.value_end)
      std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  Skimmer skim;
  const bool good = skim.feed(text) && skim.finish();
  const auto tree = nlohmann::json::parse(text, nullptr, false);
  if (good && !tree.is_object() && !may_overflow(text)) std::abort();
  const std::string_view why = skim.mistake();
  const bool grammar = why == "The body is not JSON." || why == "The body is not UTF-8." ||
                       why == "The body is not complete JSON.";
  if (!good && grammar && tree.is_object() && !text.starts_with("\xef\xbb\xbf")) std::abort();
  if (good && tree.is_object()) {
    if (tree.size() != skim.members().size()) std::abort();
    for (const Member& member : skim.members()) {
      if (!tree.contains(member.name)) std::abort();
      const std::string_view value = text.substr(member.value_begin, member.value_end - member.value_begin);
      if (nlohmann::json::parse(value, nullptr, false) != tree[member.name]) std::abort();
    }
  }
  check_cut(skim, good, text, size > 1 ? data[0] % (size - 1) : 0);
  for (const bool events : {false, true}) {
    AnswerWatch one(events);
    one.feed(text);
    one.finish();
    AnswerWatch two(events);
    two.feed(text.substr(0, text.size() / 2));
    two.feed(text.substr(text.size() / 2));
    two.finish();
    if (one.usage().has_value() != two.usage().has_value() || one.ended() != two.ended()) std::abort();
    if (one.usage() && (*one.usage()->input < 0 || *one.usage()->output < 0)) std::abort();
  }
  return 0;
}
