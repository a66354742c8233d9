#include "platform/base/time.h"
#include "platform/settings/settings.h"
#include "platform/store/memory.h"

namespace suanpan::settings {
namespace {

Result<> check_name(const std::string& name) {
    if (!name.empty() && name.size() <= 200) return {};
    return fail(ErrorCode::invalid_argument, "a shop's name has 1 to 200 bytes");
}

Result<> check_zone(const std::string& name) {
    TRY(TimeZone::named(name));
    return {};
}

Option fixed_by_data(Option option, const std::function<Result<>(store::Connection&)>& holds_data) {
    option.may_change = holds_data;
    return option;
}

}  // namespace

Section shop_section(std::function<Result<>(store::Connection&)> holds_data) {
    const store::Settings usual;
    return {
        .options = {
            text({"shop.name", "shop", {"Name", "店名"}, {"as people and webhooks see it", "界面与回调中显示的名称"}},
                 "", check_name),
            choice(
                {"shop.language",
                 "shop",
                 {"Language", "语言"},
                 {"of reports, and of the console where a person chose none", "报告的语言；个人未选择时也用于控制台"}},
                {"en", "zh"}),
            fixed_by_data(
                text({"shop.currency",
                      "shop",
                      {"Currency", "货币"},
                      {"a code of ISO 4217; fixed once data are loaded, since amounts are kept in its minor units",
                       "ISO 4217 代码；载入数据后不可更改，因为金额以其最小单位保存"}},
                     usual.currency),
                holds_data),
            fixed_by_data(text({"shop.time_zone",
                                "shop",
                                {"Time zone", "时区"},
                                {"a name such as Europe/London; fixed once data are loaded, since days are the shop's",
                                 "如 Asia/Shanghai；载入数据后不可更改，因为日期按店铺时区划分"}},
                               usual.time_zone, check_zone),
                          holds_data),
            in_file_only(
                number({"store.memory_mib",
                        "shop",
                        {"Memory of the database", "数据库内存"},
                        {"MiB that it may use before it writes to temporary files", "超过此 MiB 数即写入临时文件"}},
                       {store::usual_memory_mib, store::least_memory_mib, 1e6, "MiB"}))}};
}

}  // namespace suanpan::settings
