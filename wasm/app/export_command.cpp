#include "wasm/app/call.hpp"

// The arguments of "export".

namespace vignette {
namespace {

ExportFormat format_of(Call& call) {
  const std::string named = call.args.text("format", "");
  if (named == "replicate") return ExportFormat::Replicate;
  if (named == "webdata") return ExportFormat::WebData;
  if (named == "webdataset") return ExportFormat::WebDataset;
  if (!named.empty()) call.args.refuse("format", "\"replicate\", \"webdata\" or \"webdataset\"");
  return call.request == 0 ? call.state.session.export_format : ExportFormat::Replicate;
}

void read_missing(Call& call, Args& given, ReplicateOptions& options) {
  const std::string missing = given.text("missing", "");
  if (missing == "skip")
    options.missing = MissingCaption::Skip;
  else if (missing == "empty")
    options.missing = MissingCaption::WriteEmpty;
  else if (missing == "stop")
    options.missing = MissingCaption::Stop;
  else if (!missing.empty())
    call.args.refuse("options.missing", "\"skip\", \"empty\" or \"stop\"");
}

void read_names(Call& call, Args& given, ReplicateOptions& options) {
  const std::string names = given.text("names", "");
  if (names == "keep")
    options.names = NameStyle::Keep;
  else if (names == "sequential")
    options.names = NameStyle::Sequential;
  else if (!names.empty())
    call.args.refuse("options.names", "\"keep\" or \"sequential\"");
}

}  // namespace

void export_command(Call& call) {
  ReplicateOptions options = call.request == 0 ? call.state.session.export_options : ReplicateOptions{};
  const ExportFormat format = format_of(call);
  if (format == ExportFormat::WebDataset && call.request != 0) options.missing = MissingCaption::Skip;
  Args given = call.args.inside("options");
  read_missing(call, given, options);
  read_names(call, given, options);
  options.strip_metadata = given.flag("strip_metadata", options.strip_metadata);
  options.selected_only = given.flag("selected_only", options.selected_only);
  if (given.error()) call.error = given.error();
  if (call.error || call.args.error()) return;
  start_export(call.state, format, options, call.request, call.effects);
  call.answers_later = true;
}

}  // namespace vignette
