#include "shared/provider/http_call.hpp"

#include <algorithm>

#include "shared/base/base64.hpp"
#include "shared/base/utf8.hpp"

namespace vignette::provider {
namespace {

std::uint64_t size_of(const Piece& piece) {
  switch (piece.as) {
    case Piece::As::ToBase64: return base64_size({"", Media::Form::Raw, piece.data});
    case Piece::As::FromBase64: return raw_size({"", Media::Form::Base64, piece.data});
    case Piece::As::Plain: break;
  }
  return piece.data.text.size();
}

}  // namespace

std::uint64_t size_of(const Body& body) {
  std::uint64_t size = 0;
  for (const Piece& piece : body) size += size_of(piece);
  return size;
}

std::string join(const Body& body) {
  std::string whole;
  whole.reserve(static_cast<std::size_t>(size_of(body)));
  BodyReader reader(body);
  for (std::string_view part = reader.next(); !part.empty(); part = reader.next()) whole += part;
  return whole;
}

std::string_view BodyReader::next() {
  while (piece_ < body_.size() && at_ >= body_[piece_].data.text.size()) {
    ++piece_;
    at_ = 0;
  }
  if (piece_ >= body_.size()) return {};
  const Piece& piece = body_[piece_];
  // Groups of 3 bytes and of 4 letters must stay together; 12 is a whole number of both.
  const std::size_t step = std::max<std::size_t>(part_ / 12 * 12, 12);
  const std::string_view part = piece.data.text.substr(at_, step);
  at_ += part.size();
  switch (piece.as) {
    case Piece::As::ToBase64: buffer_ = encode_base64(as_bytes(part)); return buffer_;
    case Piece::As::FromBase64: {
      // Checked when the Media was made; a piece that is damaged after all ends the body early, and the
      // declared length tells the receiver.
      const Result<Bytes> bytes = decode_base64(part);
      buffer_ = bytes ? std::string(as_text(*bytes)) : std::string{};
      return buffer_;
    }
    case Piece::As::Plain: break;
  }
  return part;
}

std::string_view HttpReply::header(std::string_view name) const {
  const std::string wanted = to_lower_ascii(name);
  for (const Header& each : headers) {
    if (each.name.size() == wanted.size() && to_lower_ascii(each.name) == wanted) return each.value;
  }
  return {};
}

}  // namespace vignette::provider
