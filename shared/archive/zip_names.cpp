#include "shared/archive/zip_names.hpp"

#include <algorithm>

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

/// Names arrive from strangers: quoted in messages they stay short and on one line.
std::string quoted(std::string_view name) {
  std::string out = "\"";
  std::size_t shown = 0;
  std::string text = to_utf8(name);
  for (std::size_t at = 0; at < text.size(); ++shown) {
    if (shown == 80) {
      out += "…";
      break;
    }
    const char32_t c = next_code_point(text, at);
    append_utf8(out, c < 0x20 || c == 0x7F ? U'\uFFFD' : c);
  }
  return out + "\"";
}

Error refused(std::string_view name, const char* why) {
  return {ErrorCode::Refused, "The archive entry " + quoted(name) + " " + why + ".",
          "It was left out, so that nothing outside the dataset can be touched."};
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool starts_with_drive(std::string_view path) {
  const char letter = path.empty() ? '\0' : static_cast<char>(path[0] | 0x20);
  return path.size() >= 2 && path[1] == ':' && letter >= 'a' && letter <= 'z';
}

}  // namespace

Result<std::string> safe_archive_path(std::string_view name) {
  if (name.empty()) return refused(name, "has no name");
  if (std::any_of(name.begin(), name.end(), is_control))
    return refused(name, "has control characters in its name");
  if (starts_with_drive(name)) return refused(name, "names a drive");

  std::string slashes(name);
  std::replace(slashes.begin(), slashes.end(), '\\', '/');
  if (slashes[0] == '/') return refused(name, "begins at the root of the disk");

  std::string path;
  for (std::size_t begin = 0; begin <= slashes.size();) {
    const std::size_t end = std::min(slashes.find('/', begin), slashes.size());
    const std::string_view part = std::string_view(slashes).substr(begin, end - begin);
    begin = end + 1;
    if (part == "..") return refused(name, "points outside its folder");
    if (part.empty() || part == ".") continue;
    if (!path.empty()) path += '/';
    path += part;
  }
  if (path.empty()) return refused(name, "has no name");
  // "./c:x" must not turn into a drive either.
  if (starts_with_drive(path)) return refused(name, "names a drive");
  if (slashes.back() == '/') path += '/';
  return path;
}

bool is_archive_junk(std::string_view path) {
  const std::string lower = to_lower_ascii(path);
  if (lower.starts_with("__macosx/") || lower.find("/__macosx/") != std::string::npos) return true;
  const std::size_t slash = lower.find_last_of('/');
  const std::string_view base = std::string_view(lower).substr(slash == std::string::npos ? 0 : slash + 1);
  return base.starts_with("._") || base == ".ds_store" || base == "thumbs.db" || base == "desktop.ini";
}

std::string utf8_from_cp437(std::string_view bytes) {
  static constexpr char16_t kUpper[] =
      u"ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
      u"└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00A0";
  static_assert(sizeof kUpper / sizeof *kUpper == 128 + 1);
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(out, byte < 128 ? static_cast<char32_t>(byte) : static_cast<char32_t>(kUpper[byte - 128]));
  }
  return out;
}

}  // namespace vignette
