#include "areas/data/features/calls.h"
#include "platform/operations/declare.h"

namespace suanpan::features {
namespace {

using operations::declare;
using operations::Effect;
using operations::Role;

// Makes an operation's function of one of calls.h, with the shelf of the shop that it is called for.
struct WithShelf {
    std::shared_ptr<Shelves> shelves = std::make_shared<Shelves>();

    template <class Request, class Reply>
    auto operator()(Result<Reply> (*function)(Shelf&, Context&, const Request&)) const {
        return [shelves = shelves, function](Context& context, const Request& request) {
            return function(*shelves->of(context.shop), context, request);
        };
    }
};

void add_declared(operations::Registry& registry, const WithShelf& with_shelf) {
    registry.add(declare<ListRequest, ListReply>({.name = "features.list",
                                                  .summary = {"Lists the declared features", "列出已声明的特征"},
                                                  .positional = {"entity"}},
                                                 with_shelf(list)));
    registry.add(declare<ShowRequest, ShowReply>(
        {.name = "features.show",
         .summary = {"Shows how a feature is declared, what it uses and what uses it", "查看特征的声明、依赖与被依赖"},
         .positional = {"feature"},
         .required = {"feature"}},
        with_shelf(show)));
    registry.add(declare<SqlRequest, SqlReply>(
        {.name = "features.sql",
         .summary = {"Writes the features of an entity as one SQL query, for DuckDB or for Spark",
                     "将某实体的特征写成一条 SQL 查询，供 DuckDB 或 Spark 使用"},
         .positional = {"entity"},
         .required = {"entity"}},
        with_shelf(sql)));
}

void add_computed(operations::Registry& registry, const WithShelf& with_shelf) {
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
}

void add_served(operations::Registry& registry, const WithShelf& with_shelf) {
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
    registry.add(declare<ForgetRequest, ForgetReply>(
        {.name = "features.forget",
         .summary = {"Takes erased people out of the values in memory; data.erase_customer calls it",
                     "将已删除的顾客移出内存中的特征值，由 data.erase_customer 调用"},
         .role = Role::admin,
         .effect = Effect::changes,
         .idempotent = true,
         .required = {"customer_ids"}},
        with_shelf(forget)));
    registry.add(declare<StatusRequest, StatusReply>(
        {.name = "features.status",
         .summary = {"Says when the features were computed and whether they are fresh", "说明特征的计算时间与新鲜度"}},
        with_shelf(status)));
}

}  // namespace

void add_operations(operations::Registry& registry) {
    const WithShelf with_shelf;
    add_declared(registry, with_shelf);
    add_computed(registry, with_shelf);
    add_served(registry, with_shelf);
}

}  // namespace suanpan::features
