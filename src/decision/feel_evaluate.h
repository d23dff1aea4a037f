// Carries out trees. FEEL has no exceptions: what has no answer is null. What passes a limit stops the run,
// and the run then holds the code of the Error; the value that comes out of it means nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "decision/feel_tree.h"

namespace bundel::decision {

struct BuiltIn;
struct Trail;
class Run;

// One of: a built-in function; a tree with what it captured; a decision service of `owner`.
struct Function {
    const BuiltIn* built_in = nullptr;
    std::shared_ptr<const void> owner{};  // keeps the trees alive
    const Node* node = nullptr;
    List captured{};
    std::optional<std::uint32_t> service{};
    std::vector<std::string> service_parameters{};
};

class Run {
public:
    using Service = Value (*)(Run&, const void* model, std::uint32_t number,
                              std::span<const Value> arguments);

    Run(std::shared_ptr<const void> owner, std::span<Value> globals, Trail* trail, Service call_service)
        : owner_(std::move(owner)), globals_(globals), trail_(trail), service_(call_service) {}

    bool stopped() const { return !failure_.empty(); }
    std::string_view failure() const { return failure_; }  // a code, "" while all is well
    void stop(std::string_view code) {
        if (failure_.empty()) failure_ = code;
    }
    // Counts work; false when there was too much.
    bool spend(std::uint64_t steps) {
        steps_ += steps;
        if (steps_ > Limits::steps) stop("decision_limit_steps");
        return !stopped();
    }

    Value global(std::uint32_t slot) const { return slot < globals_.size() ? globals_[slot] : Value(); }
    const Value& local(std::uint32_t slot) const {
        static const Value nothing;
        return base_ + slot < locals_.size() ? locals_[base_ + slot] : nothing;
    }
    void set_local(std::uint32_t slot, Value value) {
        if (base_ + slot >= locals_.size()) locals_.resize(base_ + slot + 1);
        locals_[base_ + slot] = std::move(value);
    }
    List captured(std::uint32_t locals) const;

    const std::shared_ptr<const void>& owner() const { return owner_; }
    std::span<Value> globals() const { return globals_; }
    // Another set of globals, for a decision service; what was there comes back.
    std::span<Value> use_globals(std::span<Value> other) { return std::exchange(globals_, other); }
    Trail* trail() const { return trail_; }
    Service service() const { return service_; }

private:
    friend Value evaluate(const Node& node, Run& run);
    friend Value call_function(const Value& function, std::span<const Value> arguments, Run& run);
    friend bool passes_alone(const Node& tests, const Value& value, Run& run);

    std::shared_ptr<const void> owner_;
    std::span<Value> globals_;
    Trail* trail_;
    Service service_;
    std::vector<Value> locals_;
    std::size_t base_ = 0;
    std::uint32_t depth_ = 0;
    std::uint64_t steps_ = 0;
    std::string_view failure_;
};

Value evaluate(const Node& node, Run& run);
// Null for what is no function, or takes another number of arguments.
Value call_function(const Value& function, std::span<const Value> arguments, Run& run);
// Whether `tests` say true of `value`, which becomes local `slot` of the frame.
bool passes(const Node& tests, std::uint32_t slot, const Value& value, Run& run);
// The same for tests of allowed values: over local 0 of a frame of their own.
bool passes_alone(const Node& tests, const Value& value, Run& run);

// ---- the laws of FEEL between two values: nothing is "unknown" (null) ----

std::optional<bool> equal(const Value& a, const Value& b);
std::optional<std::strong_ordering> order(const Value& a, const Value& b);
std::optional<bool> in_range(const Value& value, const Range& range);
Value truth(std::optional<bool> known);

// A value as one of `type`: itself, the item of a list of one, a list of it; null when it is none.
Value as_type(const Value& value, const TypeRef& type, Run& run);
// "instance of" asks about the type only; as_type also about its allowed values.
enum class Constraints : std::uint8_t { checked, ignored };
bool is_instance(const Value& value, const TypeRef& type, Run& run,
                 Constraints constraints = Constraints::checked);
TypeRef type_of(const Value& value);

}  // namespace bundel::decision
