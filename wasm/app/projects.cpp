#include <nlohmann/json.hpp>

#include "wasm/app/parts.hpp"

// The dataset as one file, there and back.

namespace vignette {
namespace {

std::vector<Commit> not_stored(const Storage& storage) {
  if (!storage.trouble) return {};
  return {storage.waiting.begin(), storage.waiting.end()};
}

}  // namespace

bool is_project_file(std::string_view path) {
  return path.ends_with(".vignette") || path.ends_with(".sqlite");
}

void save_project(State& state, bool pictures, std::uint32_t request, Effects& effects) {
  save_draft(state, effects);
  SaveProject save{request, 0, pictures, not_stored(state.storage)};
  if (request == 0) {
    Job job;
    job.id = save.job = state.next_number++;
    job.kind = JobKind::Project;
    job.label = "Save " + (state.document().name.empty() ? "Untitled" : state.document().name) + ".vignette";
    job.total = pictures ? static_cast<int>(state.document().items.size()) : 0;
    state.export_requests[job.id] = 0;
    state.jobs.push_back(std::move(job));
  }
  effects.emplace_back(std::move(save));
}

void save_catalogue(State& state, bool damaged, std::uint32_t request, Effects& effects) {
  save_draft(state, effects);
  effects.emplace_back(
      SaveCatalogue{request, damaged, damaged ? std::vector<Commit>{} : not_stored(state.storage)});
}

void open_project(State& state, const FileEntry& file, std::uint32_t request, Effects& effects) {
  if (!state.storage.open) {
    const Error error{ErrorCode::Unsupported, "Project files need the browser's storage, which is not there.",
                      "Reload the page, or use a newer browser."};
    show_error(state, effects, error);
    answer(effects, request, error);
    return;
  }
  OpenWish wish;
  wish.kind = OpenWish::Kind::Project;
  wish.source = file.source;
  wish.name = file.path;
  wish.request = request;
  if (const auto refusal = open_when_saved(state, std::move(wish), effects)) {
    show_error(state, effects, *refusal);
    answer(effects, request, *refusal);
  }
}

}  // namespace vignette
