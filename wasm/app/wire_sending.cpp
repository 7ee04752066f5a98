#include "wasm/app/wire_sending.hpp"

#include <algorithm>

#include "wasm/app/wire_read.hpp"

namespace vignette {
namespace {

using namespace wire_read;

std::string text_of(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json wire(const std::vector<provider::Header>& headers) {
  Json out = Json::array();
  for (const provider::Header& h : headers) out.push_back(Json{{"name", h.name}, {"value", h.value}});
  return out;
}

Json wire(const BodyPart& part) {
  if (!part.copy) return Json{{"text", part.text}};
  const BodyPart::Copy& copy = *part.copy;
  return Json{{"copy", Json{{"source", copy.source},
                            {"item", copy.item},
                            {"side", copy.side},
                            {"mime", "image/jpeg"},
                            {"boxes", copy.boxes},
                            {"max_bytes", copy.max_bytes}}},
              {"as", copy.base64 ? "base64" : "bytes"}};
}

std::vector<provider::Header> headers_in(const Json& json) {
  std::vector<provider::Header> headers;
  for (const Json& h : list(json, "headers")) headers.push_back({text(h, "name"), text(h, "value")});
  return headers;
}

std::optional<SentCopy> copy_in(const Json& json) {
  const Json* copy = member(json, "copy");
  if (copy == nullptr || !copy->is_object()) return std::nullopt;
  return SentCopy{number<int>(*copy, "width"), number<int>(*copy, "height"),
                  number<std::uint64_t>(*copy, "bytes"), text(*copy, "hash")};
}

LedgerRow row_from(const Json& json) {
  LedgerRow row;
  row.time = number<TimeMs>(json, "time");
  row.note = {text(json, "what"), text(json, "item"), text(json, "provider"), text(json, "model")};
  row.bytes = number<std::uint64_t>(json, "bytes");
  row.copy = copy_in(json);
  row.host = text(json, "host");
  row.input_tokens = number<std::int64_t>(json, "input_tokens");
  row.output_tokens = number<std::int64_t>(json, "output_tokens");
  row.cost_micro_usd = integer_at(json, "cost_micro_usd");
  return row;
}

Event connections_restored(const Json& json) {
  ConnectionsRestored event{text(json, "json"), {}};
  for (const Json& number : list(json, "with_secret")) {
    if (number.is_number()) event.with_secret.push_back(number.get<ConnectionId>());
  }
  return event;
}

Event servers_found(const Json& json) {
  LocalServersFound event;
  for (const Json& server : list(json, "servers"))
    event.servers.push_back({text(server, "kind"), text(server, "base"), flag(server, "blocked")});
  return event;
}

Event networks_known(const Json& json) {
  static constexpr std::string_view kStates[] = {"missing", "away", "loading", "here", "broken"};
  NetworksKnown event;
  for (const Json& one : list(json, "files")) {
    NetworkFile file;
    file.kind = text(one, "kind");
    const auto* state = std::find(std::begin(kStates), std::end(kStates), text(one, "state"));
    if (state != std::end(kStates)) file.state = static_cast<NetworkFile::State>(state - std::begin(kStates));
    file.bytes = number<std::uint64_t>(one, "bytes");
    file.loaded = number<std::uint64_t>(one, "loaded");
    file.problem = text(one, "problem");
    event.files.push_back(std::move(file));
  }
  return event;
}

Event ledger_loaded(const Json& json) {
  LedgerLoaded event;
  for (const Json& row : list(json, "rows")) event.rows.push_back(row_from(row));
  return event;
}

}  // namespace

std::string sending_wire(const KeepSecret& e) {
  return text_of(Json{
      {"kind", "KeepSecret"}, {"connection", e.connection}, {"secret", e.secret}, {"remember", e.remember}});
}
std::string sending_wire(const ForgetSecret& e) {
  return text_of(Json{{"kind", "ForgetSecret"}, {"connection", e.connection}});
}
std::string sending_wire(const StoreConnections& e) {
  return text_of(Json{{"kind", "StoreConnections"}, {"json", e.json}});
}
std::string sending_wire(const OpenSession& e) {
  return text_of(Json{{"kind", "OpenSession"}, {"connection", e.connection}, {"url", e.url}});
}
std::string sending_wire(const Fetch& e) {
  Json out = {{"kind", "Fetch"},
              {"call", e.call},
              {"connection", e.connection},
              {"method", e.method},
              {"url", e.url}};
  out["headers"] = wire(e.headers);
  out["auth"] = e.auth.name.empty() ? Json() : Json{{"name", e.auth.name}, {"prefix", e.auth.prefix}};
  out["body"] = Json::array();
  for (const BodyPart& part : e.body) out["body"].push_back(wire(part));
  out["stream"] = e.stream;
  out["timeout_ms"] = e.timeout_ms;
  out["ledger"] = Json{{"what", e.ledger.what},
                       {"item", e.ledger.item},
                       {"provider", e.ledger.provider},
                       {"model", e.ledger.model}};
  return text_of(out);
}
std::string sending_wire(const CancelFetch& e) {
  return text_of(Json{{"kind", "CancelFetch"}, {"call", e.call}});
}
std::string sending_wire(const SetLocalOnly& e) {
  return text_of(Json{{"kind", "SetLocalOnly"}, {"on", e.on}});
}
std::string sending_wire(const FindLocalServers&) { return text_of(Json{{"kind", "FindLocalServers"}}); }
std::string sending_wire(const SaveText& e) {
  return text_of(Json{
      {"kind", "SaveText"}, {"request", e.request}, {"name", e.name}, {"mime", e.mime}, {"text", e.text}});
}
std::string sending_wire(const PickText& e) {
  return text_of(Json{{"kind", "PickText"}, {"purpose", e.purpose}, {"accept", e.accept}});
}
std::string sending_wire(const AddToLedger& e) {
  Json out = {{"kind", "AddToLedger"},
              {"call", e.call},
              {"input_tokens", e.input_tokens},
              {"output_tokens", e.output_tokens}};
  if (e.cost_micro_usd) out["cost_micro_usd"] = *e.cost_micro_usd;
  return text_of(out);
}
std::string sending_wire(const LookAt& e) {
  return text_of(Json{{"kind", "LookAt"},
                      {"call", e.call},
                      {"source", e.source},
                      {"boxes", e.boxes},
                      {"objects", e.objects}});
}
std::string sending_wire(const StopLooking& e) {
  return text_of(Json{{"kind", "StopLooking"}, {"call", e.call}});
}

std::optional<Event> sending_event(const std::string& kind, const Json& j) {
  const auto call = number<CallId>(j, "call");
  const auto connection = number<ConnectionId>(j, "connection");
  if (kind == "ConnectionsRestored") return connections_restored(j);
  if (kind == "LocalServersFound") return servers_found(j);
  if (kind == "SessionOpened") return SessionOpened{connection, text(j, "expires")};
  if (kind == "SessionFailed") return SessionFailed{connection, error_in(j)};
  if (kind == "FetchSent")
    return FetchSent{call, number<std::uint64_t>(j, "bytes"), copy_in(j), text(j, "host")};
  if (kind == "FetchHead") return FetchHead{call, number<int>(j, "status"), headers_in(j)};
  if (kind == "FetchPart") return FetchPart{call, text(j, "text")};
  if (kind == "FetchDone") return FetchDone{call, number<int>(j, "status"), headers_in(j), text(j, "text")};
  if (kind == "FetchFailed") {
    const Json* error = member(j, "error");
    return FetchFailed{call, error ? text(*error, "code") : "network", error_in(j)};
  }
  if (kind == "LedgerLoaded") return ledger_loaded(j);
  if (kind == "NetworksKnown") return networks_known(j);
  if (kind == "TextPicked") return TextPicked{text(j, "purpose"), text(j, "name"), text(j, "text")};
  return std::nullopt;
}

}  // namespace vignette
