#pragma once

#include <string>
#include <vector>

#include "areas/data/load.h"

namespace suanpan::data {

// What became of a file of the inbox.
struct InboxFile {
    std::string file;
    std::string moved_to;  // "done/orders.csv", "refused/orders.csv", beneath inbox/
    std::string refused;   // why; empty for a file that was loaded
    std::vector<FileReport> reports;
};

struct InboxOptions {
    std::chrono::seconds settled{10};  // a file that was written to since then is still on its way
    std::function<void(const std::string& file)> progress = [](const std::string&) {};
};

// Loads the files of the shop's inbox/ that have settled, in the order of the mapping's sources, then by name, and
// moves each into inbox/done/, or into inbox/refused/ with the reason beside it (FILE.txt). What stopped half way is
// taken up again: a file that is in changes nothing. Names that begin with a dot and unfinished downloads (.part, .tmp,
// .crdownload) are left alone. A full disk or a busy database stops the pass and leaves the file where it is.
[[nodiscard]] Result<std::vector<InboxFile>> load_inbox(store::Shop& shop, const Mapping& mapping,
                                                        const InboxOptions& options);

}  // namespace suanpan::data
