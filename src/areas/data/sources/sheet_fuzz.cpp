#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "areas/data/csv/csv.h"
#include "areas/data/sources/sheet.h"
#include "areas/data/sources/zip_file.h"

using namespace suanpan::data;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string xml(reinterpret_cast<const char*>(data), size);
    (void)parse_workbook(xml);
    (void)parse_relation(xml, "rId1");
    (void)parse_date_styles(xml);
    (void)is_date_format(xml);
    const SheetTexts texts{.shared = {"one", "two"}, .date_styles = {false, true}};
    Elements rows(bytes_of(xml), "row");
    for (auto element = rows.next(); element && !element->empty(); element = rows.next()) {
        const auto row = parse_sheet_row(*element, texts);
        if (!row) break;
        for (const auto& cell : row->cells)
            if (!csv::is_utf8(cell)) std::abort();
    }
    (void)parse_shared_string(xml);
    return 0;
}
