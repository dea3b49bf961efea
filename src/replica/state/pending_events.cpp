// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/pending_events.h"

#include "replica/security/files.h"

#include <algorithm>
#include <cstdio>
#include <system_error>
#include <utility>

namespace pilothouse::state {

namespace {

constexpr std::size_t maxFileBytes = 65536;

// The name on the first line (it has no line breaks), then the record's JSON.
std::string format(const PendingEvent& event) {
    return event.name + "\n" + encode(event.event);
}

Result<PendingEvent> parse(const std::string& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string::npos || end == 0) {
        return fail(ErrorCode::corrupt, "no name on the first line");
    }
    Result<EventRecord> record = decode<EventRecord>(std::string_view(text).substr(end + 1));
    if (!record) {
        return fail(record.error());
    }
    return PendingEvent{text.substr(0, end), std::move(*record)};
}

std::string fileName(std::uint64_t number) {
    char name[32];
    std::snprintf(name, sizeof name, "%012llu.json", static_cast<unsigned long long>(number));
    return name;
}

} // namespace

Result<std::vector<PendingEvents::File>> PendingEvents::files(int* damaged) {
    std::error_code error;
    std::vector<std::filesystem::path> paths;
    for (std::filesystem::directory_iterator entry(m_folder, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() == ".json") {
            paths.push_back(entry->path());
        }
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        return fail(ErrorCode::internal, "cannot list " + m_folder.string() + ": " + error.message());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<File> found;
    for (const std::filesystem::path& path : paths) {
        m_last = std::max<std::uint64_t>(m_last, std::strtoull(path.stem().c_str(), nullptr, 10));
        const Result<std::string> text = security::readPrivateFile(path, maxFileBytes);
        if (!text) {
            continue; // out of descriptors, say: it may be readable the next time
        }
        Result<PendingEvent> event = parse(*text);
        if (event) {
            found.push_back({path, std::move(*event)});
            continue;
        }
        std::filesystem::remove(path, error);
        if (damaged != nullptr) {
            ++*damaged;
        }
    }
    return found;
}

Status PendingEvents::add(const PendingEvent& event) {
    const Result<std::vector<File>> kept = files(nullptr);
    if (!kept) {
        return fail(kept.error());
    }
    if (std::any_of(kept->begin(), kept->end(), [&](const File& f) { return f.event.name == event.name; })) {
        return {};
    }
    if (kept->size() >= maxPending) {
        return fail(ErrorCode::exhausted, "too many events wait to be recorded");
    }
    if (Status made = security::makePrivateFolder(m_folder); !made) {
        return made;
    }
    return security::writePrivateFile(m_folder / fileName(++m_last), format(event));
}

Result<std::vector<PendingEvent>> PendingEvents::list(int* damaged) {
    Result<std::vector<File>> kept = files(damaged);
    if (!kept) {
        return fail(kept.error());
    }
    std::vector<PendingEvent> events;
    for (File& file : *kept) {
        events.push_back(std::move(file.event));
    }
    return events;
}

Status PendingEvents::remove(const std::string& name) {
    const Result<std::vector<File>> kept = files(nullptr);
    if (!kept) {
        return fail(kept.error());
    }
    for (const File& file : *kept) {
        std::error_code error;
        if (file.event.name == name && !std::filesystem::remove(file.path, error)) {
            return fail(ErrorCode::internal, "cannot delete " + file.path.string() + ": " + error.message());
        }
    }
    return {};
}

} // namespace pilothouse::state
