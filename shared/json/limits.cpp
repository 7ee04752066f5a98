#include "shared/json/limits.hpp"

namespace vignette {
namespace {

/// nlohmann's event interface: each event answers whether to go on.
class Counter final : public nlohmann::json_sax<Json> {
 public:
  explicit Counter(const JsonLimits& limits) : limits_(limits) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t&) override {
    ++all_;
    return ++members_.back() <= limits_.members_of_one && all_ <= limits_.members_of_all ? true : stop();
  }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
    broken_at = at;
    return false;
  }

  bool too_much = false;
  std::size_t broken_at = 0;

 private:
  bool open() {
    members_.push_back(0);
    return members_.size() <= limits_.depth ? true : stop();
  }
  bool close() {
    members_.pop_back();
    return true;
  }
  bool stop() {
    too_much = true;
    return false;
  }

  const JsonLimits& limits_;
  std::vector<std::size_t> members_;
  std::size_t all_ = 0;
};

}  // namespace

Result<Done> check_json(std::string_view text, const JsonLimits& limits) {
  Counter counter(limits);
  if (Json::sax_parse(text, &counter)) return Done{};
  if (counter.too_much) {
    return Error{ErrorCode::TooLarge, "This JSON is nested too deeply or has too many members.",
                 "Split it into smaller pieces."};
  }
  return Error{ErrorCode::InvalidInput,
               "This is not JSON (the first mistake is near byte " + std::to_string(counter.broken_at) + ").",
               "Check for a missing quote, comma or bracket there."};
}

}  // namespace vignette
