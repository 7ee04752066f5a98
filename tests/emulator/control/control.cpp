#include "tests/emulator/control/control.hpp"

#include <cstdlib>

#include "tests/emulator/providers/provider.hpp"

namespace vignette::emulator {
namespace {

Answer done() { return json_answer({{"ok", true}}); }
Answer mistake(const std::string& message) { return json_answer({{"error", message}}, 400); }

std::int64_t number(const Call& call, const char* name, std::int64_t otherwise) {
  const std::string text = call.param(name);
  return text.empty() ? otherwise : std::strtoll(text.c_str(), nullptr, 10);
}

// One rule, or a list of them.
Answer add_faults(const Call& call, World& world) {
  if (call.json.is_null()) return mistake("The body is not JSON.");
  const Json rules = call.json.is_array() ? call.json : Json::array({call.json});
  std::vector<Rule> read;
  for (const Json& json : rules) {
    auto rule = read_rule(json);
    if (!rule) return mistake(rule.error().message);
    read.push_back(std::move(*rule));
  }
  Json ids = Json::array();
  for (Rule& rule : read) ids.push_back(world.faults.add(std::move(rule)));
  Json out{{"ids", ids}};
  if (ids.size() == 1) out["id"] = ids[0];
  return json_answer(out, 201);
}

Answer requests(const Call& call, World& world) {
  Journal::Filter filter;
  filter.provider = call.param("provider");
  filter.path = call.param("path");
  filter.after = number(call, "after", 0);
  filter.last = static_cast<std::size_t>(number(call, "last", 1000));
  return json_answer({{"requests", world.journal.list(filter)}});
}

// Long polling, so that no test has to sleep: /control/wait?in_flight=3&timeout_ms=5000
Answer wait(const Call& call, World& world) {
  const auto at_least = [&](const char* name, std::int64_t value) {
    return value >= number(call, name, value);
  };
  const std::int64_t idle = number(call, "idle", 0);
  const bool reached = world.journal.wait(
      [&](const Journal::Figures& now) {
        return at_least("arrived", now.arrived) && at_least("complete", now.complete) &&
               at_least("finished", now.finished) && at_least("in_flight", now.in_flight) &&
               at_least("left", now.left) && at_least("first_bytes", now.first_bytes) &&
               (idle == 0 || now.in_flight == 0);
      },
      number(call, "timeout_ms", 10'000));
  Json out = world.journal.stats();
  out["reached"] = reached;
  return json_answer(out, reached ? 200 : 408);
}

// {"accept": [key], "revoke": [key], "quota": {key: 5}, "per_minute": {key: 10}}
Answer set_keys(const Call& call, World& world) {
  for (const Json& key : member(call.json, "accept")) world.keys.accept(key.get<std::string>());
  for (const Json& key : member(call.json, "revoke")) world.keys.revoke(key.get<std::string>());
  for (const auto& [key, count] : member(call.json, "quota").items())
    world.keys.give_quota(key, count.get<int>());
  for (const auto& [key, count] : member(call.json, "per_minute").items())
    world.keys.limit_rate(key, count.get<int>());
  return done();
}

// {"add": [{"provider", "id", "abilities", "dimensions"}], "remove": [{"provider", "id"}], "today":
// "2026-12-02"}
Answer set_models(const Call& call, World& world) {
  for (const Json& one : member(call.json, "add"))
    world.models.add({text_in(one, "provider"), text_in(one, "id"), text_in(one, "abilities", "tv"),
                      int_in(one, "dimensions", 384), text_in(one, "retires")});
  for (const Json& one : member(call.json, "remove"))
    world.models.remove(text_in(one, "provider"), text_in(one, "id"));
  if (has(call.json, "today")) world.models.set_today(text_in(call.json, "today"));
  return done();
}

Answer gates(const Call& call, World& world) {
  if (has(call.json, "open")) world.gates.open(text_in(call.json, "open"));
  if (has(call.json, "shut")) world.gates.shut(text_in(call.json, "shut"));
  return done();
}

Answer route(const Call& call, World& world) {
  std::string rest;
  if (is(call, "GET", "/health") || is(call, "GET", "/"))
    return json_answer({{"status", "ok"}, {"name", "vignette-emulator"}});
  if (is(call, "POST", "/faults")) return add_faults(call, world);
  if (is(call, "GET", "/faults")) return json_answer({{"faults", world.faults.list()}});
  if (is(call, "DELETE", "/faults")) return world.faults.clear(), done();
  if (is(call, "DELETE", "/faults/*", &rest))
    return world.faults.remove(std::atoi(rest.c_str())) ? done() : mistake("There is no such rule.");
  if (is(call, "POST", "/gates")) return gates(call, world);
  if (is(call, "POST", "/keys")) return set_keys(call, world);
  if (is(call, "POST", "/models")) return set_models(call, world);
  if (is(call, "GET", "/requests")) return requests(call, world);
  if (is(call, "DELETE", "/requests")) return world.journal.clear(), done();
  if (is(call, "GET", "/stats")) return json_answer(world.journal.stats());
  if (is(call, "GET", "/wait")) return wait(call, world);
  if (is(call, "POST", "/reset")) return world.reset(), done();
  return json_answer({{"error", "No such control route; see the head of tests/emulator/main.cpp."}}, 404);
}

}  // namespace

Answer answer_control(const Call& call, World& world) {
  try {
    return route(call, world);
  } catch (const std::exception& problem) {
    return mistake(problem.what());
  }
}

}  // namespace vignette::emulator
