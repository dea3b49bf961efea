// SPDX-License-Identifier: GPL-3.0-or-later
// Events that could not be recorded yet, on disk: what happened without quorum is not forgotten by a restart.
#pragma once

#include "base/result.h"
#include "replica/state/records.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace pilothouse::state {

struct PendingEvent {
    std::string name; // below keys::events
    EventRecord event;
    friend bool operator==(const PendingEvent&, const PendingEvent&) = default;
};

// Blocking, synced to disk; one thread at a time. One file for each event, in the order of their coming.
class PendingEvents {
public:
    // Beyond this the newest are refused: the beginning of a story matters more than its repetition.
    static constexpr std::size_t maxPending = 1000;

    explicit PendingEvents(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    // Keeps it. One of that name that is kept already stays as it is.
    [[nodiscard]] Status add(const PendingEvent& event);
    // Oldest first. Files that hold no event are deleted: `*damaged` counts them. Those that cannot be read
    // now are left out and stay.
    [[nodiscard]] Result<std::vector<PendingEvent>> list(int* damaged = nullptr);
    [[nodiscard]] Status remove(const std::string& name);

private:
    struct File {
        std::filesystem::path path;
        PendingEvent event;
    };
    [[nodiscard]] Result<std::vector<File>> files(int* damaged);

    std::filesystem::path m_folder;
    std::uint64_t m_last = 0; // highest number of a file
};

} // namespace pilothouse::state
