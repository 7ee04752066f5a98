#pragma once
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "tests/emulator/core/json.hpp"

namespace vignette::emulator {

/// One model of one provider. `abilities` are letters: t text, v vision, s speech to text, i image, e
/// embedding of text, p embedding of pictures, c captions only (BLIP), k can think, 1 takes one picture only.
struct Model {
  std::string provider, id, abilities;
  int dimensions = 0;
  std::string retires;  ///< "2026-12-01"; a retired model answers until a test sets the date
  bool can(char ability) const { return abilities.find(ability) != std::string::npos; }
};

/// The catalogue. Tests add models, remove them, and choose today's date.
class Models {
 public:
  Models();
  std::optional<Model> find(const std::string& provider, const std::string& id) const;
  std::vector<Model> of(const std::string& provider) const;
  void add(Model model);
  void remove(const std::string& provider, const std::string& id);
  void set_today(std::string date);
  void clear();  ///< back to what the program starts with

 private:
  bool alive(const Model& model) const {
    return today_.empty() || model.retires.empty() || today_ < model.retires;
  }

  mutable std::mutex mutex_;
  std::vector<Model> models_;
  std::string today_;
};

}  // namespace vignette::emulator
