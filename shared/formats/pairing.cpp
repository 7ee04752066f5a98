#include "shared/formats/pairing.hpp"

#include <array>
#include <set>

#include "shared/base/utf8.hpp"

namespace vignette {
namespace {

std::string extension_in_lower_case(std::string_view path) {
  const std::string name = file_name_of(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? "" : to_lower_ascii(std::string_view(name).substr(dot + 1));
}

std::string without_extension(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::size_t dot = path.rfind('.');
  const std::size_t name_at = slash == std::string_view::npos ? 0 : slash + 1;
  return std::string(dot == std::string_view::npos || dot <= name_at ? path : path.substr(0, dot));
}

bool is_junk(std::string_view path) {
  static constexpr std::array<std::string_view, 3> kLeftBehind = {"thumbs.db", "desktop.ini", "icon\r"};
  const std::string lower = to_lower_ascii(path);
  std::string_view rest = lower;
  while (!rest.empty()) {
    const std::size_t slash = rest.find('/');
    const std::string_view part = rest.substr(0, slash);
    if (part.starts_with('.') || part == "__macosx") return true;
    if (slash == std::string_view::npos) break;
    rest.remove_prefix(slash + 1);
  }
  const std::string name = file_name_of(lower);
  for (const std::string_view known : kLeftBehind) {
    if (name == known) return true;
  }
  return false;
}

}  // namespace

FileRole role_of(std::string_view path) {
  if (is_junk(path)) return FileRole::Junk;
  const std::string extension = extension_in_lower_case(path);
  if (extension == "txt" || extension == "caption") return FileRole::CaptionText;
  if (extension == "zip") return FileRole::Archive;
  static const std::set<std::string_view> kOther = {
      "json", "jsonl", "csv", "md",   "html", "pdf", "toml", "yaml",        "yml",     "xml",
      "npz",  "db",    "doc", "docx", "mp4",  "mov", "avi",  "webm",        "mp3",     "wav",
      "rar",  "7z",    "gz",  "tar",  "exe",  "dmg", "py",   "safetensors", "vignette"};
  // Everything else is looked into: pictures are known by their bytes, whatever they are called.
  return kOther.count(extension) ? FileRole::Other : FileRole::Picture;
}

Pairing pair_captions(const std::vector<std::string>& pictures, const std::vector<std::string>& captions) {
  // Keys lower-case the caption's extension only; stems must match to the letter, as trainers want it.
  std::map<std::string, std::string> by_stem;  // "dir/stem" → caption path; .txt before .caption
  for (const std::string& path : captions) {
    const std::string key = without_extension(path);
    const auto known = by_stem.find(key);
    if (known == by_stem.end() || extension_in_lower_case(path) == "txt") by_stem[key] = path;
  }
  Pairing out;
  std::map<std::string, int> uses;
  for (const std::string& picture : pictures) {
    auto found = by_stem.find(picture);
    if (found == by_stem.end()) found = by_stem.find(without_extension(picture));
    if (found == by_stem.end()) continue;
    out.caption_of[picture] = found->second;
    ++uses[found->second];
  }
  for (const auto& [key, path] : by_stem) {
    const auto used = uses.find(path);
    if (used == uses.end()) {
      out.orphans.push_back(path);
    } else if (used->second > 1) {
      out.shared.push_back(path);
    }
  }
  return out;
}

std::string caption_from_file(std::string_view text) {
  const std::string valid = to_utf8(text);
  std::string out;
  out.reserve(valid.size());
  for (std::size_t i = 0; i < valid.size(); ++i) {
    if (valid[i] == '\r') {
      out.push_back('\n');
      if (i + 1 < valid.size() && valid[i + 1] == '\n') ++i;
    } else if (valid[i] != '\0') {
      out.push_back(valid[i]);
    }
  }
  return std::string(trim(out));
}

}  // namespace vignette
