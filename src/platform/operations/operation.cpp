#include "platform/operations/operation.h"

#include <fmt/format.h>

#include <array>

#include "platform/operations/declare.h"
#include "platform/operations/validate.h"

namespace suanpan::operations {
namespace {

constexpr std::array<std::string_view, 4> role_names = {"viewer", "operator", "approver", "admin"};
constexpr std::array<std::string_view, 4> effect_names = {"reads", "proposes", "changes", "calls outside"};

}  // namespace

std::string_view name(Role role) {
    return role_names.at(static_cast<std::size_t>(role));
}

Result<Role> parse_role(std::string_view text) {
    for (std::size_t i = 0; i < role_names.size(); ++i)
        if (role_names[i] == text) return static_cast<Role>(i);
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is not a role; choose viewer, operator, approver or admin", text));
}

std::string_view name(Effect effect) {
    return effect_names.at(static_cast<std::size_t>(effect));
}

void Registry::add(Operation operation) {
    operations_.push_back(std::move(operation));
}

const Operation* Registry::find(std::string_view name) const {
    for (const auto& operation : operations_)
        if (operation.name == name || (!operation.shortcut.empty() && operation.shortcut == name)) return &operation;
    return nullptr;
}

Result<const Operation*> Registry::permitted(const Context& context, std::string_view name) const {
    const auto* operation = find(name);
    if (operation == nullptr) return fail(ErrorCode::not_found, fmt::format("there is no operation \"{}\"", name));
    if (context.principal.role < operation->role)
        return fail(ErrorCode::permission_denied,
                    fmt::format("{} needs the role {}, {} has {}", operation->name, operations::name(operation->role),
                                context.principal.name, operations::name(context.principal.role)));
    return operation;
}

Result<std::string> Registry::call(Context& context, std::string_view name, std::string_view request) const {
    const auto* operation = TRY(permitted(context, name));
    TRY(validate(*operation, request));
    return operation->call(context, request);
}

std::vector<Result<std::string>> Registry::call_many(Context& context, std::string_view name,
                                                     std::span<const std::string> requests) const {
    std::vector<Result<std::string>> replies(requests.size());
    const auto operation = permitted(context, name);
    std::vector<std::string> valid;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const auto checked = operation ? validate(**operation, requests[i]) : std::unexpected(operation.error());
        if (!checked)
            replies[i] = std::unexpected(checked.error());
        else if (!(*operation)->call_many)
            replies[i] = (*operation)->call(context, requests[i]);
        else
            valid.push_back(requests[i]), places.push_back(i);
    }
    if (valid.empty()) return replies;
    auto together = (*operation)->call_many(context, valid);
    for (std::size_t i = 0; i < places.size(); ++i) replies[places[i]] = std::move(together[i]);
    return replies;
}

}  // namespace suanpan::operations
