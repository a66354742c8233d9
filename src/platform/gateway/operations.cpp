#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "platform/gateway/gateway.h"
#include "platform/gateway/keys.h"
#include "platform/operations/declare.h"

namespace suanpan::gateway {

struct CreateKeyRequest {
    std::string name;
    std::string role = "viewer";
};

struct CreateKeyReply {
    std::string key_id, name, role, key, note;
};

struct ListKeysRequest {
    bool revoked = false;
};

struct ListedKey {
    std::string key_id, name, role, created_by, created_at;
    std::optional<std::string> revoked_at;
};

struct ListKeysReply {
    std::vector<ListedKey> keys;
};

struct RevokeKeyRequest {
    std::string key_id;
};

struct RevokeKeyReply {
    std::string key_id, name, revoked_at;
};

}  // namespace suanpan::gateway

template <>
struct suanpan::operations::Described<suanpan::gateway::CreateKeyRequest> {
    static constexpr FieldWords fields[] = {
        {"name", "what the key is for, such as the name of the program that uses it", {.max_length = 80}},
        {"role", "viewer, operator, approver or admin", {.default_value = "\"viewer\""}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::gateway::ListKeysRequest> {
    static constexpr FieldWords fields[] = {
        {"revoked", "also the keys that no longer work", {.default_value = "false"}},
    };
};
template <>
struct suanpan::operations::Described<suanpan::gateway::RevokeKeyRequest> {
    static constexpr FieldWords fields[] = {
        {"key_id", "the id that keys.list shows"},
    };
};

namespace suanpan::gateway {
namespace {

using operations::Context;

Result<> check_name(const std::string& name) {
    const auto plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_'; };
    if (!std::ranges::all_of(name, plain))
        return fail(ErrorCode::invalid_argument, "a key's name has letters, digits, - and _ only", "name");
    return {};
}

Result<CreateKeyReply> create(Context& context, const CreateKeyRequest& request) {
    TRY(check_name(request.name));
    const auto role = TRY(operations::parse_role(request.role));
    const auto made = make_key(request.name, role, context.principal.name);
    TRY(context.shop.database().write([&](store::Connection& connection) -> Result<> {
        if (TRY(connection.count("SELECT count(*) FROM gateway.api_key WHERE name = ? AND revoked_at IS NULL",
                                 request.name)) > 0)
            return fail(ErrorCode::conflict, "a key of this name is in use; revoke it first or choose another", "name");
        return connection.append<KeyRow>("gateway", "api_key", std::span(&made.row, 1));
    }));
    return CreateKeyReply{made.row.key_id, made.row.name, made.row.role, made.text,
                          "the key is shown this once; send it as: Authorization: Bearer KEY"};
}

Result<ListKeysReply> list_keys(Context& context, const ListKeysRequest& request) {
    ListKeysReply reply;
    for (const auto& row : TRY(read_keys(context.shop.database()))) {
        if (row.revoked_at && !request.revoked) continue;
        reply.keys.push_back({row.key_id, row.name, row.role, row.created_by, format(row.created_at),
                              row.revoked_at.transform([](Instant at) { return format(at); })});
    }
    return reply;
}

Result<RevokeKeyReply> revoke(Context& context, const RevokeKeyRequest& request) {
    const auto at = now();
    std::string name;
    TRY(context.shop.database().write([&](store::Connection& connection) -> Result<> {
        const auto table = TRY(connection.query("SELECT name FROM gateway.api_key WHERE key_id = ?", request.key_id));
        if (table.rows() == 0)
            return fail(ErrorCode::not_found, "there is no such key; see: suanpan keys list SHOP", request.key_id);
        name = table.text(0, 0, 0);
        TRY(connection.query("UPDATE gateway.api_key SET revoked_at = ? WHERE key_id = ? AND revoked_at IS NULL", at,
                             request.key_id));
        return {};
    }));
    return RevokeKeyReply{request.key_id, name, format(at)};
}

}  // namespace

store::Schema schema() {
    static constexpr char sql[] =
#include "platform/gateway/schema.sql.inc"
        ;
    return {"gateway", sql};
}

void add_operations(operations::Registry& registry) {
    using enum operations::Role;
    using enum operations::Effect;
    registry.add(operations::declare<CreateKeyRequest, CreateKeyReply>(
        {.name = "keys.create",
         .summary = {"Makes a key for a program and shows it once", "为程序创建密钥，仅显示一次"},
         .role = admin,
         .effect = changes,
         .required = {"name"}},
        create));
    registry.add(operations::declare<ListKeysRequest, ListKeysReply>(
        {.name = "keys.list", .summary = {"Lists the keys and their roles", "列出密钥及其角色"}, .role = admin},
        list_keys));
    registry.add(operations::declare<RevokeKeyRequest, RevokeKeyReply>(
        {.name = "keys.revoke",
         .summary = {"Makes a key useless from now on", "立即吊销密钥"},
         .role = admin,
         .effect = changes,
         .idempotent = true,
         .positional = {"key_id"},
         .required = {"key_id"}},
        revoke));
}

}  // namespace suanpan::gateway
