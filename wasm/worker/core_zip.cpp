#include <emscripten/emscripten.h>
#include <limits>
#include <nlohmann/json.hpp>

#include "shared/archive/crc32.hpp"
#include "shared/archive/zip_reader.hpp"
#include "shared/archive/zip_writer.hpp"
#include "wasm/worker/reply.hpp"

// Archives. JavaScript reads the pieces of the file it is told to and hands them in; offsets and sizes are
// doubles in both directions, exact up to 9 petabytes.

namespace vignette::worker {
namespace {

using nlohmann::json;

// --- reading

const char* name_of(ZipSkip skip) {
  switch (skip) {
    case ZipSkip::None: return "";
    case ZipSkip::Folder: return "folder";
    case ZipSkip::Link: return "link";
    case ZipSkip::Junk: return "junk";
    case ZipSkip::Replaced: return "replaced";
  }
  return "";
}

json json_of(const ZipEntry& entry) {
  json out = {{"name", entry.name},          {"method", entry.method},
              {"crc32", entry.crc32},        {"storedSize", entry.stored_size},
              {"size", entry.size},          {"headerOffset", entry.header_offset},
              {"endLimit", entry.end_limit}, {"time", time_from(civil_from(entry.time))}};
  if (entry.skip != ZipSkip::None) out["skip"] = name_of(entry.skip);
  if (entry.problem) {
    out["problem"] = {{"code", vignette::name_of(entry.problem->code)},
                      {"message", entry.problem->message},
                      {"hint", entry.problem->hint}};
  }
  return out;
}

/// An entry as json_of wrote it, perhaps after a detour through a page's memory: nothing in it is believed.
ZipEntry entry_from(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  ZipEntry out;
  const auto number = [&](const char* key) -> std::uint64_t {
    const auto found = in.is_object() ? in.find(key) : in.end();
    return found != in.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
  };
  if (in.is_object() && in.contains("name") && in["name"].is_string())
    out.name = in["name"].get<std::string>();
  out.method = static_cast<std::uint16_t>(number("method"));
  out.crc32 = static_cast<std::uint32_t>(number("crc32"));
  out.stored_size = number("storedSize");
  out.size = number("size");
  out.header_offset = number("headerOffset");
  out.end_limit = number("endLimit");
  return out;
}

int locate(ByteView tail, double file_bytes) {
  const auto found = locate_directory(tail, static_cast<std::uint64_t>(file_bytes));
  if (!found) return fail(found.error());
  if (const auto* more = std::get_if<MoreTail>(&*found)) return succeed({{"tailBytes", more->bytes}});
  const auto& place = std::get<ZipDirectoryPlace>(*found);
  return succeed({{"offset", place.offset},
                  {"size", place.size},
                  {"entries", place.entries},
                  {"prepended", place.prepended}});
}

int directory(ByteView bytes, const ZipDirectoryPlace& place) {
  const auto read = read_directory(bytes, place);
  if (!read) return fail(read.error());
  json entries = json::array();
  for (const ZipEntry& entry : read->entries) entries.push_back(json_of(entry));
  return succeed({{"entries", std::move(entries)}, {"warnings", read->warnings}});
}

// --- writing

/// {name, size, crc32, time?} for a file that goes between the heads, {name, pieces: [[size, crc32], …],
/// time?} for one that several workers summed, {name, text, time?} for a text that becomes part of the head.
struct PlannedFile {
  ZipFile file;
  std::optional<std::string> text;
};

std::optional<PlannedFile> planned_from(const json& in) {
  if (!in.is_object() || !in.contains("name") || !in["name"].is_string()) return std::nullopt;
  PlannedFile out;
  out.file.name = in["name"].get<std::string>();
  if (const auto time = in.find("time"); time != in.end() && time->is_number()) {
    out.file.time = dos_time_from(civil_from(static_cast<TimeMs>(time->get<double>())));
  }
  const auto is_count = [](const json& value) { return value.is_number_unsigned(); };
  if (const auto text = in.find("text"); text != in.end() && text->is_string()) {
    out.text = text->get<std::string>();
    out.file.size = out.text->size();
    out.file.crc32 = crc32(as_bytes(*out.text));
    return out;
  }
  if (const auto pieces = in.find("pieces"); pieces != in.end() && pieces->is_array()) {
    for (const json& piece : *pieces) {
      if (!piece.is_array() || piece.size() != 2 || !is_count(piece[0]) || !is_count(piece[1]))
        return std::nullopt;
      const auto size = piece[0].get<std::uint64_t>();
      out.file.size += size;
      out.file.crc32 = crc32_combine(out.file.crc32, piece[1].get<std::uint32_t>(), size);
    }
    return out;
  }
  if (!in.contains("size") || !in.contains("crc32") || !is_count(in["size"]) || !is_count(in["crc32"]))
    return std::nullopt;
  out.file.size = in["size"].get<std::uint64_t>();
  out.file.crc32 = in["crc32"].get<std::uint32_t>();
  return out;
}

/// One buffer of all heads; `ends` says where the content of each file that is no text cuts in.
int plan(std::string_view text) {
  const json entries = json::parse(text, nullptr, false);
  if (!entries.is_array()) return fail({ErrorCode::InvalidInput, "The plan of the archive is no list.", ""});
  ZipWriter writer;
  Bytes heads;
  json ends = json::array();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto planned = planned_from(entries[i]);
    if (!planned) {
      return fail({ErrorCode::InvalidInput,
                   "Entry " + std::to_string(i + 1) + " of the archive lacks a name, size or checksum.", ""});
    }
    const Result<Bytes> head = writer.add(planned->file);
    if (!head) return fail(head.error());
    heads.insert(heads.end(), head->begin(), head->end());
    if (planned->text) {
      heads.insert(heads.end(), planned->text->begin(), planned->text->end());
    } else {
      ends.push_back(heads.size());
    }
  }
  Bytes tail = writer.finish();
  return succeed({{"ends", std::move(ends)}, {"size", writer.offset()}}, std::move(heads), std::move(tail));
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE int core_zip_locate(const std::uint8_t* tail, std::size_t size, double file_bytes) {
  return locate({tail, size}, file_bytes);
}
EMSCRIPTEN_KEEPALIVE int core_zip_directory(const std::uint8_t* bytes, std::size_t size, double offset,
                                            double entries, double prepended) {
  return directory({bytes, size},
                   {static_cast<std::uint64_t>(offset), size, static_cast<std::uint64_t>(entries),
                    static_cast<std::uint64_t>(prepended)});
}
EMSCRIPTEN_KEEPALIVE int core_zip_data_offset(const char* entry, std::size_t entry_size,
                                              const std::uint8_t* header, std::size_t size) {
  const auto offset = data_offset(entry_from({entry, entry_size}), {header, size});
  return offset ? succeed({{"offset", *offset}}) : fail(offset.error());
}
EMSCRIPTEN_KEEPALIVE int core_zip_inflate(const char* entry, std::size_t entry_size,
                                          const std::uint8_t* stored, std::size_t size) {
  Result<Bytes> content = inflate_entry(entry_from({entry, entry_size}), {stored, size});
  return content ? succeed(json::object(), std::move(*content)) : fail(content.error());
}
EMSCRIPTEN_KEEPALIVE int core_zip_plan(const char* entries, std::size_t size) {
  return plan({entries, size});
}
}

}  // namespace vignette::worker
