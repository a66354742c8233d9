#include <array>

#include "areas/data/canonical.h"

// Who and where, and what the shop cannot change.
namespace suanpan::data {
namespace {

using enum FieldType;
using enum Need;

constexpr auto customer_fields = std::to_array<Field>({
    {"customer_id", text, required, {"the customer, as orders name them", "顾客编号"}},
    {"place_id", text, optional, {"the region they live in or the store they go to", "所在地区或常去门店"}},
    {"joined_on", day, optional, {"since when they are known", "注册日期"}},
});
constexpr auto customer_key = std::to_array<std::string_view>({"customer_id"});

constexpr auto place_fields = std::to_array<Field>({
    {"place_id", text, required, {"the place, as other tables name it", "地点编号"}},
    {"title", text, optional, {"its name", "名称"}},
    {"country", text, optional, {"the country it lies in", "国家"}},
});
constexpr auto place_key = std::to_array<std::string_view>({"place_id"});

constexpr auto calendar_fields = std::to_array<Field>({
    {"day", day, required, {"the day", "日期"}},
    {"title", text, optional, {"what it is called", "名称"}},
    {"holiday", boolean, optional, {"a public holiday", "是否节假日"}},
    {"closed", boolean, optional, {"the shop was closed", "是否歇业"}},
});
constexpr auto calendar_key = std::to_array<std::string_view>({"day"});

constexpr auto weather_fields = std::to_array<Field>({
    {"place_id", text, computed, {"where; \"all\" where not mapped", "地点；未映射时为 all"}},
    {"day", day, required, {"the day, or the first day of the time it is an average of", "日期，或平均值时段的第一天"}},
    {"temperature_c", real, optional, {"mean temperature, degrees Celsius", "平均气温（摄氏度）"}},
    {"temperature_max_c", real, optional, {"highest temperature, degrees Celsius", "最高气温（摄氏度）"}},
    {"temperature_min_c", real, optional, {"lowest temperature, degrees Celsius", "最低气温（摄氏度）"}},
    {"rain_mm", real, optional, {"rain and melted snow, millimetres", "降水量（毫米）"}},
    {"wind_ms", real, optional, {"mean wind, metres a second", "平均风速（米/秒）"}},
    {"condition", text, optional, {"in words: sunny, snow", "天气状况"}},
});
constexpr auto weather_key = std::to_array<std::string_view>({"place_id", "day"});

constexpr auto indicator_fields = std::to_array<Field>({
    {"place_id", text, computed, {"where; \"all\" where not mapped", "地点；未映射时为 all"}},
    {"day", day, required, {"the day, or the first day of the time it holds for", "日期，或适用时段的第一天"}},
    {"name", text, required, {"what is measured, \"fuel_price\"", "指标名"}},
    {"value", real, required, {"how much", "指标值"}},
});
constexpr auto indicator_key = std::to_array<std::string_view>({"place_id", "day", "name"});

constexpr auto tables = std::to_array<CanonicalTable>({
    {"customers", "customer", customer_fields, customer_key, {"Who buys.", "顾客"}},
    {"places",
     "place",
     place_fields,
     place_key,
     {"Stores, warehouses, regions and channels.", "门店、仓库、地区与渠道"}},
    {"calendar", "calendar", calendar_fields, calendar_key, {"Days that are not like others.", "日历：节假日与歇业日"}},
    {"weather", "weather", weather_fields, weather_key, {"The weather at a place on a day.", "天气"}},
    {"indicators",
     "indicator",
     indicator_fields,
     indicator_key,
     {"Other numbers of a place and a day that sales may follow: fuel price, unemployment, a local holiday.",
      "其他可能影响销售的指标：油价、失业率、地方节日等"}},
});

}  // namespace

std::span<const CanonicalTable> outside_tables() {
    return tables;
}

}  // namespace suanpan::data
