// SPDX-License-Identifier: GPL-3.0-or-later
// What is to be said, without words: a message id and its typed arguments. `text` makes sentences of them.
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace pilothouse::domain {

// Replicas by name, to be listed ("reg-1, reg-2 and reg-3").
struct Names {
    std::vector<std::string> names;
    friend bool operator==(const Names&, const Names&) = default;
};

// Numbers are counts unless the message says otherwise; Milliseconds are durations; WallTime is a moment.
using Argument = std::variant<std::int64_t, double, std::string, Names, Milliseconds, WallTime>;

enum class MessageId; // message_ids.h

struct Message {
    MessageId id{};
    std::vector<Argument> arguments;
    friend bool operator==(const Message&, const Message&) = default;
};

} // namespace pilothouse::domain
