#include "tests/app/ui/fake_screen.hpp"

#include <cstdio>
#include <doctest/doctest.h>
#include <imgui.h>

namespace vignette::ui_test {

std::optional<TextureRect> FakePictures::thumbnail(const ItemId& item) {
  ++asked;
  if (!have_thumbnails) return std::nullopt;
  const auto page = static_cast<std::uint64_t>(std::stoi(item.substr(4)) / 64);
  return TextureRect{100 + page, 0, 0, 1, 1, 160, 120};
}

FullPicture FakePictures::full(const ItemId& /*item*/) {
  return {1600, 1200, {{{900, 0, 0, 1, 1, 1600, 1200}, 0, 0}}, true};
}

std::shared_ptr<const Item> make_item(int number, const std::string& caption) {
  char name[32];
  std::snprintf(name, sizeof name, "item%05d", number);
  Item item;
  item.id = name;
  item.name = std::string(name) + ".jpg";
  item.path = "shoot/" + item.name;
  item.bytes = 200'000;
  item.format = Format::Jpeg;
  item.width = 1600;
  item.height = 1200;
  item.animated = number % 7 == 0;
  item.alpha = number % 5 == 0;
  if (number % 11 == 0) item.also_at.push_back("copy/" + item.name);
  if (!caption.empty()) item.captions[kMainSet] = {caption, {AuthorKind::Import, ""}, 0};
  return std::make_shared<const Item>(std::move(item));
}

namespace {

/// What a renderer does with texture requests, without the textures.
void accept_textures() {
  for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
    if (texture->Status == ImTextureStatus_WantDestroy) {
      texture->SetTexID(ImTextureID_Invalid);
      texture->SetStatus(ImTextureStatus_Destroyed);
    } else if (texture->Status != ImTextureStatus_Destroyed) {
      if (texture->TexID == ImTextureID_Invalid) texture->SetTexID(1);
      texture->SetStatus(ImTextureStatus_OK);
    }
  }
}

}  // namespace

FakeScreen::FakeScreen(float width, float height) : context_(ImGui::CreateContext()) {
  ImGui::SetCurrentContext(context_);
  ui::configure();
  ImGuiIO& io = ImGui::GetIO();
  io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
  io.DisplayFramebufferScale = {1, 1};
  io.ConfigInputTrickleEventQueue = false;
  io.AddFocusEvent(true);
  resize(width, height);
  views.lint = true;
  state.now = 1'000'000;
  state.session.reduced_motion = true;
  Document document;
  document.id = "d";
  document.name = "Red vases";
  document.reindex();
  state.history = History(document);
}

FakeScreen::~FakeScreen() { ImGui::DestroyContext(context_); }

void FakeScreen::resize(float width, float height) { ImGui::GetIO().DisplaySize = {width, height}; }

void FakeScreen::add_items(int count) {
  Document document = state.document();
  const int known = static_cast<int>(document.items.size());
  for (int i = known; i < known + count; ++i)
    document.items.push_back(make_item(i, i % 3 == 0 ? "" : "a red vase, number " + std::to_string(i)));
  document.reindex();
  state.history = History(document);
  if (count > 0) state.session.selection.focus = state.document().items.front()->id;
}

void FakeScreen::frame(double seconds) {
  ImGui::GetIO().DeltaTime = static_cast<float>(seconds);
  out = {};
  pictures.asked = 0;
  ImGui::NewFrame();
  ui::draw(state, views, pictures, out);
  ImGui::Render();
  accept_textures();
  for (const Event& event : out.events) {
    events.push_back(event);
    if (obey) update(state, event, state.now);
  }
}

void FakeScreen::frames(int count) {
  for (int i = 0; i < count; ++i) frame();
}

void FakeScreen::move_to(float x, float y) {
  ImGui::GetIO().AddMousePosEvent(x, y);
  frame();
}
void FakeScreen::press() {
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  frame();
}
void FakeScreen::release() {
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  frame();
}
void FakeScreen::click(float x, float y) {
  move_to(x, y);
  press();
  release();
  frame(0.5);  // the next click is not the second half of a double click
}
void FakeScreen::click(const ui::Node& node) {
  click(node.rect.x + node.rect.w / 2, node.rect.y + node.rect.h / 2);
}

void FakeScreen::key(int imgui_key) {
  ImGui::GetIO().AddKeyEvent(static_cast<ImGuiKey>(imgui_key), true);
  frame();
  ImGui::GetIO().AddKeyEvent(static_cast<ImGuiKey>(imgui_key), false);
  frame();
}

const ui::Node* FakeScreen::find(const std::string& role, const std::string& name) const {
  for (const ui::Node& node : out.nodes) {
    if (node.role == role && node.name == name) return &node;
  }
  return nullptr;
}

const ui::Node& FakeScreen::node(const std::string& role, const std::string& name) const {
  const ui::Node* found = find(role, name);
  INFO("looking for ", role, " \"", name, "\"");
  REQUIRE(found != nullptr);
  return *found;
}

}  // namespace vignette::ui_test
