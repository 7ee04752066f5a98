#include "wasm/app/captioning_parts.hpp"
#include "wasm/ui/derived.hpp"

namespace vignette::ui {

const GeneratePlan& Derived::generate_plan(const State& state) {
  follows(state.document());
  const Captioning& captioning = state.captioning;
  const GenerateForm& form = captioning.form;
  const auto samples = captioning.samples.find(form.model);
  std::string key = form.scope + "|" + std::to_string(static_cast<int>(form.policy)) +
                    (form.also_people ? "p" : "") + (form.slow ? "s" : "") +
                    std::to_string(form.concurrency) + "|" + form.model + "|" + form.preset + "|" +
                    form.parameter_error + "|" + std::to_string(captioning.failed.size()) + "|" +
                    std::to_string(captioning.busy.size()) + "|" + std::to_string(captioning.presets.size()) +
                    "|" + std::to_string(samples == captioning.samples.end() ? 0 : samples->second.size()) +
                    "|" + state.session.selection.focus;
  if (generate_ && generate_key_ == key && generate_selection_ == state.session.selection.ids)
    return *generate_;
  generate_key_ = std::move(key);
  generate_selection_ = state.session.selection.ids;
  const RunSpec spec = spec_of_form(state);
  GeneratePlan plan;
  plan.scope = caption::plan_scope(state.document(), spec.request);
  plan.estimate = estimate_of(state, spec, plan.scope.items.size());
  if (const auto ready = caption::check_ready(spec.preset, spec.context); !ready)
    plan.problem = ready.error().message + " " + ready.error().hint;
  if (plan.problem.empty() && spec.model.empty()) plan.problem = "Choose a model.";
  if (plan.problem.empty() && !form.parameter_error.empty()) plan.problem = form.parameter_error;
  generate_ = std::move(plan);
  return *generate_;
}

}  // namespace vignette::ui
