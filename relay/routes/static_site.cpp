#include "relay/routes/static_site.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "relay/http/http_date.hpp"
#include "relay/http/problem.hpp"
#include "relay/routes/caching.hpp"
#include "relay/routes/conditions.hpp"
#include "relay/routes/content_type.hpp"
#include "relay/routes/encoding.hpp"
#include "relay/routes/ranges.hpp"
#include "relay/routes/security_headers.hpp"
#include "relay/routes/site_path.hpp"

namespace vignette::relay {
namespace {

Response not_found(const Request& request) {
  const Problem problem = {
      .status = 404, .code = "not_found", .message = "There is nothing at this address."};
  return problem_response(problem, request.id);
}

// A folder without its slash: relative links in its index.html would resolve one level too high. The redirect
// is relative too, because a proxy may show us under a path we do not know; "./" keeps a name with a colon
// from being read as a scheme.
Response redirect_to_folder(const Request& request) {
  const std::string_view path = request.path();
  std::string location = "./" + std::string(path.substr(path.rfind('/') + 1)) + "/";
  if (!request.query().empty()) location += "?" + std::string(request.query());
  Response response;
  response.status = 308;
  response.set("Location", location);
  response.set("Cache-Control", "no-cache");
  return response;
}

std::string hex(std::uint64_t number) {
  std::string digits;
  do {
    digits.insert(digits.begin(), "0123456789abcdef"[number & 15]);
    number >>= 4;
  } while (number != 0);
  return digits;
}

/// The same content in the encodings there are files for.
struct Variants {
  std::string path;                            // of the plain file
  std::array<std::optional<File>, 3> files{};  // by Encoding
  bool several() const { return files[0].has_value() || files[1].has_value(); }
};

Variants variants_of(const Site& site, std::string path, File plain) {
  Variants all;
  for (const Encoding e : {Encoding::Brotli, Encoding::Gzip}) {
    auto sibling = site.find(path + std::string(sibling_extension(e)));
    if (sibling && sibling->facts().regular) all.files[static_cast<std::size_t>(e)] = std::move(sibling);
  }
  all.files[static_cast<std::size_t>(Encoding::Identity)] = std::move(plain);
  all.path = std::move(path);
  return all;
}

Response send_file(const Request& request, const Variants& all, File file, Encoding encoding) {
  const File::Facts facts = file.facts();
  Validators now = {.etag = "\"" + hex(facts.bytes) + "-" + hex(facts.fingerprint),
                    .modified_s = facts.modified_s};
  if (encoding != Encoding::Identity) now.etag += "-" + std::string(name_of(encoding));
  now.etag += '"';

  const std::string_view name = std::string_view(all.path).substr(all.path.rfind('/') + 1);
  Response response;
  response.set("ETag", now.etag);
  response.set("Last-Modified", format_http_date(now.modified_s));
  response.set("Cache-Control", cache_control(name));
  if (all.several()) response.set("Vary", "Accept-Encoding");
  add_page_protection(response);

  switch (judge_conditions(request, now)) {
    case Verdict::NotModified: response.status = 304; return response;
    case Verdict::PreconditionFailed: {
      const Problem changed = {.status = 412,
                               .code = "precondition_failed",
                               .message = "The file is not the one the request asks for."};
      return problem_response(changed, request.id);
    }
    case Verdict::Send: break;
  }

  FileSlice slice = {.file = std::move(file), .offset = 0, .bytes = facts.bytes};
  const std::string* range = request.method == "GET" ? request.field("Range") : nullptr;
  if (range && range_applies(request, now)) {
    const RangeChoice choice = choose_range(*range, facts.bytes);
    if (std::holds_alternative<Unsatisfiable>(choice)) {
      const Problem outside = {.status = 416,
                               .code = "range_not_satisfiable",
                               .message = "The file ends before the range asked for."};
      Response refusal = problem_response(outside, request.id);
      refusal.set("Content-Range", "bytes */" + std::to_string(facts.bytes));
      return refusal;
    }
    if (const auto* part = std::get_if<ByteRange>(&choice)) {
      response.status = 206;
      response.set("Content-Range", "bytes " + std::to_string(part->first) + "-" +
                                        std::to_string(part->last) + "/" + std::to_string(facts.bytes));
      slice.offset = part->first;
      slice.bytes = part->last - part->first + 1;
    }
  }
  response.set("Accept-Ranges", "bytes");
  response.set("Content-Type", content_type(name));
  if (encoding != Encoding::Identity) response.set("Content-Encoding", name_of(encoding));
  response.body = std::move(slice);
  return response;
}

}  // namespace

Response static_site(const Request& request, const Site& site) {
  auto path = site_path(request.path());
  if (!path) {
    if (path.error().code == ErrorCode::NotFound) return not_found(request);
    const Problem problem = {.status = 400, .code = "bad_path", .message = path.error().message};
    return problem_response(problem, request.id);
  }
  auto file = site.find(*path);
  if (file && file->facts().folder) {
    if (!path->empty() && !path->ends_with('/')) return redirect_to_folder(request);
    *path += "index.html";
    file = site.find(*path);
  }
  if (!file || !file->facts().regular) return not_found(request);

  Variants all = variants_of(site, std::move(*path), std::move(*file));
  for (const Encoding encoding : acceptable_encodings(request.list_field("Accept-Encoding"))) {
    auto& chosen = all.files[static_cast<std::size_t>(encoding)];
    if (chosen) {
      File wanted = std::move(*chosen);
      return send_file(request, all, std::move(wanted), encoding);
    }
  }
  const Problem unwilling = {.status = 406,
                             .code = "not_acceptable",
                             .message = "The file exists in no encoding the request allows."};
  return problem_response(unwilling, request.id);
}

}  // namespace vignette::relay
