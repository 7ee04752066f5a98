#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace vignette {

/// A path as archives may hold it: `\` becomes `/`, "." and empty parts go, a slash at the end stays.
/// Refuses what could leave the folder it is unpacked to: "..", drive letters, a leading slash, control
/// characters.
Result<std::string> safe_archive_path(std::string_view name);

/// What a program left behind for itself: __MACOSX/…, ._*, .DS_Store, Thumbs.db, desktop.ini.
bool is_archive_junk(std::string_view path);

/// The code page of MS-DOS, which names are in when nothing says otherwise.
std::string utf8_from_cp437(std::string_view bytes);

}  // namespace vignette
