#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/provider/media.hpp"

namespace vignette::provider {

struct Header {
  std::string name;
  std::string value;
};

/// A piece of a body. Big ones are references: they are turned into base64, or back, while they are sent.
struct Piece {
  enum class As { Plain, ToBase64, FromBase64 };
  SharedText data;
  As as = As::Plain;
};
using Body = std::vector<Piece>;

/// Exactly what will go over the wire, for Content-Length.
std::uint64_t size_of(const Body& body);
/// The whole body at once: for tests and small bodies.
std::string join(const Body& body);

/// Hands the body out in small parts without ever building it:
///
///   BodyReader reader(call.body);
///   for (std::string_view part = reader.next(); !part.empty(); part = reader.next()) send(part);
class BodyReader {
 public:
  explicit BodyReader(Body body, std::size_t part_bytes = 16 * 1024)
      : body_(std::move(body)), part_(part_bytes) {}
  /// Valid until the next call; empty at the end.
  std::string_view next();

 private:
  Body body_;
  std::size_t part_;
  std::size_t piece_ = 0;
  std::size_t at_ = 0;
  std::string buffer_;
};

/// How the caller adds the key: `name: prefix + key`. No name: no key.
struct AuthHeader {
  std::string name;
  std::string prefix;
};

/// What to send. Holds no key and no host: the caller knows both.
struct HttpCall {
  std::string method = "POST";
  std::string base;  ///< one of the provider's named bases; empty: its main one
  std::string path;  ///< follows the base, begins with "/"
  std::string url;   ///< instead of base and path: a whole address from an allow-listed host, to be fetched
                     ///< without a key
  AuthHeader auth;
  std::vector<Header> headers;
  Body body;
  bool streams = false;
};

/// What came back. `body` is the whole body; header names are compared without case.
struct HttpReply {
  int status = 0;
  std::vector<Header> headers;
  std::string_view body;

  std::string_view header(std::string_view name) const;
};

}  // namespace vignette::provider
