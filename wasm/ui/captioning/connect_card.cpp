#include "shared/provider/recognise.hpp"
#include "wasm/ui/captioning/captioning.hpp"
#include "wasm/ui/icons.hpp"
#include "wasm/ui/widgets/button.hpp"
#include "wasm/ui/widgets/choice.hpp"
#include "wasm/ui/widgets/labels.hpp"
#include "wasm/ui/widgets/text_field.hpp"

// One field takes a code or a key and says what it takes it for.

namespace vignette::ui {
namespace {

std::string number_args(ConnectionId number) { return "{\"number\":" + std::to_string(number) + "}"; }

/// What the typed text looks like, before anything is sent.
std::string recognised(const Ui& ui, const std::string& typed) {
  if (typed.empty()) return "An access code, or a key of Gemini, OpenAI, Anthropic, NVIDIA, Hugging Face …";
  const std::string_view whose = provider::provider_of_key(typed);
  if (whose.empty()) return "This is taken for an access code.";
  const provider::Provider* found = ui.state.captioning.all().provider(whose);
  const std::string name = found ? found->name : std::string(whose);
  if (found && found->browser == "no")
    return "This looks like a key of " + name + ", which can only be used through a relay.";
  return "This looks like a key of " + name + ". It is used from this page, directly.";
}

void fields(Ui& ui, bool first_use) {
  const auto kept = ui.state.session.fields.find("connect-secret");
  const std::string typed =
      typed_text(ui, "connect-secret", "", kept == ui.state.session.fields.end() ? "" : kept->second);
  field_label(ui, "Access code or key");
  text_field(ui, {.field = "connect-secret",
                  .label = "Access code or key",
                  .text = typed.empty() ? "" : "••••••••",
                  .placeholder = "Type or paste it here"});
  hint(ui, recognised(ui, typed));
  if (!first_use) {
    field_label(ui, "Relay");
    const auto& known = ui.state.session.fields;
    const auto relay = known.find("connect-relay");
    text_field(ui, {.field = "connect-relay",
                    .label = "Address of the relay",
                    .text = typed_text(ui, "connect-relay", "", relay == known.end() ? "" : relay->second),
                    .placeholder = "Where this page came from"});
  }
  if (toggle(ui, "remember", "Remember on this device", ui.state.captioning.remember,
             "Otherwise it is forgotten when the page closes."))
    ui.run("connect.remember");
  const bool none = typed.empty();
  if (button(ui, "connect", "Connect",
             {.kind = ButtonLook::Kind::Primary,
              .icon = icon::kCheck,
              .disabled = none,
              .tip = none ? "Type a code or a key first" : ""}))
    ui.run("connect.typed");
}

void row(Ui& ui, const Connection& connection) {
  ImGui::PushID(static_cast<int>(connection.number));
  const bool bad = connection.state == ConnectionState::Bad;
  const bool good = connection.state == ConnectionState::Good;
  heading(ui, connection.name, 3);
  const ImU32 color = bad ? ui.look.error : good ? ui.look.ok : ui.look.text2;
  paragraph(ui, connection.verdict, {kSmall, color, false, kLeading});
  if (!connection.left.empty()) hint(ui, connection.left);
  if (connection.kind == ConnectionKind::OnThisMachine) {
    gap(ui, 10);
    ImGui::PopID();
    return;
  }
  if (button(ui, "test", "Test", {.icon = icon::kRotateCcw}))
    ui.run("connections.test", number_args(connection.number));
  ImGui::SameLine(0, ui.px(kGap));
  if (button(ui, "forget", "Forget", {.kind = ButtonLook::Kind::Quiet, .icon = icon::kTrash2}))
    ui.run("connections.forget", number_args(connection.number));
  gap(ui, 10);
  ImGui::PopID();
}

/// For who has no code and no key, or wants to send nothing.
void without_provider(Ui& ui) {
  const Connection* here = ui.state.captioning.find(kOnThisMachine);
  if (here == nullptr) return;
  gap(ui, 14);
  heading(ui, "Or without any provider", 3);
  hint(ui, here->verdict);
  if (here->models.empty()) return;
  if (button(ui, "use this machine", "Use this machine alone", {.icon = icon::kCpu}))
    ui.run("generate.set", key_value("model", here->models.back().id));
}

void local_servers(Ui& ui) {
  const Captioning& captioning = ui.state.captioning;
  const bool looking = captioning.looking_for_servers;
  if (button(ui, "find local", looking ? "Looking…" : "Look for models on this machine",
             {.icon = icon::kSearch, .disabled = looking}))
    ui.run("connections.find-local");
  for (const LocalServer& server : captioning.servers) {
    ImGui::PushID(server.base.c_str());
    const std::string args = "{\"provider\":\"" + server.kind + "\",\"base\":\"" + server.base + "\"}";
    const std::string_view tip =
        server.blocked
            ? "It is there, but must first allow this page's address (Ollama: OLLAMA_ORIGINS; others: CORS)"
            : "";
    if (button(ui, "use", "Use " + server.kind + " at " + server.base,
               {.icon = icon::kPlus, .disabled = server.blocked, .tip = tip}))
      ui.run("connect", args);
    ImGui::PopID();
  }
}

}  // namespace

void connect_card(Ui& ui, bool first_use) {
  heading(ui, first_use ? "Connect to a model first" : "Models", first_use ? 3 : 2);
  paragraph(ui,
            "Only what you ask for is sent: one reduced copy of a picture, without its metadata. The ledger "
            "shows every one.",
            {kSmall, ui.look.text2, false, kLeading});
  gap(ui, 6);
  for (const Connection& connection : ui.state.captioning.connections) {
    const bool told_below = first_use && connection.kind == ConnectionKind::OnThisMachine;
    if (!told_below) row(ui, connection);
  }
  fields(ui, first_use);
  gap(ui, 8);
  local_servers(ui);
  if (first_use) without_provider(ui);
}

}  // namespace vignette::ui
