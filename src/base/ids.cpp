// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ids.h"

#include <algorithm>

namespace pilothouse {

Result<ReplicaId> parseReplicaId(std::string_view text) {
    const auto isLowerHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    if (text.size() != 12 || !std::all_of(text.begin(), text.end(), isLowerHex)) {
        return fail(ErrorCode::invalid, "\"" + std::string(text.substr(0, 40)) + "\" is not a replica id",
                    "A replica id has 12 digits of 0-9 and a-f");
    }
    return ReplicaId(std::string(text));
}

} // namespace pilothouse
