#include <algorithm>
#include <format>

#include "areas/data/features/features.h"
#include "areas/data/features/messages.h"
#include "areas/data/features/online.h"
#include "areas/data/features/training.h"
#include "platform/operations/declare.h"

namespace suanpan::features {
namespace {

namespace fs = std::filesystem;
using operations::Context;
using operations::Effect;
using operations::Role;

// The declarations and the online tables of a shop, kept while the program runs.
struct Shelf {
    std::shared_ptr<const Declarations> declared;
    std::string stamp;  // of the shop's own files
    Online online;
    std::mutex mutex;  // of declared and stamp
};

std::string stamp_of(const store::Shop& shop) {
    std::string stamp;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(shop.folder() / "features", ignored))
        stamp += std::format("{} {} {}\n", entry.path().string(),
                             fs::last_write_time(entry.path(), ignored).time_since_epoch().count(),
                             fs::file_size(entry.path(), ignored));
    return stamp;
}

class Shelves {
  public:
    std::shared_ptr<Shelf> of(const store::Shop& shop) {
        const std::lock_guard lock(mutex_);
        auto& shelf = shelves_[shop.folder().string()];
        if (!shelf) shelf = std::make_shared<Shelf>();
        return shelf;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Shelf>> shelves_;
};

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

Result<ListReply> list(Shelf& shelf, Context& context, const ListRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    ListReply reply;
    for (const auto& feature : declared->features)
        if (request.entity.empty() || name(feature.entity) == request.entity) reply.features.push_back(listed(feature));
    if (reply.features.empty()) TRY(parse_entity(request.entity));
    return reply;
}

std::unexpected<Error> no_such_feature(const Declarations& declared, const std::string& wanted) {
    std::string near;
    for (const auto& feature : declared.features)
        if (feature.name.contains(wanted) || wanted.contains(feature.name))
            near += (near.empty() ? "; near it are " : ", ") + feature.name;
    return fail(ErrorCode::not_found,
                std::format("there is no feature \"{}\"{}; features.list has all", wanted, near), "features");
}

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

// A day stands for its first moment in the shop's time zone.
Result<Instant> moment_of(const store::Shop& shop, const std::string& text) {
    if (const auto day = parse_day(text)) return shop.time_zone().start_of(*day);
    if (const auto instant = parse_instant(text)) return *instant;
    return fail(ErrorCode::invalid_argument,
                std::format("\"{}\" is neither a day such as 2011-11-14 nor an instant such as 2011-11-14T08:00:00Z", text),
                "moment");
}

Result<ComputeReply> compute_features(Shelf& shelf, Context& context, const ComputeRequest& request) {
    const std::unique_lock lock(shelf.online.computing, std::try_to_lock);
    if (!lock)
        return fail(ErrorCode::conflict, "the features are being computed already; ask features.status, then try again");
    const auto declared = TRY(declarations(shelf, context.shop));
    ComputeOptions options{.progress = context.progress};
    for (const auto& entity : request.entities) options.wanted.push_back(TRY(parse_entity(entity)));
    if (!request.moment.empty()) options.moment = TRY(moment_of(context.shop, request.moment));
    const auto report = TRY(compute(context.shop, *declared, options));
    TRY(shelf.online.publish(context.shop, *declared, report.moment));
    TRY(record(context.shop, "compute", report.computed));
    ComputeReply reply{.moment = format(report.moment),
                       .computed = report.computed,
                       .kept = report.kept,
                       .seconds = report.seconds};
    for (const auto& block : report.blocks)
        reply.blocks.push_back({block.block, block.computed, block.kept, block.rows, block.seconds});
    return reply;
}

Result<> may_read(const Context& context, const fs::path& file) {
    if (context.principal.role >= Role::admin) return {};
    for (const auto* folder : {"inbox", "exports"})
        if (fs::weakly_canonical(file).string().starts_with(
                fs::weakly_canonical(context.shop.folder() / folder).string() + "/"))
            return {};
    return fail(ErrorCode::permission_denied, "this key may read files of the shop's inbox/ and exports/ only",
                file.string());
}

Result<std::vector<const Feature*>> chosen(const Declarations& declared, Entity entity,
                                           const std::vector<std::string>& names) {
    std::vector<const Feature*> features;
    for (const auto& wanted : names) {
        const auto* feature = declared.find(wanted);
        if (feature == nullptr) return no_such_feature(declared, wanted);
        if (feature->entity != entity)
            return fail(ErrorCode::invalid_argument,
                        std::format("{} is a feature of {}, not of {}", wanted, name(feature->entity), name(entity)),
                        "features");
        features.push_back(feature);
    }
    for (const auto& feature : declared.features)
        if (names.empty() && feature.entity == entity) features.push_back(&feature);
    return features;
}

Result<TrainingReply> make_training_set(Shelf& shelf, Context& context, const TrainingRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    TrainingOptions options{.entity = TRY(parse_entity(request.entity)), .sample = request.sample, .seed = request.seed};
    for (const auto& file : request.labels) {
        TRY(may_read(context, file));
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

Value value_of(Cell cell) {
    return std::visit(
        []<class T>(T& value) -> Value {
            if constexpr (std::is_same_v<T, std::monostate>)
                return std::nullopt;
            else if constexpr (std::is_same_v<T, Instant>)
                return format(value);
            else if constexpr (std::is_same_v<T, double>)
                return std::isfinite(value) ? Value(value) : Value();
            else
                return Value(std::move(value));
        },
        cell);
}

Result<std::vector<std::size_t>> columns_of(const EntityTable& table, const std::vector<std::string>& names) {
    std::vector<std::size_t> columns;
    for (const auto& wanted : names) {
        const auto column = table.column_of.find(wanted);
        if (column == table.column_of.end())
            return fail(ErrorCode::not_found,
                        std::format("there is no computed feature \"{}\" of this entity; features.list has all, and "
                                    "features.compute fills in new ones",
                                    wanted),
                        "features");
        columns.push_back(column->second);
    }
    for (std::size_t i = 0; names.empty() && i < table.names.size(); ++i) columns.push_back(i);
    return columns;
}

Result<ReadReply> read(Shelf& shelf, Context& context, const ReadRequest& request) {
    const auto entity = TRY(parse_entity(request.entity));
    const bool pairs = keys(entity).size() == 2;
    if (request.seconds.size() != (pairs ? request.ids.size() : 0))
        return fail(ErrorCode::invalid_argument,
                    pairs ? std::format("{} has two keys: give as many seconds ({}) as ids ({})", request.entity,
                                        keys(entity)[1], keys(entity)[0])
                          : std::format("{} has one key; leave seconds out", request.entity),
                    "seconds");
    const auto snapshot = TRY(shelf.online.snapshot(context.shop));
    const auto& served = (*snapshot)[static_cast<std::size_t>(entity)];
    if (!served.table)
        return fail(ErrorCode::unavailable, "these features were never computed; call features.compute first",
                    request.entity);
    const auto columns = TRY(columns_of(*served.table, request.features));
    ReadReply reply{.entity = request.entity, .moment = format(served.table->moment)};
    for (const auto column : columns) reply.features.push_back(served.table->names[column]);
    reply.rows.reserve(request.ids.size());
    for (std::size_t i = 0; i < request.ids.size(); ++i) {
        auto& row = reply.rows.emplace_back(ReadRow{.id = request.ids[i], .second = pairs ? request.seconds[i] : ""});
        const auto key = key_text(row.id, row.second);
        const auto* changed = served.changes ? served.changes->find(key) : nullptr;
        const auto at = served.table->row_of.find(key);
        row.found = changed != nullptr || at != served.table->row_of.end();
        row.values.reserve(columns.size());
        for (const auto column : columns)
            row.values.push_back(changed     ? value_of(changed->cells[column])
                                 : row.found ? value_of(served.table->columns[column].cell(at->second))
                                             : Value());
    }
    return reply;
}

Result<ApplyReply> apply(Shelf& shelf, Context& context, const ApplyRequest& request) {
    const auto declared = TRY(declarations(shelf, context.shop));
    std::vector<Event> events;
    for (const auto& pushed : request.events) {
        auto at = parse_instant(pushed.at);
        if (!at) return fail(ErrorCode::invalid_argument, at.error().message, std::format("event {}: at", pushed.id));
        if (pushed.id.empty() || pushed.item_id.empty())
            return fail(ErrorCode::invalid_argument, "an event needs an id and an item_id", "events");
        events.push_back({.id = pushed.id,
                          .kind = pushed.kind,
                          .item_id = pushed.item_id,
                          .customer_id = pushed.customer_id,
                          .place_id = pushed.place_id,
                          .order_id = pushed.order_id,
                          .quantity = pushed.quantity,
                          .unit_price = pushed.unit_price,
                          .at = *at,
                          .received_at = now()});
    }
    const auto applied = TRY(shelf.online.apply(context.shop, *declared, std::move(events)));
    TRY(record(context.shop, "apply", applied.events));
    return ApplyReply{applied.events, applied.repeated, applied.keys};
}

struct Stored {
    std::string entity;
    std::int64_t features;
    Instant moment, computed_at;
};

Result<StatusReply> status(Shelf& shelf, Context& context, const StatusRequest&) {
    const auto declared = TRY(declarations(shelf, context.shop));
    const auto rows = TRY(context.shop.database().read([](store::Connection& connection) {
        return connection.rows<Stored>("SELECT entity, count(*)::BIGINT AS features, max(moment) AS moment, "
                                       "max(computed_at) AS computed_at FROM features.state GROUP BY entity");
    }));
    const auto snapshot = TRY(shelf.online.snapshot(context.shop));
    StatusReply reply;
    for (const auto entity : entities) {
        EntityStatus one{.entity = std::string(name(entity))};
        std::int64_t freshness = 0;
        for (const auto& feature : declared->features) {
            if (feature.entity != entity) continue;
            freshness = freshness == 0 ? feature.freshness_minutes : std::min(freshness, feature.freshness_minutes);
            ++one.declared;
        }
        one.freshness_minutes = freshness;
        if (const auto row = std::ranges::find(rows, one.entity, &Stored::entity); row != rows.end()) {
            one.moment = format(row->moment);
            one.computed_at = format(row->computed_at);
            one.age_minutes = std::chrono::duration_cast<std::chrono::minutes>(now() - row->moment).count();
        }
        one.fresh = one.age_minutes && *one.age_minutes <= freshness;
        const auto& served = (*snapshot)[static_cast<std::size_t>(entity)];
        if (served.table) one.keys = std::ssize(served.table->row_of);
        reply.entities.push_back(std::move(one));
    }
    reply.changed_keys = changed_keys(*snapshot);
    return reply;
}

}  // namespace

void add_operations(operations::Registry& registry) {
    using operations::declare;
    const auto shelves = std::make_shared<Shelves>();
    const auto with_shelf = [&]<class Request, class Reply>(Result<Reply> (*function)(Shelf&, Context&, const Request&)) {
        return [shelves, function](Context& context, const Request& request) {
            return function(*shelves->of(context.shop), context, request);
        };
    };
    registry.add(declare<ListRequest, ListReply>(
        {.name = "features.list", .summary = {"Lists the declared features", "列出已声明的特征"}, .positional = {"entity"}},
        with_shelf(list)));
    registry.add(declare<ShowRequest, ShowReply>(
        {.name = "features.show",
         .summary = {"Shows how a feature is declared, what it uses and what uses it", "查看特征的声明、依赖与被依赖"},
         .positional = {"feature"},
         .required = {"feature"}},
        with_shelf(show)));
    registry.add(declare<ComputeRequest, ComputeReply>(
        {.name = "features.compute",
         .summary = {"Computes the features at a moment and serves them; what has not changed is kept",
                     "计算某一时刻的特征并上线；没有变化的不重算"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .long_work = true},
        with_shelf(compute_features)));
    registry.add(declare<TrainingRequest, TrainingReply>(
        {.name = "features.training_set",
         .summary = {"Joins labels with the features as they were known at each row's moment, into exports/",
                     "按每行时刻已知的取值，为标签表连接特征并写入 exports/"},
         .role = Role::editor,
         .effect = Effect::calls_outside,
         .long_work = true,
         .positional = {"labels"},
         .paths = {"labels"},
         .required = {"entity", "labels"}},
        with_shelf(make_training_set)));
    registry.add(declare<ReadRequest, ReadReply>(
        {.name = "features.read",
         .summary = {"Reads feature values by key from memory, in batches", "按键从内存批量读取特征值"},
         .positional = {"ids"},
         .required = {"entity", "ids"}},
        with_shelf(read)));
    registry.add(declare<ApplyRequest, ApplyReply>(
        {.name = "features.apply",
         .summary = {"Counts pushed events into the online values of the features that follow them",
                     "把推送的事件计入在线特征值"},
         .role = Role::editor,
         .effect = Effect::changes,
         .idempotent = true,
         .required = {"events"}},
        with_shelf(apply)));
    registry.add(declare<StatusRequest, StatusReply>(
        {.name = "features.status",
         .summary = {"Says when the features were computed and whether they are fresh", "说明特征的计算时间与新鲜度"}},
        with_shelf(status)));
}

}  // namespace suanpan::features
