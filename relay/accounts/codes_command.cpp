#include "relay/accounts/codes_command.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "relay/accounts/code_store.hpp"
#include "relay/accounts/codes_options.hpp"
#include "relay/accounts/codes_print.hpp"
#include "relay/accounts/moment.hpp"

namespace vignette::relay {
namespace {

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int fail(const Error& error, int exit_code) {
  std::fprintf(stderr, "vignette-relay: %s %s\n", error.message.c_str(), error.hint.c_str());
  return exit_code;
}

Result<std::unique_ptr<CodeStore>> open_store(const CodesRequest& request) {
  const char* redis = std::getenv("REDIS_URL");
  if (redis != nullptr && *redis != '\0') return open_redis_codes(redis);
  if (!request.folder.empty()) return open_folder_codes(request.folder);
  return Error{.code = ErrorCode::InvalidInput,
               .message = "Where are the accounts?",
               .hint = "Name the relay's data folder with --data DIR, or set REDIS_URL as for the relay."};
}

// The code of that id, or the only one of that name.
Result<CodeRecord> find_code(const std::vector<CodeRecord>& codes, const std::string& wanted) {
  std::vector<const CodeRecord*> named;
  for (const CodeRecord& code : codes) {
    if (code.id == wanted) return code;
    if (code.terms->name == wanted) named.push_back(&code);
  }
  if (named.size() == 1) return *named[0];
  std::string ids;
  for (const CodeRecord* code : named) ids += (ids.empty() ? "" : ", ") + code->id;
  if (named.empty()) {
    return Error{.code = ErrorCode::NotFound,
                 .message = "No access code has the id or name " + wanted + ".",
                 .hint = "`vignette-relay codes list` shows all."};
  }
  return Error{.code = ErrorCode::InvalidInput,
               .message = "Several access codes have the name " + wanted + ".",
               .hint = "Give the id of one of them: " + ids + "."};
}

Result<Done> add(CodeStore& store, const CodesRequest& request) {
  const auto added = add_code(store, request.terms, moment_now().wall);
  if (!added) return added.error();
  print("Access code for " + request.terms.name + ", with the id " + added->record.id +
        ". Note it down: it is shown only now.\n" + added->text + "\n");
  return Done{};
}

Result<Done> list(CodeStore& store) {
  const auto codes = store.codes();
  if (!codes) return codes.error();
  const auto totals = store.totals();
  if (!totals) return totals.error();
  print(codes->empty() ? "No access codes yet. `vignette-relay codes add` makes one.\n"
                       : table_text(codes_table(*codes, *totals, moment_now().wall)));
  return Done{};
}

Result<Done> show(CodeStore& store, const CodeRecord& code) {
  const auto totals = store.totals();
  if (!totals) return totals.error();
  const auto total =
      std::find_if(totals->begin(), totals->end(), [&](const CodeTotals& t) { return t.code == code.id; });
  print(code_sheet(code, total == totals->end() ? CodeTotals{} : *total, moment_now().wall));
  return Done{};
}

Result<Done> set_disabled(CodeStore& store, const CodeRecord& code, bool disabled) {
  if (auto set = store.set_disabled(code.id, disabled); !set) return set.error();
  print("The access code " + code.terms->name + " (" + code.id + ") is " +
        (disabled ? "disabled" : "valid again") + ".\n");
  return Done{};
}

Result<Done> usage(CodeStore& store, const CodesRequest& request, const std::vector<CodeRecord>& codes,
                   const std::string& only) {
  auto rows = store.usage();
  if (!rows) return rows.error();
  std::erase_if(*rows, [&](const UsageRow& row) {
    return (!only.empty() && row.code != only) || (request.first_day && row.day < *request.first_day) ||
           (request.last_day && row.day > *request.last_day);
  });
  std::map<std::string, std::string> names;
  for (const CodeRecord& code : codes) names[code.id] = code.terms->name;
  const auto table = usage_table(*rows, names, request.csv);
  print(request.csv ? csv_text(table) : table_text(table));
  return Done{};
}

Result<Done> run(const CodesRequest& request) {
  const auto store = open_store(request);
  if (!store) return store.error();
  if (request.verb == "add") return add(**store, request);
  if (request.verb == "list") return list(**store);
  const auto codes = (*store)->codes();
  if (!codes) return codes.error();
  CodeRecord code;
  if (!request.code.empty()) {
    const auto found = find_code(*codes, request.code);
    if (!found) return found.error();
    code = *found;
  }
  if (request.verb == "show") return show(**store, code);
  if (request.verb == "usage") return usage(**store, request, *codes, code.id);
  return set_disabled(**store, code, request.verb == "disable");
}

}  // namespace

int run_codes(std::span<const std::string_view> arguments) {
  const auto request = parse_codes(arguments);
  if (!request) return fail(request.error(), 2);
  if (request->verb.empty()) {
    print(codes_help());
    return 0;
  }
  const auto done = run(*request);
  return done ? 0 : fail(done.error(), 1);
}

}  // namespace vignette::relay
