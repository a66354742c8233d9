#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/result.h"
#include "platform/base/time.h"
#include "platform/store/shop.h"

// One declaration of what can be called. The HTTP route, the command, the MCP tool, the OpenAPI page and the reference
// in docs/ are made from it.
namespace suanpan::operations {

enum class Role { viewer, editor, approver, admin };  // each may do what the ones before it may
// "operator" is a keyword of the language; name(Role::editor) is "operator" everywhere outside of it.
[[nodiscard]] std::string_view name(Role role);
[[nodiscard]] Result<Role> parse_role(std::string_view name);

enum class Effect { reads, proposes, changes, calls_outside };
[[nodiscard]] std::string_view name(Effect effect);

struct Text {
    std::string en, zh;
};

// Who asks.
struct Principal {
    std::string name;  // "user:ming", "key:erp", "job:daily"
    Role role = Role::viewer;
};

struct Progress {
    std::string step;
    double done = 0, total = 0;  // in `unit`; total 0: not known
    std::string unit;
};

class Registry;

// What an operation may use, besides its request.
struct Context {
    store::Shop& shop;
    const Registry& operations;  // areas call one another by name, never by header
    Principal principal;
    std::function<void(const Progress&)> progress = [](const Progress&) {};
    std::stop_token stop = {};
};

// An operation that will go: callers are told with every reply (RFC 9745, RFC 8594).
struct Deprecation {
    Day since;
    std::optional<Day> sunset = {};  // when it goes
    std::string successor = {};      // the operation to call instead
};

struct Declaration {
    std::string name;  // "demand.forecast": POST /v1/demand/forecast, `suanpan demand forecast SHOP`
    Text summary;
    Role role = Role::viewer;
    Effect effect = Effect::reads;
    bool idempotent = false;              // the same request again changes nothing more; every read is
    bool long_work = false;               // over HTTP it answers with a job to watch
    std::string shortcut;                 // also `suanpan load SHOP`
    std::vector<std::string> positional;  // request fields given without their names; the last may be a list
    std::vector<std::string> paths;       // request fields that are lists of files on the caller's machine
    std::vector<std::string> required;    // request fields without which there is nothing to do
    std::vector<std::string> seen = {};   // request fields that say what the caller saw; agents have to give them
    std::optional<Deprecation> deprecated = {};
};

struct Operation : Declaration {
    std::string request_schema;  // JSON Schema 2020-12, without references
    std::string reply_schema;
    std::function<Result<std::string>(Context&, std::string_view request)> call;  // JSON in, JSON out
    // Many at about the cost of one, where the operation can; else empty. A reply each, in the order of the requests.
    std::function<std::vector<Result<std::string>>(Context&, std::span<const std::string> requests)> call_many = {};
    std::function<Result<>(std::string_view request)> fits = {};  // whether the request can be read; does nothing

    [[nodiscard]] bool reads() const { return effect == Effect::reads; }
};

class Registry {
  public:
    void add(Operation operation);
    [[nodiscard]] const std::vector<Operation>& all() const { return operations_; }
    [[nodiscard]] const Operation* find(std::string_view name) const;  // by name or shortcut

    // The one way in, for every front: checks the role, then the request against its schema, then calls.
    [[nodiscard]] Result<std::string> call(Context& context, std::string_view name, std::string_view request) const;

    // The same for many requests of one operation, each for itself: a reply each, in order.
    [[nodiscard]] std::vector<Result<std::string>> call_many(Context& context, std::string_view name,
                                                             std::span<const std::string> requests) const;

  private:
    [[nodiscard]] Result<const Operation*> permitted(const Context& context, std::string_view name) const;
    std::vector<Operation> operations_;
};

}  // namespace suanpan::operations
