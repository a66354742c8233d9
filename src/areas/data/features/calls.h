#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "areas/data/features/features.h"
#include "areas/data/features/messages.h"
#include "areas/data/features/online/online.h"

// What the operations of this folder do.
namespace suanpan::features {

using operations::Context;

// The declarations and the online tables of a shop, kept while the program runs.
struct Shelf {
    std::shared_ptr<const Declarations> declared;
    std::string stamp;  // of the shop's own files
    Online online;
    std::mutex mutex;  // of declared and stamp
};

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

[[nodiscard]] Result<std::shared_ptr<const Declarations>> declarations(Shelf& shelf, const store::Shop& shop);
// A day stands for its first moment in the shop's time zone; nothing for the shop's default moment.
[[nodiscard]] Result<std::optional<Instant>> asked_moment(const store::Shop& shop, const std::string& text);
// The named features of the entity, or all where none is named. Errors: not_found, invalid_argument.
[[nodiscard]] Result<std::vector<const Feature*>> chosen(const Declarations& declared, Entity entity,
                                                         const std::vector<std::string>& names);
// Written after values changed, so that no cache of replies keeps old ones.
[[nodiscard]] Result<> record(const store::Shop& shop, const std::string& what, std::int64_t rows);

[[nodiscard]] Result<ListReply> list(Shelf& shelf, Context& context, const ListRequest& request);
[[nodiscard]] Result<ShowReply> show(Shelf& shelf, Context& context, const ShowRequest& request);
[[nodiscard]] Result<SqlReply> sql(Shelf& shelf, Context& context, const SqlRequest& request);
[[nodiscard]] Result<ComputeReply> compute_features(Shelf& shelf, Context& context, const ComputeRequest& request);
[[nodiscard]] Result<TrainingReply> make_training_set(Shelf& shelf, Context& context, const TrainingRequest& request);
[[nodiscard]] Result<ReadReply> read(Shelf& shelf, Context& context, const ReadRequest& request);
[[nodiscard]] Result<ApplyReply> apply(Shelf& shelf, Context& context, const ApplyRequest& request);
[[nodiscard]] Result<ForgetReply> forget(Shelf& shelf, Context& context, const ForgetRequest& request);
[[nodiscard]] Result<StatusReply> status(Shelf& shelf, Context& context, const StatusRequest& request);

}  // namespace suanpan::features
