// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/settings.h"

#include "replica/state/keys.h"
#include "replica/state/repository_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace pilothouse::state {

using engine::Awaitable;

namespace {

enum class Kind { number, onOff, repositories };

struct Rule {
    std::string_view name;
    Kind kind = Kind::number;
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
    std::string_view standard;
};

constexpr std::int64_t mebibyte = std::int64_t{1} << 20;
constexpr std::int64_t tebibyte = std::int64_t{1} << 40;

// By name.
constexpr std::array<Rule, 12> rules = {{
    {setting::anonymousPull, Kind::repositories, 0, 0, ""},
    {setting::blobBytes, Kind::number, mebibyte, 16 * tebibyte, "1099511627776"},
    {setting::collectAfterMinutes, Kind::number, 0, std::int64_t{365} * 24 * 60, "60"},
    {setting::electionMs, Kind::number, 100, 50'000, "1000"},
    {setting::heartbeatMs, Kind::number, 10, 1000, "100"},
    {setting::historyMinutes, Kind::number, 1, std::int64_t{7} * 24 * 60, "60"},
    {setting::keptEvents, Kind::number, 100, 100'000, "10000"},
    {setting::manifestBytes, Kind::number, std::int64_t{64} * 1024, 64 * mebibyte, "4194304"},
    {setting::pushFloorMib, Kind::number, 0, std::int64_t{1} << 30, "1024"},
    {setting::readOnlyRegistry, Kind::onOff, 0, 0, "false"},
    {setting::requestsPerSecond, Kind::number, 0, 1'000'000, "0"},
    {setting::uploadsPerUser, Kind::number, 1, 10'000, "64"},
}};

const Rule* ruleFor(std::string_view name) {
    const auto* found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.name == name; });
    return found != rules.end() ? found : nullptr;
}

std::optional<std::int64_t> numberIn(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return number;
}

bool obeys(const Rule& rule, std::string_view value) {
    if (rule.kind == Kind::onOff) {
        return value == "true" || value == "false";
    }
    if (rule.kind == Kind::repositories) {
        return checkRepositoryPatterns(value).has_value();
    }
    const std::optional<std::int64_t> number = numberIn(value);
    return number && *number >= rule.lowest && *number <= rule.highest;
}

// "must be …"
std::string allowedBy(const Rule& rule) {
    switch (rule.kind) {
    case Kind::onOff:
        return "true or false";
    case Kind::repositories:
        return "names of repositories, or patterns such as team/*, with commas between them";
    case Kind::number:
        break;
    }
    return "a whole number from " + std::to_string(rule.lowest) + " to " + std::to_string(rule.highest);
}

api::Setting described(const Rule& rule, std::string value) {
    return {std::string(rule.name), std::move(value), std::string(rule.standard), allowedBy(rule)};
}

} // namespace

std::string settingText(const Snapshot& snapshot, std::string_view name) {
    const Rule* rule = ruleFor(name);
    if (rule == nullptr) {
        return {};
    }
    const Stored<SettingRecord>* recorded = snapshot.settings.find(name);
    const bool usable = recorded != nullptr && obeys(*rule, recorded->record.value);
    return usable ? recorded->record.value : std::string(rule->standard);
}

std::int64_t settingNumber(const Snapshot& snapshot, std::string_view name) {
    return numberIn(settingText(snapshot, name)).value_or(0);
}

bool settingSwitch(const Snapshot& snapshot, std::string_view name) {
    return settingText(snapshot, name) == "true";
}

api::SettingList allSettings(const Snapshot& snapshot) {
    api::SettingList all;
    for (const Rule& rule : rules) {
        all.settings.push_back(described(rule, settingText(snapshot, rule.name)));
    }
    return all;
}

api::Setting describe(const SettingRecord& record) {
    const Rule* rule = ruleFor(record.name);
    return rule != nullptr ? described(*rule, record.value) : api::Setting{record.name, record.value, {}, {}};
}

Status checkSetting(std::string_view name, std::string_view value) {
    const Rule* rule = ruleFor(name);
    if (rule == nullptr) {
        std::string names;
        for (const Rule& known : rules) {
            names += (names.empty() ? "" : ", ") + std::string(known.name);
        }
        return fail(ErrorCode::notFound, "there is no setting " + std::string(name),
                    "Known settings: " + names);
    }
    if (obeys(*rule, value)) {
        return {};
    }
    return fail(ErrorCode::invalid, "setting " + std::string(name) + " must be " + allowedBy(*rule));
}

Awaitable<Result<Written<SettingRecord>>> SettingService::put(Request request, std::string name,
                                                              std::string value) {
    if (const Status fine = checkSetting(name, value); !fine) {
        co_return fail(fine.error());
    }
    const std::string words = name + " = " + value;
    StateWriter::Prepare prepare = [&](const Deadline&) -> Awaitable<Result<Change>> {
        Change change;
        change.outcome = encode(SettingRecord{name, value, m_writer.now()});
        change.operations.emplace_back(engine::Put{keys::of(keys::settings, name), change.outcome});
        co_return change;
    };
    const Result<Committed> committed =
        co_await m_writer.write(std::move(request), "setting-put", words, std::move(prepare));
    co_return writtenRecord<SettingRecord>(committed);
}

} // namespace pilothouse::state
