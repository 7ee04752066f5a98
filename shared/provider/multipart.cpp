#include "shared/provider/multipart.hpp"

#include "shared/base/utf8.hpp"
#include "shared/provider/body_writer.hpp"

namespace vignette::provider {
namespace {

constexpr std::size_t kMostParts = 64;
constexpr std::size_t kMostHeaderBytes = 4096;

/// As browsers do it: a quote or line break in a name can't end the name.
std::string escape_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    switch (c) {
      case '"': out += "%22"; break;
      case '\r': out += "%0D"; break;
      case '\n': out += "%0A"; break;
      default: out += c;
    }
  }
  return out;
}

/// A media type that came from a stranger must not bring header lines of its own.
std::string clean_mime(std::string_view mime) {
  for (const char c : mime) {
    if (c <= 0x20 || c >= 0x7F) return "application/octet-stream";
  }
  return mime.empty() ? "application/octet-stream" : std::string(mime);
}

Error broken(const char* what) {
  return {ErrorCode::InvalidInput, std::string("This form is damaged: ") + what + ".",
          "Send it as multipart/form-data, as an OpenAI client does."};
}

/// name="…" or name=…; quotes and backslashes as in RFC 7578's practice.
std::string parameter(std::string_view header, std::string_view name) {
  std::size_t at = 0;
  const std::string lower = to_lower_ascii(header);
  const std::string wanted = std::string(name) + "=";
  while ((at = lower.find(wanted, at)) != std::string::npos) {
    const char before = at == 0 ? ';' : lower[at - 1];
    at += wanted.size();
    if (before != ';' && before != ' ' && before != '\t') continue;  // filename= also ends in name=
    if (at < header.size() && header[at] == '"') {
      const std::size_t end = header.find('"', at + 1);
      return end == std::string_view::npos ? std::string{} : std::string(header.substr(at + 1, end - at - 1));
    }
    return std::string(trim(header.substr(at, header.find(';', at) - at)));
  }
  return {};
}

void read_header_lines(std::string_view head, FormPart& part) {
  while (!head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = to_lower_ascii(trim(line.substr(0, colon)));
    const std::string_view value = trim(line.substr(colon + 1));
    if (name == "content-disposition") {
      part.name = parameter(value, "name");
      part.file_name = parameter(value, "filename");
    } else if (name == "content-type") {
      part.mime = to_lower_ascii(trim(value.substr(0, value.find(';'))));
    }
  }
}

}  // namespace

Body write_multipart(std::string_view boundary, const std::vector<FormField>& fields, const FormFile& file) {
  std::string head;
  const auto begin_part = [&](std::string_view name) {
    head.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"");
    head.append(escape_name(name)).append("\"");
  };
  for (const FormField& field : fields) {
    begin_part(field.name);
    head.append("\r\n\r\n").append(field.value).append("\r\n");
  }
  begin_part(file.name);
  head.append("; filename=\"").append(escape_name(file.file_name)).append("\"\r\nContent-Type: ");
  head.append(clean_mime(file.media.mime)).append("\r\n\r\n");
  Body body;
  body.push_back({share(std::move(head)), Piece::As::Plain});
  body.push_back(raw_body(file.media).front());
  body.push_back({share("\r\n--" + std::string(boundary) + "--\r\n"), Piece::As::Plain});
  return body;
}

std::string multipart_content_type(std::string_view boundary) {
  return "multipart/form-data; boundary=" + std::string(boundary);
}

Result<std::string> boundary_of(std::string_view content_type) {
  if (!to_lower_ascii(content_type).starts_with("multipart/form-data")) {
    return broken("its Content-Type is not multipart/form-data");
  }
  std::string boundary = parameter(content_type, "boundary");
  if (boundary.empty() || boundary.size() > 70)
    return broken("its boundary is missing or longer than 70 characters");
  return boundary;
}

Result<std::vector<FormPart>> read_multipart(std::string_view body, std::string_view boundary) {
  const std::string delimiter = "\r\n--" + std::string(boundary);
  const std::string_view first = std::string_view(delimiter).substr(2);
  std::size_t at = 0;
  if (!body.starts_with(first)) {
    // A preamble is allowed and ignored.
    at = body.find(delimiter);
    if (at == std::string_view::npos) return broken("its boundary does not occur in it");
    at += 2;
  }
  std::vector<FormPart> parts;
  for (;;) {
    at += first.size();
    if (body.substr(at).starts_with("--")) return parts;
    if (!body.substr(at).starts_with("\r\n")) return broken("a boundary is not followed by a line end");
    // The blank line may follow at once: a part without headers.
    const std::size_t blank = body.find("\r\n\r\n", at);
    if (blank == std::string_view::npos || blank - at > kMostHeaderBytes)
      return broken("a part has no end of headers");
    FormPart part;
    if (blank > at) read_header_lines(body.substr(at + 2, blank - at - 2), part);
    const std::size_t from = blank + 4;
    const std::size_t end = body.find(delimiter, from - 2);
    if (end == std::string_view::npos) return broken("its end is missing");
    part.content = end < from ? std::string_view{} : body.substr(from, end - from);
    parts.push_back(std::move(part));
    if (parts.size() > kMostParts) return broken("it has more than 64 parts");
    at = end + 2;
  }
}

}  // namespace vignette::provider
