#pragma once
#include <string>
#include <vector>

#include "wasm/app/update.hpp"
#include "wasm/ui/frame.hpp"

struct ImGuiContext;

namespace vignette::ui_test {

/// Thumbnails of one texture page per 64 items; full pictures in one tile.
class FakePictures : public Pictures {
 public:
  bool have_thumbnails = true;
  int asked = 0;  ///< thumbnails asked for since the last frame began
  std::optional<TextureRect> thumbnail(const ItemId& item) override;
  FullPicture full(const ItemId& item) override;
};

/// A window without a browser or a GPU: an ImGui context whose renderer takes every texture and draws
/// nothing, a state, and a person with a mouse and a keyboard.
class FakeScreen {
 public:
  FakeScreen(float width, float height);
  ~FakeScreen();
  FakeScreen(const FakeScreen&) = delete;
  FakeScreen& operator=(const FakeScreen&) = delete;

  State state;
  ui::Views views;
  FakePictures pictures;
  ui::FrameOutput out;        ///< of the last frame
  std::vector<Event> events;  ///< of all frames since they were last taken
  bool obey = false;          ///< feed events back through update()

  void add_items(int count);  ///< every third without a caption
  void frame(double seconds = 1.0 / 60);
  void frames(int count);
  void resize(float width, float height);

  void move_to(float x, float y);
  void press();
  void release();
  void click(float x, float y);
  void click(const ui::Node& node);
  void key(int imgui_key);

  /// The node with this role and name; fails the test when there is none.
  const ui::Node& node(const std::string& role, const std::string& name) const;
  const ui::Node* find(const std::string& role, const std::string& name) const;
  /// Takes the first event of this kind out of `events`.
  template <class E>
  std::optional<E> take() {
    for (auto at = events.begin(); at != events.end(); ++at) {
      if (E* found = std::get_if<E>(&*at)) {
        E copy = *found;
        events.erase(at);
        return copy;
      }
    }
    return std::nullopt;
  }

 private:
  ImGuiContext* context_;
};

std::shared_ptr<const Item> make_item(int number, const std::string& caption);

}  // namespace vignette::ui_test
