#include "platform/models/models.h"
#include "platform/models/promotion.h"
#include "platform/operations/declare.h"

namespace suanpan::models {

struct ListRequest {
    std::string name;
};

struct ListedVersion {
    std::string name, version, created_at, data_to, method;
    bool serving = false;
    double error = 0, baseline_error = 0, relative_error = 1;
    std::int64_t windows = 0;
};

struct ListReply {
    std::vector<ListedVersion> versions;
};

struct ShowRequest {
    std::string name, version;
};

struct ShowReply {
    bool serving = false, sound = true;
    std::string problem;
    Card card;
};

struct PromoteRequest {
    std::string name, version;
};

struct RollBackRequest {
    std::string name, reason;
};

struct PromoteReply {
    std::string decision, state, message, serving;
};

}  // namespace suanpan::models

template <>
struct suanpan::operations::Described<suanpan::models::ListRequest> {
    static constexpr FieldWords fields[] = {
        {"name", "only this model, such as demand.weekly"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::models::ShowRequest> {
    static constexpr FieldWords fields[] = {
        {"name", "the model, such as demand.weekly"},
        {"version", "empty: the one that serves"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::models::ListedVersion> {
    static constexpr FieldWords fields[] = {
        {"error", "of the backtest, in the unit of the card's first metric"},
        {"relative_error", "error over the baseline's; below 1 is better than the baseline"},
        {"windows", "judged in the backtest; 0: the data were too short"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::models::ShowReply> {
    static constexpr FieldWords fields[] = {
        {"sound", "whether every file is what was registered"},
    };
};
template <>
struct suanpan::operations::Described<suanpan::models::RollBackRequest> {
    static constexpr FieldWords fields[] = {
        {"name", "the model"},
        {"reason", "why, for whoever reads it later"},
    };
};

namespace suanpan::models {
struct VersionRow {
    std::string name, version, card;
    bool serving = false;
};

namespace {

using operations::Context;
using operations::Effect;
using operations::Role;
using store::Connection;

Result<ListReply> list(Context& context, const ListRequest& request) {
    const auto rows = TRY(context.shop.database().read([&](Connection& connection) {
        return connection.rows<VersionRow>(R"(
            SELECT v.name, v.version, v.card, s.version IS NOT NULL AS serving
            FROM models.version AS v
            LEFT JOIN models.serving AS s ON s.name = v.name AND s.version = v.version
            WHERE ?1 = '' OR v.name = ?1
            ORDER BY v.name, v.created_at DESC, v.version DESC)",
                                           request.name);
    }));
    ListReply reply;
    for (const auto& row : rows) {
        const auto card = TRY(parse_card(row.card, row.name + " " + row.version));
        const auto metric = card.metrics.empty() ? Metric{} : card.metrics.front();
        reply.versions.push_back({row.name, row.version, card.created_at, card.to, card.method, row.serving,
                                  metric.value, metric.baseline, relative_error(card), metric.windows});
    }
    return reply;
}

Result<ShowReply> show(Context& context, const ShowRequest& request) {
    return context.shop.database().read([&](Connection& connection) -> Result<ShowReply> {
        const auto served = TRY(serving(connection, request.name));
        if (!served && request.version.empty())
            return fail(ErrorCode::not_found, "there is no such model; models.list shows what there is", request.name);
        ShowReply reply;
        const auto version = request.version.empty() ? served->version : request.version;
        reply.serving = served && served->version == version;
        reply.card = TRY(card(connection, request.name, version));
        if (const auto loaded = load(connection, context.shop, request.name, version); !loaded) {
            reply.sound = false;
            reply.problem = loaded.error().text();
        }
        return reply;
    });
}

Result<PromoteReply> decide(Context& context, const Promotion& promotion) {
    PromoteReply reply;
    TRY(context.shop.database().write([&](Connection& connection) -> Result<> {
        const auto outcome = TRY(promote(connection, context.shop, promotion, {context.principal.name, now()}));
        const auto served = TRY(serving(connection, promotion.name));
        reply = {outcome.decision, outcome.state, outcome.message, served ? served->version : ""};
        return {};
    }));
    return reply;
}

Result<PromoteReply> promote_version(Context& context, const PromoteRequest& request) {
    return decide(context, {request.name, request.version, context.shop.today(), ""});
}

Result<PromoteReply> roll_back(Context& context, const RollBackRequest& request) {
    const auto served =
        TRY(context.shop.database().read([&](Connection& connection) { return serving(connection, request.name); }));
    if (!served)
        return fail(ErrorCode::not_found, "there is no such model; models.list shows what there is", request.name);
    if (!served->previous)
        return fail(ErrorCode::conflict, "no version served before this one; there is nothing to go back to",
                    request.name + " " + served->version);
    return decide(context, {request.name, *served->previous, context.shop.today(),
                            request.reason.empty() ? "no reason given" : request.reason});
}

}  // namespace

store::Schema schema() {
    static constexpr char sql[] =
#include "platform/models/schema.sql.inc"
        ;
    return {"models", sql};
}

void add_operations(operations::Registry& registry) {
    using operations::declare;
    registry.add(declare<ListRequest, ListReply>(
        {.name = "models.list", .summary = {"Lists trained versions of models", "列出模型的各个版本"}}, list));
    registry.add(declare<ShowRequest, ShowReply>(
        {.name = "models.show",
         .summary = {"Shows a version's card and checks its files", "查看模型版本的卡片并核对文件"},
         .positional = {"name"},
         .required = {"name"}},
        show));
    registry.add(
        declare<PromoteRequest, PromoteReply>({.name = "models.promote",
                                               .summary = {"Proposes that a version serves; a decision with guardrails",
                                                           "提议启用某个模型版本（作为决策，受护栏约束）"},
                                               .role = Role::approver,
                                               .effect = Effect::proposes,
                                               .idempotent = true,
                                               .required = {"name", "version"}},
                                              promote_version));
    registry.add(declare<RollBackRequest, PromoteReply>(
        {.name = "models.roll_back",
         .summary = {"Goes back to the version that served before; a decision", "退回上一个启用的模型版本（作为决策）"},
         .role = Role::approver,
         .effect = Effect::proposes,
         .positional = {"name"},
         .required = {"name"}},
        roll_back));
}

}  // namespace suanpan::models
