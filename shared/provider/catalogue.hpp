#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/json/read.hpp"
#include "shared/provider/model.hpp"

namespace vignette::provider {

/// All providers and models we know. What is built in comes from providers.json beside this file; an
/// operator's file of the same shape changes and adds to it:
///
///   Catalogue all = *Catalogue::built_in().merge(operators_json);
///   std::shared_ptr<const Route> route = all.find("gemini/gemini-3.5-flash-lite");
class Catalogue {
 public:
  static const Catalogue& built_in();
  static Result<Catalogue> parse(std::string_view json);
  /// A new catalogue: providers (by id) and models (by provider and id) of `json` are laid over ours member
  /// by member, a member that is null is taken away, unknown ones are kept.
  Result<Catalogue> merge(std::string_view json) const;
  /// The same with one address changed, as GEMINI_BASE_URL does. Further bases of the provider follow it,
  /// each under the path that the data gives for it.
  Result<Catalogue> with_base(std::string_view provider, std::string_view url) const;

  /// By an operator's alias, "provider/model" (split at the first slash), or a bare id that only one provider
  /// has. A provider that is open-ended answers for any id. Null: nothing of that name.
  std::shared_ptr<const Route> find(std::string_view name) const;
  const Provider* provider(std::string_view id_or_alias) const;
  /// What is listed, in the order of the file; with `today`, only what still lives.
  std::vector<std::shared_ptr<const Route>> with(Ability ability, std::string_view today = {}) const;
  const std::vector<std::shared_ptr<const Route>>& models() const { return models_; }
  const std::vector<Provider>& providers() const { return providers_; }
  const std::map<std::string, std::string, std::less<>>& aliases() const { return aliases_; }

  /// A sentence for each of `used` ("provider/model" or alias) that retires soon or has retired.
  std::vector<std::string> warnings(std::string_view today, const std::vector<std::string>& used) const;

 private:
  static Result<Catalogue> from_json(Json source);

  Json source_;  // so that a merge is a merge of data, not of structs
  std::vector<Provider> providers_;
  std::vector<std::shared_ptr<const Route>> models_;
  std::map<std::string, std::shared_ptr<const Route>, std::less<>> by_name_;
  std::map<std::string, std::string, std::less<>> aliases_;
};

/// "gemini/gemini-3.5-flash-lite"
std::string full_name(const Route& route);

/// providers.json as it was when this was built.
std::string_view built_in_catalogue_json();

}  // namespace vignette::provider
