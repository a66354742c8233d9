#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "areas/data/features/calls.h"
#include "areas/data/features/training.h"
#include "platform/operations/declare.h"
#include "platform/operations/may_read.h"

namespace suanpan::features {
namespace {

namespace fs = std::filesystem;
using operations::Role;

std::string stamp_of(const store::Shop& shop) {
    std::string stamp;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(shop.folder() / "features", ignored))
        stamp += fmt::format("{} {} {}\n", entry.path().string(),
                             fs::last_write_time(entry.path(), ignored).time_since_epoch().count(),
                             fs::file_size(entry.path(), ignored));
    return stamp;
}

}  // namespace

Result<std::shared_ptr<const Declarations>> declarations(Shelf& shelf, const store::Shop& shop) {
    const std::lock_guard lock(shelf.mutex);
    auto stamp = stamp_of(shop);
    if (!shelf.declared || shelf.stamp != stamp) {
        shelf.declared = TRY(features_of(shop));
        shelf.stamp = std::move(stamp);
    }
    return shelf.declared;
}

Result<> record(const store::Shop& shop, const std::string& what, std::int64_t rows) {
    return shop.database().write([&](store::Connection& connection) -> Result<> {
        TRY(connection.query("INSERT INTO features.change VALUES (?, ?, ?)", now(), what, rows));
        return {};
    });
}

namespace {

Listed listed(const Feature& feature) {
    return {.name = feature.name,
            .entity = std::string(name(feature.entity)),
            .type = std::string(name(feature.type)),
            .unit = feature.unit,
            .owner = feature.owner,
            .en = feature.en,
            .zh = feature.zh,
            .window_days = feature.window_days,
            .freshness_minutes = feature.freshness_minutes,
            .from_events = feature.from_events};
}

}  // namespace

Result<ListReply> list(Shelf& shelf, Context& context, const ListRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    ListReply reply;
    for (const auto& feature : declared->features)
        if (request.entity.empty() || name(feature.entity) == request.entity) reply.features.push_back(listed(feature));
    if (reply.features.empty()) TRY(parse_entity(request.entity));
    return reply;
}

namespace {

std::unexpected<Error> no_such_feature(const Declarations& declared, const std::string& wanted) {
    std::string near;
    for (const auto& feature : declared.features)
        if (feature.name.contains(wanted) || wanted.contains(feature.name))
            near += (near.empty() ? "; near it are " : ", ") + feature.name;
    return fail(ErrorCode::not_found, fmt::format("there is no feature \"{}\"{}; features.list has all", wanted, near),
                "features");
}

}  // namespace

Result<ShowReply> show(Shelf& shelf, Context& context, const ShowRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    const auto* feature = declared->find(request.feature);
    if (feature == nullptr) return no_such_feature(*declared, request.feature);
    ShowReply reply{.feature = listed(*feature),
                    .declared_at = feature->about,
                    .hash = feature->hash,
                    .stream = feature->stream,
                    .aggregate = feature->derived() ? "" : std::string(name(feature->aggregate)),
                    .sql = feature->sql,
                    .uses = feature->uses};
    for (const auto& other : declared->features)
        if (std::ranges::count(other.uses, feature->name) > 0) reply.used_by.push_back(other.name);
    if (!feature->derived()) reply.stream_sql = declared->streams.find(feature->stream)->second.sql;
    return reply;
}

Result<std::optional<Instant>> asked_moment(const store::Shop& shop, const std::string& text) {
    if (text.empty()) return std::nullopt;
    if (const auto day = parse_day(text)) return shop.time_zone().start_of(*day);
    if (const auto instant = parse_instant(text)) return *instant;
    return fail(
        ErrorCode::invalid_argument,
        fmt::format("\"{}\" is neither a day such as 2011-11-14 nor an instant such as 2011-11-14T08:00:00Z", text),
        "moment");
}

Result<ComputeReply> compute_features(Shelf& shelf, Context& context, const ComputeRequest& request) {
    const std::unique_lock lock(shelf.online.computing, std::try_to_lock);
    if (!lock)
        return fail(ErrorCode::conflict,
                    "the features are being computed already; ask features.status, then try again");
    const auto declared = TRY(declarations(shelf, context.shop));
    ComputeOptions options{.progress = context.progress};
    for (const auto& entity : request.entities) options.wanted.push_back(TRY(parse_entity(entity)));
    options.moment = TRY(asked_moment(context.shop, request.moment));
    const auto report = TRY(compute(context.shop, *declared, options));
    TRY(shelf.online.publish(context.shop, *declared, report.known));
    TRY(record(context.shop, "compute", report.computed));
    ComputeReply reply{
        .moment = format(report.moment), .computed = report.computed, .kept = report.kept, .seconds = report.seconds};
    for (const auto& block : report.blocks)
        reply.blocks.push_back({block.block, block.computed, block.kept, block.rows, block.seconds});
    return reply;
}

namespace {

constexpr std::string_view readable[] = {"inbox", "exports"};  // folders of the shop

}  // namespace

Result<std::vector<const Feature*>> chosen(const Declarations& declared, Entity entity,
                                           const std::vector<std::string>& names) {
    std::vector<const Feature*> features;
    for (const auto& wanted : names) {
        const auto* feature = declared.find(wanted);
        if (feature == nullptr) return no_such_feature(declared, wanted);
        if (feature->entity != entity)
            return fail(ErrorCode::invalid_argument,
                        fmt::format("{} is a feature of {}, not of {}", wanted, name(feature->entity), name(entity)),
                        "features");
        features.push_back(feature);
    }
    for (const auto& feature : declared.features)
        if (names.empty() && feature.entity == entity) features.push_back(&feature);
    return features;
}

Result<TrainingReply> make_training_set(Shelf& shelf, Context& context, const TrainingRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    TrainingOptions options{
        .entity = TRY(parse_entity(request.entity)), .sample = request.sample, .seed = request.seed};
    for (const auto& file : request.labels) {
        TRY(may_read(context, file, readable));
        options.labels.emplace_back(file);
    }
    if (request.format != "parquet" && request.format != "csv")
        return fail(ErrorCode::invalid_argument, "the format is parquet or csv", "format");
    if (request.format == "csv") options.format = TrainingOptions::Format::csv;
    options.features = TRY(chosen(*declared, options.entity, request.features));
    auto set = TRY(training_set(context.shop, *declared, options));
    const auto sidecar = set.file + ".json";
    TRY(store::write_file(sidecar, TRY(operations::to_json(set))));
    return TrainingReply{.file = set.file,
                         .sidecar = sidecar,
                         .rows = set.rows,
                         .features = std::ssize(set.features),
                         .first_moment = set.first_moment,
                         .last_moment = set.last_moment};
}

}  // namespace suanpan::features
