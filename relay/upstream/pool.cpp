#include "relay/upstream/pool.hpp"

#include <algorithm>
#include <openssl/ssl.h>

namespace vignette::relay {

namespace net = boost::asio;

Pool::Pool(Loop& loop, UpstreamLimits the_limits, const std::string& ca_file)
    : Alarm(loop.alarms), limits(the_limits), loop_(loop), names_(loop.io), ca_file_(ca_file) {}

net::ssl::context& Pool::tls() {
  if (tls_) return *tls_;
  tls_.emplace(net::ssl::context::tls_client);
  boost::system::error_code ignored;  // without authorities every handshake fails, which is the right way
  if (ca_file_.empty()) {
    tls_->set_default_verify_paths(ignored);
  } else {
    tls_->load_verify_file(ca_file_, ignored);
  }
  SSL_CTX_set_min_proto_version(tls_->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_mode(tls_->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  return *tls_;
}

std::unique_ptr<Connection> Pool::kept(const Destination& where) {
  const auto found = kept_.find(key_of(where));
  if (found == kept_.end()) return nullptr;
  auto& list = found->second;
  while (!list.empty()) {
    std::unique_ptr<Connection> newest = std::move(list.back());
    list.pop_back();
    const auto now = Clock::now();
    if (now - newest->last_used < limits.idle && now - newest->born < limits.age && newest->is_quiet())
      return newest;
  }
  return nullptr;
}

net::awaitable<Pool::Opened> Pool::get(const Destination& where, bool fresh,
                                       std::function<void(Connection*)> opening) {
  Opened out;
  if (!fresh) out.connection = kept(where);
  if (out.connection) {
    out.reused = true;
    co_return out;
  }
  std::vector<net::ip::address> addresses = co_await names_.find(where.host);
  out.failure = Failure::Unreachable;
  if (addresses.empty()) co_return out;
  if (!where.own_network) {
    std::erase_if(addresses, is_internal);
    if (addresses.empty()) {
      out.failure = Failure::Refused;
      co_return out;
    }
  }
  out.connection = std::make_unique<Connection>(loop_.io, loop_.alarms, where);
  opening(out.connection.get());
  const bool open = co_await out.connection->open(
      addresses, [this]() -> net::ssl::context& { return tls(); }, limits.connect);
  if (open) {
    out.failure = Failure::None;
  } else {
    if (out.connection->cancelled()) out.failure = Failure::Cancelled;
    opening(nullptr);
    out.connection.reset();
  }
  co_return out;
}

void Pool::put_back(std::unique_ptr<Connection> connection) {
  if (stopped_ || !connection->received.empty() || connection->cancelled() || connection->late() ||
      ++connection->requests >= limits.requests_per_connection)
    return;
  std::string().swap(connection->received);
  connection->no_limit();
  connection->last_used = Clock::now();
  auto& list = kept_[key_of(connection->where)];
  list.push_back(std::move(connection));
  if (list.size() > limits.idle_connections) list.pop_front();
  if (!is_set()) set_in(limits.idle);
}

void Pool::ring() {
  const auto now = Clock::now();
  bool any = false;
  for (auto& [key, list] : kept_) {
    std::erase_if(list, [&](const auto& each) { return now - each->last_used >= limits.idle; });
    any = any || !list.empty();
  }
  if (any) set_in(limits.idle / 2);
}

void Pool::stop() {
  stopped_ = true;
  names_.stop();
  kept_.clear();
  end();
}

}  // namespace vignette::relay
