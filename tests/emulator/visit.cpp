#include "tests/emulator/visit.hpp"

#include "tests/emulator/control/control.hpp"
#include "tests/emulator/core/clock.hpp"
#include "tests/emulator/core/deliver.hpp"
#include "tests/emulator/core/digest.hpp"

namespace vignette::emulator {
namespace {

constexpr std::size_t longest_noted = 500;

// The body with long strings cut: enough to see which parameters came, without keeping pictures.
Json abridged(const Json& value) {
  if (value.is_string() && value.get_ref<const std::string&>().size() > longest_noted) {
    const std::string& text = value.get_ref<const std::string&>();
    return text.substr(0, 100) + "… (" + std::to_string(text.size()) + " bytes)";
  }
  if (!value.is_structured()) return value;
  Json out = value.is_array() ? Json::array() : Json::object();
  for (const auto& [key, inner] : value.items())
    value.is_array() ? out.push_back(abridged(inner)) : void(out[key] = abridged(inner));
  return out;
}

bool is_secret(std::string_view header) {
  for (const char* name : {"authorization", "x-api-key", "x-goog-api-key", "cookie", "proxy-authorization"})
    if (equal_ignoring_case(header, name)) return true;
  return false;
}

std::string without_key(const std::string& target, const std::string& key) {
  std::string out = target;
  if (const std::size_t at = key.empty() ? out.npos : out.find("key=" + key); at != out.npos)
    out.replace(at + 4, key.size(), "sha256:" + sha256(key));
  return out;
}

}  // namespace

void Visit::read_head(const httplib::Request& request) {
  call_.method = request.method;
  call_.target = request.target.empty() ? request.path : request.target;
  for (const auto& [name, value] : request.headers)
    if (name != "REMOTE_ADDR" && name != "REMOTE_PORT" && name != "LOCAL_ADDR" && name != "LOCAL_PORT")
      call_.headers.emplace_back(name, value);
  for (const auto& [name, value] : request.params) call_.query.emplace_back(name, value);
  call_.host = call_.header("host");
  const std::size_t slash = request.path.find('/', 1);
  call_.provider = request.path.substr(1, slash == std::string::npos ? slash : slash - 1);
  call_.path = slash == std::string::npos ? "/" : request.path.substr(slash);
  call_.key = key_of(call_);
  is_control_ = call_.provider == "control";
  provider_ = find_provider(call_.provider);
  keep_alive_ =
      !equal_ignoring_case(call_.header("connection"), "close") &&
      (request.version != "HTTP/1.0" || equal_ignoring_case(call_.header("connection"), "keep-alive"));
}

void Visit::arrived(const httplib::Request& request, Wire& wire) {
  read_head(request);
  received_before_ = wire.received;
  if (is_control_) return;
  Entry entry;
  entry.provider = call_.provider;
  entry.method = call_.method;
  entry.target = without_key(call_.target, call_.key);
  entry.content_type = call_.header("content-type");
  if (!call_.key.empty()) entry.key_sha256 = sha256(call_.key);
  for (const auto& [name, value] : call_.headers)
    entry.headers[name] = is_secret(name) ? "sha256:" + sha256(value) : value;
  journal_id_ = world_.journal.begin(std::move(entry));
  if (auto rule = world_.faults.take(call_, true)) {
    answered_early_ = true;
    world_.journal.update(journal_id_, [&](Entry& e) { e.faults.push_back(rule->id); });
    if (rule->drop == Drop::BeforeBody) {
      wire.drop(rule->reset);
    } else {
      Answer answer = json_answer(Json::object());
      apply(*rule, answer);
      keep_alive_ = false;
      send(answer, &*rule, wire);
      wire.mute();
    }
    wire.stop_reading();
  }
}

void Visit::read_body(const httplib::Request& request) {
  call_.body = request.body;
  std::size_t bytes = call_.body.size();
  Json noted;
  for (const auto& [name, file] : request.files) {
    call_.form.push_back({file.name, file.filename, file.content_type, file.content});
    bytes += file.content.size();
    const bool brief = file.filename.empty() && file.content.size() <= longest_noted;
    noted[file.name] = brief ? Json(file.content)
                             : Json(file.filename + " (" + std::to_string(file.content.size()) + " bytes)");
  }
  if (call_.form.empty() && !call_.body.empty() && call_.body.size() < (std::size_t{64} << 20) &&
      (call_.body[0] == '{' || call_.body[0] == '[' ||
       call_.header("content-type").find("json") != std::string::npos)) {
    call_.json = parse_json(call_.body);
    noted = call_.json.is_discarded() ? Json("not JSON") : abridged(call_.json);
  }
  if (!call_.json.is_object() && !call_.json.is_array()) call_.json = Json();
  call_.model = call_.form.empty() ? text_in(call_.json, "model") : call_.field("model");
  call_.stream = flag_in(call_.json, "stream") || call_.field("stream") == "true";
  world_.journal.update(journal_id_, [&](Entry& e) {
    e.body_complete = true;
    e.complete_ms = uptime_ms();
    e.body_bytes = std::max<std::size_t>(bytes, request.content_length_);
    e.body_sha256 = sha256(call_.body);
    e.body = std::move(noted);
  });
}

bool Visit::preflight(Answer& answer) const {
  if (call_.method != "OPTIONS" || !call_.has_header("access-control-request-method")) return false;
  const std::string asked = call_.header("access-control-request-headers");
  bool allowed = provider_->cors == Cors::Yes;
  if (provider_->cors == Cors::WithAnthropicHeader)
    allowed = asked.find("anthropic-dangerous-direct-browser-access") != std::string::npos;
  if (provider_->cors == Cors::LocalOrigins) {
    const std::string origin = call_.header("origin");
    allowed = origin.rfind("http://localhost", 0) == 0 || origin.rfind("http://127.0.0.1", 0) == 0;
  }
  answer = empty_answer(allowed ? 204 : provider_->cors == Cors::LocalOrigins ? 403 : 405);
  if (allowed) {
    answer.headers = {{"Access-Control-Allow-Origin", "*"},
                      {"Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS"},
                      {"Access-Control-Max-Age", "600"}};
    if (!asked.empty()) answer.headers.emplace_back("Access-Control-Allow-Headers", asked);
  }
  return true;
}

void Visit::add_cors(Answer& answer) const {
  if (provider_ == nullptr || !call_.has_header("origin") || call_.method == "OPTIONS") return;
  const bool open = provider_->cors == Cors::Yes || provider_->cors == Cors::LocalOrigins ||
                    (provider_->cors == Cors::WithAnthropicHeader &&
                     call_.header("anthropic-dangerous-direct-browser-access") == "true");
  if (open) answer.headers.emplace_back("Access-Control-Allow-Origin", "*");
}

Answer Visit::provider_answer() {
  if (provider_ == nullptr) {
    Json names = Json::array();
    for (const Provider& one : providers()) names.push_back(one.name);
    return json_answer(
        {{"error", "The first path segment names a provider, or control."}, {"providers", names}}, 404);
  }
  Answer answer;
  if (preflight(answer)) return answer;
  try {
    answer = provider_->handle(call_, world_);
  } catch (const std::exception& problem) {  // a body that no check expected: the provider would say 500 too
    answer =
        provider_->refuse({500, std::string("The emulator did not expect this request: ") + problem.what()});
  }
  return answer;
}

void Visit::apply(const Rule& rule, Answer& answer) const {
  Trouble trouble{rule.status == 0 ? answer.status : rule.status, rule.message, rule.code};
  trouble.retry_after =
      rule.retry_after.value_or(rule.retry_after_date.value_or(rule.retry_after_ms.value_or(0) / 1000));
  if (!rule.redirect.empty()) {
    answer = empty_answer(rule.status == 0 ? 302 : rule.status);
    answer.headers.emplace_back("Location", rule.redirect);
  } else if (rule.body) {
    const int status = rule.status == 0 ? answer.status : rule.status;
    const std::string type = answer.content_type;
    answer = text_answer(*rule.body, type.empty() || answer.streamed ? "application/json" : type, status);
  } else if (rule.status != 0 && provider_ != nullptr) {
    answer = provider_->refuse(trouble);
    answer.status = rule.status;
  }
  if (!rule.content_type.empty()) answer.content_type = rule.content_type;
  if (rule.retry_after) {
    const double wait = *rule.retry_after;
    char text[32];
    std::snprintf(text, sizeof text, "%g", wait);
    answer.headers.emplace_back("Retry-After", text);
  }
  if (rule.retry_after_date)
    answer.headers.emplace_back(
        "Retry-After", http_date(wall_seconds() + static_cast<std::int64_t>(*rule.retry_after_date)));
  if (rule.retry_after_ms)
    answer.headers.emplace_back("retry-after-ms",
                                std::to_string(static_cast<std::int64_t>(*rule.retry_after_ms)));
  for (const auto& header : rule.headers) answer.headers.push_back(header);
}

void Visit::send(const Answer& answer, const Rule* rule, Wire& wire) {
  Delivery delivery{wire, world_, journal_id_, call_.method == "HEAD", keep_alive_};
  deliver(answer, rule, delivery);
}

void Visit::complete(const httplib::Request& request, Wire& wire) {
  completed_ = true;
  read_body(request);
  if (is_control_) {
    send(answer_control(call_, world_), nullptr, wire);
    return;
  }
  const auto rule = provider_ == nullptr ? std::nullopt : world_.faults.take(call_, false);
  if (rule) call_.script = rule->script;
  // A rule that answers by itself needs no provider: the real one's gateway would not have asked the model
  // either.
  const bool replaced = rule && (rule->status != 0 || rule->body || !rule->redirect.empty());
  Answer answer = replaced ? json_answer(Json::object()) : provider_answer();
  if (rule) apply(*rule, answer);
  add_cors(answer);
  world_.journal.update(journal_id_, [&](Entry& e) {
    e.model = call_.model;
    e.stream = call_.stream;
    for (const Picture& picture : call_.pictures) e.pictures.push_back(to_json(picture));
    for (const Sound& sound : call_.sounds) e.sounds.push_back(to_json(sound));
    if (rule) e.faults.push_back(rule->id);
  });
  send(answer, rule ? &*rule : nullptr, wire);
}

void Visit::over(Wire& wire) {
  if (is_control_) return;
  if (!completed_ && !answered_early_ && wire.client_left())
    world_.journal.update(journal_id_, [&](Entry& e) {
      e.left = "sending";
      e.left_ms = uptime_ms();
      e.body_bytes = wire.received - received_before_;
    });
  world_.journal.end(journal_id_);
}

}  // namespace vignette::emulator
