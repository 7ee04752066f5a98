#pragma once
#include "tests/emulator/core/call.hpp"
#include "tests/emulator/core/rule.hpp"
#include "tests/emulator/core/world.hpp"
#include "tests/emulator/providers/provider.hpp"
#include "tests/emulator/wire/server.hpp"

namespace vignette::emulator {

/// One request from its first header to its last byte: finds the provider, the fault rule that meets it, lets
/// the provider answer, sends that, and writes the journal.
class Visit : public Visitor {
 public:
  explicit Visit(World& world) : world_(world) {}
  void arrived(const httplib::Request& request, Wire& wire) override;
  void complete(const httplib::Request& request, Wire& wire) override;
  void over(Wire& wire) override;

 private:
  void read_head(const httplib::Request& request);
  void read_body(const httplib::Request& request);
  Answer provider_answer();
  void apply(const Rule& rule, Answer& answer) const;
  void add_cors(Answer& answer) const;
  bool preflight(Answer& answer) const;
  void send(const Answer& answer, const Rule* rule, Wire& wire);

  World& world_;
  Call call_;
  const Provider* provider_ = nullptr;
  std::int64_t journal_id_ = 0;
  std::uint64_t received_before_ = 0;
  bool is_control_ = false, completed_ = false, answered_early_ = false, keep_alive_ = true;
};

}  // namespace vignette::emulator
