#include "tests/emulator/core/deliver.hpp"

#include <algorithm>
#include <httplib.h>

#include "tests/emulator/core/clock.hpp"

namespace vignette::emulator {
namespace {

const char* reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 302: return "Found";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 410: return "Gone";
    case 413: return "Payload Too Large";
    case 422: return "Unprocessable Entity";
    case 429: return "Too Many Requests";
    case 500: return "Internal Server Error";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    default: return "Status";
  }
}

class Sender {
 public:
  Sender(const Answer& answer, const Rule* rule, Delivery& to) : answer_(answer), rule_(rule), to_(to) {}

  void run() {
    if (!wait_at_gate(-1) || !pause((rule_ != nullptr ? rule_->delay_ms : 0) + answer_.works_ms)) return;
    if (rule_ != nullptr && rule_->drop == Drop::BeforeHeaders) return to_.wire.drop(rule_->reset);
    const bool chunked = answer_.streamed && !to_.head_only;
    if (!put(head(chunked))) return;
    to_.world.journal.update(to_.journal_id, [&](Entry& e) {
      e.first_byte_ms = uptime_ms();
      e.status = answer_.status;
    });
    if (rule_ != nullptr && rule_->drop == Drop::AfterHeaders) return to_.wire.drop(rule_->reset);
    if (to_.head_only) return;
    chunked ? send_events() : send_body();
    if (!to_.keep_alive) to_.wire.must_close = true;
  }

 private:
  // Every wait and every write notices a client that hangs up, and writes down when.
  bool note_left(const char* doing) {
    to_.wire.must_close = true;
    to_.world.journal.update(to_.journal_id, [&](Entry& e) {
      if (!e.left.empty()) return;
      e.left = doing;
      e.left_ms = uptime_ms();
    });
    return false;
  }
  const char* doing() const { return sent_anything_ ? "receiving" : "waiting"; }

  bool pause(std::int64_t ms) { return to_.wire.wait(std::max<std::int64_t>(0, ms)) || note_left(doing()); }

  bool put(std::string_view bytes) {
    if (to_.wire.client_left()) return note_left(doing());
    sent_anything_ = true;
    if (!dripping()) return to_.wire.send(bytes) || note_left(doing());
    for (std::size_t at = 0; at < bytes.size(); at += rule_->drip_bytes)
      if (!to_.wire.send(bytes.substr(at, rule_->drip_bytes)) || !pause(rule_->drip_ms))
        return note_left(doing());
    return true;
  }
  bool dripping() const { return rule_ != nullptr && rule_->drip_bytes > 0; }

  // `events` have been sent; -1 is before the first byte.
  bool wait_at_gate(int events) {
    if (rule_ == nullptr || rule_->hold.empty() || rule_->hold_after_events != events) return true;
    while (!to_.world.gates.is_open(rule_->hold))
      if (!to_.wire.wait(5)) return note_left(doing());
    return true;
  }

  std::string head(bool chunked) const {
    std::string text =
        "HTTP/1.1 " + std::to_string(answer_.status) + " " + reason_of(answer_.status) + "\r\n";
    text += "Date: " + http_date(wall_seconds()) + "\r\n";
    if (!answer_.content_type.empty()) text += "Content-Type: " + answer_.content_type + "\r\n";
    for (const auto& [name, value] : answer_.headers) text += name + ": " + value + "\r\n";
    if (chunked) {
      text += "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n";
    } else if (answer_.status != 204) {
      text += "Content-Length: " + std::to_string(body_size()) + "\r\n";
    }
    return text + (to_.keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
  }

  std::size_t body_size() const {
    if (rule_ != nullptr && rule_->truncate >= 0)
      return std::min(answer_.body.size(), static_cast<std::size_t>(rule_->truncate));
    return answer_.body.size() + (rule_ != nullptr ? rule_->giant_bytes : 0);
  }

  void send_body() {
    const std::string_view body = std::string_view(answer_.body).substr(0, body_size());
    if (rule_ != nullptr && rule_->drop == Drop::Middle) {
      put(body.substr(0, body.size() / 2));
      return to_.wire.drop(rule_->reset);
    }
    if (!put(body)) return;
    // White space behind a JSON value is legal, so this only asks: how much do you keep?
    const std::string blank(64 * 1024, ' ');
    for (std::size_t left = body_size() - body.size(); left > 0;) {
      const std::size_t n = std::min(left, blank.size());
      if (!put(std::string_view(blank).substr(0, n))) return;
      left -= n;
    }
    count_sent(body_size(), 0);
  }

  bool put_chunk(std::string_view bytes) {
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    std::string chunk(size);
    chunk.append(bytes).append("\r\n");
    if (!put(chunk)) return false;
    count_sent(bytes.size(), 1);
    return true;
  }

  void send_events() {
    std::size_t end = answer_.events.size();
    if (rule_ != nullptr && rule_->no_terminator) end -= std::min(end, answer_.closing_events);
    for (std::size_t i = 0; i < end; ++i) {
      if (i > 0 && rule_ != nullptr && !pause(rule_->event_delay_ms)) return;
      if (rule_ != nullptr && rule_->drop == Drop::Middle && static_cast<int>(i) >= rule_->drop_after_events)
        return to_.wire.drop(rule_->reset);
      if (rule_ != nullptr && rule_->script.error_after_events >= 0 &&
          static_cast<int>(i) >= rule_->script.error_after_events) {
        put_chunk(answer_.error_event);
        break;
      }
      if (rule_ != nullptr && rule_->malformed_chunk && i == 1) {
        put("this is no chunk size\r\n" + answer_.events[i] + "\r\n");
        return to_.wire.drop(false);
      }
      if (!wait_at_gate(static_cast<int>(i)) || !put_chunk(answer_.events[i])) return;
    }
    if (rule_ != nullptr && rule_->giant_bytes > 0) {
      const std::string comment = ": " + std::string(65'000, '.') + "\n\n";
      for (std::size_t n = 0; n < rule_->giant_bytes; n += comment.size())
        if (!put_chunk(comment)) return;
    }
    put("0\r\n\r\n");
  }

  void count_sent(std::size_t bytes, int events) {
    to_.world.journal.update(to_.journal_id, [&](Entry& e) {
      e.sent_bytes += bytes;
      e.sent_events += events;
    });
  }

  const Answer& answer_;
  const Rule* rule_;
  Delivery& to_;
  bool sent_anything_ = false;
};

}  // namespace

void deliver(const Answer& answer, const Rule* rule, Delivery& delivery) {
  Sender(answer, rule, delivery).run();
}

}  // namespace vignette::emulator
