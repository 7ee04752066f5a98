#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "shared/base/bytes.hpp"
#include "shared/base/result.hpp"

namespace vignette::provider {

/// Bytes that somebody keeps alive: `owner` does, or, where it is empty, the caller promises to. Copying one
/// never copies the bytes.
struct SharedText {
  std::shared_ptr<const void> owner;
  std::string_view text;
};
SharedText share(std::string text);
SharedText share(Bytes bytes);
/// Part of the same bytes, with the same owner.
SharedText part_of(const SharedText& whole, std::size_t from, std::size_t size = std::string_view::npos);

/// A picture or a recording, in one of the three forms it travels in.
struct Media {
  enum class Form { Raw, Base64, Url };
  std::string mime;
  Form form = Form::Raw;
  SharedText data;  ///< the bytes, their base64, or the address
};

Media raw_media(std::string mime, Bytes bytes);
/// "data:image/jpeg;base64,…" or an https address. Base64 is checked here, because it is later written into
/// JSON as it is.
Result<Media> media_from_url(SharedText url);
Result<Media> media_from_base64(std::string mime, SharedText base64);

bool is_base64(std::string_view text);
/// How many bytes it would be as base64, and as bytes. 0 for an address.
std::uint64_t base64_size(const Media& media);
std::uint64_t raw_size(const Media& media);
Result<Bytes> raw_bytes(const Media& media);

/// By the first bytes, never by the name: "image/png", "audio/wav", …; empty when unknown.
std::string sniff_mime(std::string_view first_bytes);

}  // namespace vignette::provider
