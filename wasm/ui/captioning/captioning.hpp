#pragma once
#include <imgui_internal.h>

#include "wasm/ui/ui.hpp"

namespace vignette::ui {

// The parts of generating captions, in ImGui's layout unless they have a rectangle.

/// Where models are: one field, what it found, and what is connected. `first_use` is the short form.
void connect_card(Ui& ui, bool first_use);
/// Model, preset, scope and rules; while captions are being generated, how it goes.
void generate_card(Ui& ui);
/// What is under way: numbers, rate, what waits and why.
void run_card(Ui& ui, const Run& run);
/// Pictures that failed, each with its sentence and a way to try again.
void failed_list(Ui& ui);
/// What the preset's checks say about this caption, with a way to fix what can be fixed.
void checks_card(Ui& ui, const Item& item, const std::string& text);
/// A model's answer that waits for somebody to decide.
void suggestion_card(Ui& ui, const Item& item);
/// What a model said about the things in the picture.
/// What a caption made on this machine was made of, and how sure that was.
void seen_card(Ui& ui, const Item& item);
void description_card(Ui& ui, const Item& item);
/// Settings: own presets, and own entries of the provider catalogue.
void presets_card(Ui& ui);

void compare_dialog(Ui& ui);
void preset_dialog(Ui& ui);

/// {"key": …, "value": …} of generate.set and presets.draft.
std::string key_value(std::string_view key, std::string_view value);
/// One text argument.
std::string argument(std::string_view name, std::string_view value);

/// The badge of a picture that is waiting, running or has failed; null: nothing of that.
const char* run_icon(const State& state, const ItemId& item);
/// The same in words: "failed: The provider is busy."
std::string run_words(const State& state, const ItemId& item);

}  // namespace vignette::ui
