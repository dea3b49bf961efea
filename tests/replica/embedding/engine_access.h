// SPDX-License-Identifier: GPL-3.0-or-later
// Behind a running replica's back: its engine.
#pragma once

#include "base/result.h"
#include "replica/engine/engine.h"

#include <boost/asio/awaitable.hpp>

#include <filesystem>
#include <functional>

namespace pilothouse::test {

using EngineWork = std::function<boost::asio::awaitable<Status>(engine::Engine&)>;

// Runs `work` on the engine of the replica that runs on `dataDir`, with that replica's own certificate.
[[nodiscard]] Status onEngine(const std::filesystem::path& dataDir, const EngineWork& work);

} // namespace pilothouse::test
