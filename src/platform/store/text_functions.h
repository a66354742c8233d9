#pragma once

#include <duckdb.h>

#include "platform/base/result.h"

namespace suanpan::store {

// Makes these known to the connection's database, for statements; NULL stays NULL:
// - normal_text(text): Unicode's normal form NFKC (UAX 15), so that "Ａ１" and "A1", or an accent written in one sign
// or in
//   two, are one text; spaces that come of it at the ends go. ASCII is its own value, at little cost.
// - keyed_hash(key, text): BLAKE2b of 16 bytes under the key (64 hexadecimal digits), as 26 letters of RFC 4648's
//   base32, in small letters. Who lacks the key can neither compute nor check it. NULL where the key is none.
[[nodiscard]] Result<> declare_text_functions(duckdb_connection connection);

}  // namespace suanpan::store
