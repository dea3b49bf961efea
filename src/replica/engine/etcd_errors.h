// SPDX-License-Identifier: GPL-3.0-or-later
// What a call that etcd refused, or did not answer, means.
#pragma once

#include "base/result.h"

namespace grpc {
class Status;
}

namespace pilothouse::engine::etcd {

// Of a status that is none of success. ErrorCode::unavailable only when the call certainly did nothing.
[[nodiscard]] Error errorOf(const grpc::Status& status);

} // namespace pilothouse::engine::etcd
