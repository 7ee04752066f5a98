#include "shared/provider/media.hpp"

#include "shared/base/base64.hpp"
#include "shared/base/utf8.hpp"

namespace vignette::provider {

SharedText share(std::string text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  const std::string_view view = *owner;
  return {std::move(owner), view};
}

SharedText share(Bytes bytes) {
  auto owner = std::make_shared<const Bytes>(std::move(bytes));
  const std::string_view view = as_text(*owner);
  return {std::move(owner), view};
}

SharedText part_of(const SharedText& whole, std::size_t from, std::size_t size) {
  return {whole.owner, whole.text.substr(from, size)};
}

Media raw_media(std::string mime, Bytes bytes) {
  return {std::move(mime), Media::Form::Raw, share(std::move(bytes))};
}

bool is_base64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  for (const char c : text) {
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && c != '+' && c != '/') return false;
  }
  return text.size() % 4 != 1;  // one letter more encodes nothing
}

Result<Media> media_from_base64(std::string mime, SharedText base64) {
  if (base64.text.empty() || !is_base64(base64.text)) {
    return Error{ErrorCode::InvalidInput, "The base64 of a picture or recording is damaged.",
                 "Send standard base64 with padding and without line breaks."};
  }
  return Media{std::move(mime), Media::Form::Base64, std::move(base64)};
}

Result<Media> media_from_url(SharedText url) {
  const std::string_view text = url.text;
  if (text.starts_with("https://")) {
    for (const char c : text) {
      if (static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' ||
          c == 0x7F) {
        return Error{ErrorCode::InvalidInput, "The address of a picture has characters that no address has.",
                     "Escape them, or send the picture itself as a data: URL."};
      }
    }
    return Media{"", Media::Form::Url, std::move(url)};
  }
  const std::size_t comma = text.substr(0, 200).find(',');
  if (!text.starts_with("data:") || comma == std::string_view::npos ||
      !text.substr(0, comma).ends_with(";base64")) {
    return Error{ErrorCode::InvalidInput, "A picture must be a data: URL in base64 or an https address.",
                 "Send it as data:image/jpeg;base64,…"};
  }
  std::string mime = to_lower_ascii(text.substr(5, text.find(';') - 5));
  for (const char c : mime) {
    const bool known =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '+' || c == '-' || c == '.';
    if (!known)
      return Error{ErrorCode::InvalidInput, "The type in a data: URL is not a media type.",
                   "Write for example image/jpeg."};
  }
  if (mime == "image/jpg") mime = "image/jpeg";
  return media_from_base64(std::move(mime), part_of(url, comma + 1));
}

std::uint64_t base64_size(const Media& media) {
  switch (media.form) {
    case Media::Form::Raw: return (media.data.text.size() + 2) / 3 * 4;
    case Media::Form::Base64: return media.data.text.size();
    case Media::Form::Url: break;
  }
  return 0;
}

std::uint64_t raw_size(const Media& media) {
  const std::string_view text = media.data.text;
  if (media.form == Media::Form::Raw) return text.size();
  if (media.form == Media::Form::Url || text.size() < 4) return 0;
  const std::size_t padding = text.ends_with("==") ? 2U : (text.ends_with("=") ? 1U : 0U);
  return text.size() / 4 * 3 - padding;
}

Result<Bytes> raw_bytes(const Media& media) {
  if (media.form == Media::Form::Base64) return decode_base64(media.data.text);
  if (media.form == Media::Form::Url) {
    return Error{ErrorCode::InvalidInput, "This picture is only an address; it has to be fetched first.",
                 "Fetch it."};
  }
  const ByteView view = as_bytes(media.data.text);
  return Bytes(view.begin(), view.end());
}

std::string sniff_mime(std::string_view b) {
  const auto at = [&](std::size_t from, std::string_view magic) {
    return b.substr(from < b.size() ? from : b.size()).starts_with(magic);
  };
  if (at(0, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (at(0, "\xFF\xD8\xFF")) return "image/jpeg";
  if (at(0, "RIFF") && at(8, "WEBP")) return "image/webp";
  if (at(0, "RIFF") && at(8, "WAVE")) return "audio/wav";
  if (at(0, "GIF8")) return "image/gif";
  if (at(4, "ftypavif")) return "image/avif";
  if (at(0, "fLaC")) return "audio/flac";
  if (at(0, "OggS")) return "audio/ogg";
  if (at(0, "\x1A\x45\xDF\xA3")) return "audio/webm";
  if (at(0, "ID3") || at(0, "\xFF\xFB")) return "audio/mpeg";
  if (at(4, "ftyp")) return "audio/mp4";
  return {};
}

}  // namespace vignette::provider
