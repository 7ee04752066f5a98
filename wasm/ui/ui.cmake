# Every view of the app, on Dear ImGui. Draws to whatever back end the caller has: WebGL in the site, nothing in tests.
set(icons_header "${CMAKE_CURRENT_BINARY_DIR}/generated/wasm/ui/icons.hpp")
find_program(VIGNETTE_NODE node REQUIRED NO_CMAKE_FIND_ROOT_PATH)
add_custom_command(
  OUTPUT "${icons_header}"
  COMMAND "${VIGNETTE_NODE}" "${CMAKE_CURRENT_SOURCE_DIR}/ui/make_icons.mjs" "${CMAKE_CURRENT_SOURCE_DIR}/ui/icons.txt"
          "${PROJECT_SOURCE_DIR}/node_modules/lucide-static/font/codepoints.json" "${icons_header}"
  DEPENDS ui/make_icons.mjs ui/icons.txt
  VERBATIM)

add_library(vignette_ui STATIC
  "${icons_header}"
  ui/bars/rail.cpp
  ui/bars/status_line.cpp
  ui/bars/top_bar.cpp
  ui/captioning/common.cpp
  ui/captioning/compare_dialog.cpp
  ui/captioning/connect_card.cpp
  ui/captioning/generate_card.cpp
  ui/captioning/item_cards.cpp
  ui/captioning/preset_dialog.cpp
  ui/captioning/run_card.cpp
  ui/derived.cpp
  ui/derived_generate.cpp
  ui/fade.cpp
  ui/fonts.cpp
  ui/frame.cpp
  ui/grid_layout.cpp
  ui/layout.cpp
  ui/overlays/about.cpp
  ui/overlays/confirm.cpp
  ui/overlays/dataset_dialogs.cpp
  ui/overlays/drop_target.cpp
  ui/overlays/key_sheet.cpp
  ui/overlays/palette.cpp
  ui/overlays/rejections.cpp
  ui/overlays/toasts.cpp
  ui/panels/banner.cpp
  ui/panels/caption_texts.cpp
  ui/panels/history_panel.cpp
  ui/rooms/affix_card.cpp
  ui/rooms/author.cpp
  ui/rooms/caption.cpp
  ui/rooms/caption_panel.cpp
  ui/rooms/dataset_card.cpp
  ui/rooms/datasets.cpp
  ui/rooms/empty_library.cpp
  ui/rooms/export.cpp
  ui/rooms/export_options.cpp
  ui/rooms/export_preview.cpp
  ui/rooms/film_strip.cpp
  ui/rooms/grid.cpp
  ui/rooms/grid_cell.cpp
  ui/rooms/info_panel.cpp
  ui/rooms/ledger.cpp
  ui/rooms/library.cpp
  ui/rooms/picture_view.cpp
  ui/rooms/settings.cpp
  ui/rooms/single_view.cpp
  ui/rooms/storage_card.cpp
  ui/text.cpp
  ui/text_class.cpp
  ui/theme.cpp
  ui/tree.cpp
  ui/widgets/area.cpp
  ui/widgets/button.cpp
  ui/widgets/choice.cpp
  ui/widgets/dialog.cpp
  ui/widgets/labels.cpp
  ui/widgets/picker.cpp
  ui/widgets/progress.cpp
  ui/widgets/region.cpp
  ui/widgets/slider.cpp
  ui/widgets/text_field.cpp
  ui/widgets/thumbnail.cpp
  ui/widgets/tooltip.cpp
  ui/words.cpp)
vignette_ours(vignette_ui)
target_include_directories(vignette_ui PUBLIC "${CMAKE_CURRENT_BINARY_DIR}/generated")
# Shipped to every visitor: small beats fast, and drawing is not where the time goes.
target_compile_options(vignette_ui PRIVATE $<$<AND:$<BOOL:${EMSCRIPTEN}>,$<CONFIG:Release>>:-Oz>)
target_link_libraries(vignette_ui PUBLIC vignette_app vignette::imgui PRIVATE vignette::nlohmann)
