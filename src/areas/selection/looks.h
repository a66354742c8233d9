#pragma once

#include <string>
#include <vector>

namespace suanpan::selection {

// Items whose titles are alike get the same number from 1 on; 0: like no other. In the given order each title joins the
// first group whose first title shares at least 60 % of all words of both (Jaccard 1901); only groups that share one of
// its three rarest words are compared.
[[nodiscard]] std::vector<std::size_t> looks_of(const std::vector<std::string>& titles);

}  // namespace suanpan::selection
