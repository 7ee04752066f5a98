#include "relay/accounts/codes_options.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <set>

#include "relay/accounts/moment.hpp"
#include "shared/base/utf8.hpp"

namespace vignette::relay {
namespace {

using Apply = Result<Done> (*)(CodesRequest& request, std::string_view value);

struct CodesOption {
  std::string_view verbs;  ///< of which commands, each between blanks
  std::string_view name;
  std::string_view value_name;  ///< empty: a switch
  std::string_view meaning;
  Apply apply;
};

Error wrong(std::string message, std::string hint = "`vignette-relay codes --help` lists what there is.") {
  return {.code = ErrorCode::InvalidInput, .message = std::move(message), .hint = std::move(hint)};
}

template <auto term>
Result<Done> whole(CodesRequest& request, std::string_view value) {
  typename std::decay_t<decltype(request.terms.*term)>::value_type number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{} || end != value.data() + value.size() || number < 1)
    return wrong(std::string(value) + " is no whole number above 0.", "Leave the option out for no limit.");
  request.terms.*term = number;
  return Done{};
}

template <auto term>
Result<Done> money(CodesRequest& request, std::string_view value) {
  const auto amount = money_from_text(value);
  if (!amount) return amount.error();
  request.terms.*term = *amount;
  return Done{};
}

template <auto member>
Result<Done> day(CodesRequest& request, std::string_view value) {
  const auto end = end_of_date(value);
  if (!end) return end.error();
  request.*member = day_of(*end - 1);
  return Done{};
}

Result<Done> set_name(CodesRequest& request, std::string_view value) {
  const bool plain = std::none_of(value.begin(), value.end(),
                                  [](char c) { return static_cast<unsigned char>(c) < 32 || c == 127; });
  if (!plain || !is_utf8(value) || value.size() > 100)
    return wrong("A name has at most 100 bytes of text on one line.", "Choose a shorter or plainer --name.");
  request.terms.name = value;
  return Done{};
}

Result<Done> set_models(CodesRequest& request, std::string_view value) {
  while (true) {
    const std::size_t comma = value.find(',');
    const std::string_view model = value.substr(0, comma);
    const std::size_t star = model.find('*');
    if (model.empty() || model.find_first_of(" \t\r\n") != std::string_view::npos ||
        (star != std::string_view::npos &&
         !(star == model.size() - 1 && model.ends_with("/*") && model.size() > 2)))
      return wrong("--models takes names with commas between them.",
                   "For example gemini/gemini-2.5-flash,groq/* for one model and all of a provider's.");
    request.terms.models.emplace_back(model);
    if (comma == std::string_view::npos) return Done{};
    value.remove_prefix(comma + 1);
  }
}

#define convert <&Terms::member>[](CodesRequest& r, std::string_view v) { return convert(r.terms.member, v); }
const CodesOption options[] = {
    {"*", "--data", "DIR", "folder of the relay's accounts; not needed where REDIS_URL is set",
     [](CodesRequest& r, std::string_view v) {
       r.folder = v;
       return Result<Done>(Done{});
     }},
    {" add ", "--name", "NAME", "your own word for the code, for lists and logs", set_name},
    {" add ", "--models", "A,B", "models it may use; provider/* is all of a provider's (default: all)",
     set_models},
    {" add ", "--rpm", "N", "requests a minute, everybody with the code together",
     whole<&Terms::requests_per_minute>},
    {" add ", "--concurrency", "N", "requests at work at once, everybody together",
     whole<&Terms::concurrency>},
    {" add ", "--requests", "N", "requests in all", whole<&Terms::requests>},
    {" add ", "--budget", "USD", "money in all, for example 25 or 2.50", money<&Terms::budget>},
    {" add ", "--daily", "USD", "money a day, UTC", money<&Terms::daily_budget>},
    {" add ", "--per-session", "USD", "money for one person's session of at most 12 hours",
     money<&Terms::session_budget>},
    {" add ", "--session-rpm", "N", "requests a minute in one session",
     whole<&Terms::session_requests_per_minute>},
    {" add ", "--session-concurrency", "N", "requests at work at once in one session",
     whole<&Terms::session_concurrency>},
    {" add ", "--sessions", "N", "sessions open at once", whole<&Terms::sessions>},
    {" add ", "--max-tokens", "N", "the most an answer may have", whole<&Terms::max_tokens>},
    {" add ", "--max-n", "N", "the most pictures or answers to one request", whole<&Terms::max_n>},
    {" add ", "--expires", "DATE", "valid to the end of that day, UTC: 2027-01-31",
     [](CodesRequest& r, std::string_view v) -> Result<Done> {
       const auto end = end_of_date(v);
       if (!end) return end.error();
       r.terms.expires = *end;
       return Done{};
     }},
    {" usage ", "--from", "DATE", "first day", day<&CodesRequest::first_day>},
    {" usage ", "--to", "DATE", "last day", day<&CodesRequest::last_day>},
    {" usage ", "--csv", "", "as CSV with a heading instead of a table",
     [](CodesRequest& r, std::string_view) {
       r.csv = true;
       return Result<Done>(Done{});
     }},
};

constexpr std::string_view verbs = " add list show disable enable usage ";

bool belongs_to(const CodesOption& option, std::string_view verb) {
  return option.verbs == "*" || option.verbs.find(" " + std::string(verb) + " ") != std::string_view::npos;
}

Result<Done> parse_option(CodesRequest& request, std::span<const std::string_view>& rest,
                          std::set<std::string_view>& given) {
  const std::string_view argument = rest[0];
  const std::size_t equals = argument.find('=');
  const std::string_view name = argument.substr(0, equals);
  const auto* option = std::find_if(std::begin(options), std::end(options), [&](const CodesOption& o) {
    return o.name == name && belongs_to(o, request.verb);
  });
  if (option == std::end(options))
    return wrong("`codes " + request.verb + "` has no option " + std::string(name) + ".");
  if (!given.insert(option->name).second) return wrong(std::string(name) + " is given twice.");
  std::string_view value;
  if (equals != std::string_view::npos) {
    value = argument.substr(equals + 1);
  } else if (!option->value_name.empty() && rest.size() > 1 && !rest[1].starts_with("--")) {
    value = rest[1];
    rest = rest.subspan(1);
  }
  if (value.empty() != option->value_name.empty()) {
    return wrong(option->value_name.empty()
                     ? std::string(name) + " takes no value."
                     : std::string(name) + " needs a value: " + std::string(option->value_name) + ".");
  }
  auto applied = option->apply(request, value);
  if (!applied)
    return Error{ErrorCode::InvalidInput, std::string(name) + ": " + applied.error().message,
                 applied.error().hint};
  return Done{};
}

}  // namespace

Result<CodesRequest> parse_codes(std::span<const std::string_view> arguments) {
  CodesRequest request;
  const auto asks_for_help = [](std::string_view a) { return a == "--help" || a == "-h" || a == "help"; };
  if (std::any_of(arguments.begin(), arguments.end(), asks_for_help)) return request;
  if (arguments.empty())
    return wrong("Say what to do with access codes: add, list, show, disable, enable or usage.");
  request.verb = arguments[0];
  if (verbs.find(" " + request.verb + " ") == std::string_view::npos)
    return wrong("`codes` cannot " + request.verb +
                 "; it can add, list, show, disable, enable and show usage.");

  std::set<std::string_view> given;
  const bool takes_code = request.verb != "add" && request.verb != "list";
  for (auto rest = arguments.subspan(1); !rest.empty(); rest = rest.subspan(1)) {
    if (rest[0].starts_with("-")) {
      if (auto parsed = parse_option(request, rest, given); !parsed) return parsed.error();
    } else if (takes_code && request.code.empty()) {
      request.code = rest[0];
    } else {
      return wrong("`codes " + request.verb + "` does not know what to do with " + std::string(rest[0]) +
                   ".");
    }
  }
  if (request.verb == "add" && request.terms.name.empty())
    return wrong("An access code needs a name.", "Give it one with --name, for example --name spring-class.");
  if (takes_code && request.verb != "usage" && request.code.empty())
    return wrong("Say which code: its id or its name.", "`vignette-relay codes list` shows both.");
  return request;
}

std::string codes_help() {
  std::string text =
      "vignette-relay codes manages the access codes of a relay, also while it runs.\n\n"
      "  vignette-relay codes add --data DIR --name NAME [limits]   makes a code and prints it on the last "
      "line\n"
      "  vignette-relay codes list --data DIR                       all codes, what they may spend and have "
      "spent\n"
      "  vignette-relay codes show CODE --data DIR                  everything about one\n"
      "  vignette-relay codes disable CODE --data DIR               refuses it from now on, and ends its "
      "sessions\n"
      "  vignette-relay codes enable CODE --data DIR                accepts it again\n"
      "  vignette-relay codes usage [CODE] --data DIR [--csv]       requests, tokens, pictures and money by "
      "day and model\n\n"
      "CODE is the id that `list` shows, or the name. The code itself is shown only when it is made: no file "
      "has it.\n";
  for (const std::string_view verb : {"add", "usage"}) {
    text += "\nOptions of " + std::string(verb) + ":\n";
    for (const CodesOption& o : options) {
      if (!belongs_to(o, verb)) continue;
      std::string left = "  " + std::string(o.name) + " " + std::string(o.value_name);
      left.resize(std::max<std::size_t>(left.size() + 2, 28), ' ');
      text += left + std::string(o.meaning) + "\n";
    }
  }
  return text + "\nA limit that is left out is no limit.\n";
}

}  // namespace vignette::relay
