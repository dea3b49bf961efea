// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/operations/host_report_check.h"

#include "base/clock.h"
#include "replica/http/url.h"
#include "replica/state/names.h"

#include <algorithm>

namespace pilothouse::operations {
namespace {

constexpr std::size_t longestWord = 100; // versions, names of computers and devices
constexpr std::size_t longestSentence = 400;
constexpr double longestSyncMs = 600'000;
constexpr std::int64_t mostBytes = std::int64_t{1} << 60;
constexpr std::int64_t mostOfAnything = 1'000'000'000; // cores, files, levels
constexpr std::int64_t farthestYear = 5;               // of a clock, either way

tl::unexpected<Error> cannotBe(const std::string& what) {
    return fail(ErrorCode::invalid, "the host's report cannot be: " + what,
                "Look at the host: is it the one that you mean, and of this version?");
}

bool isWord(const std::string& text) {
    return text.size() <= longestWord && std::none_of(text.begin(), text.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
           });
}

bool isIn(std::int64_t number, std::int64_t most) {
    return number >= 0 && number <= most;
}

// Its three addresses are on the one host that the code names.
Status checkAddresses(const api::HostReport& report, const std::string& url) {
    const auto https = http::parseUrl(report.url);
    const auto plain = http::parseUrl(report.http_url);
    const auto peer = http::parseUrl(report.peer_url);
    if (!https || !plain || !peer || !https->tls || plain->tls || !peer->tls) {
        return cannotBe("an address is not of the form https://HOST:PORT");
    }
    if (report.url != url) {
        return cannotBe("it gives itself another address than its setup code");
    }
    const bool oneHost = https->host == plain->host && https->host == peer->host;
    const bool threePorts =
        https->port != plain->port && https->port != peer->port && plain->port != peer->port;
    return oneHost && threePorts ? Status() : Status(cannotBe("its addresses do not belong together"));
}

Status checkNumbers(const api::HostReport& report) {
    const api::HostFacts& host = report.host;
    const double sync = host.disk_sync_ms.value_or(0);
    const bool fine = isIn(report.feature_level, mostOfAnything) && isIn(report.open_files, mostOfAnything) &&
                      isIn(host.cores, mostOfAnything) && isIn(host.memory_bytes, mostBytes) &&
                      isIn(host.disk_free_bytes, mostBytes) && sync >= 0 && sync <= longestSyncMs;
    return fine ? Status() : Status(cannotBe("a number is out of its range"));
}

bool areAnswersTo(const std::vector<api::PathQuery>& asked, const std::vector<api::PathAnswer>& answers) {
    return std::equal(asked.begin(), asked.end(), answers.begin(), answers.end(),
                      [](const api::PathQuery& query, const api::PathAnswer& answer) {
                          return query.name == answer.name && query.port == answer.port &&
                                 query.address == answer.address;
                      });
}

} // namespace

Status checkReport(const api::HostReport& report, const std::string& url,
                   const std::vector<api::PathQuery>& asked) {
    if (const Status name = state::checkReplicaName(report.name); !name) {
        return cannotBe("it has no name that a replica can have");
    }
    if (const Status addresses = checkAddresses(report, url); !addresses) {
        return addresses;
    }
    const auto at = parseRfc3339(report.at);
    const auto year = [](WallTime time) { return time.time_since_epoch() / std::chrono::hours(24 * 365); };
    if (!at || year(*at) < 0 || year(*at) > year(systemClock().wall()) + farthestYear) {
        return cannotBe("its clock shows no time of these years");
    }
    if (const Status numbers = checkNumbers(report); !numbers) {
        return numbers;
    }
    for (const std::string* word : {&report.version, &report.engine_version, &report.host.hostname,
                                    &report.host.machine_id, &report.host.disk_device, &report.host.kernel}) {
        if (!isWord(*word)) {
            return cannotBe("a version or a name is too long, or has control characters");
        }
    }
    return areAnswersTo(asked, report.paths) ? Status()
                                             : Status(cannotBe("it tells of ways that nobody asked about"));
}

std::string shortened(std::string sentence) {
    std::replace_if(
        sentence.begin(), sentence.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    if (sentence.size() > longestSentence) {
        sentence.resize(longestSentence);
        while (!sentence.empty() && (static_cast<unsigned char>(sentence.back()) & 0xC0) == 0x80) {
            sentence.pop_back(); // the rest of a character that was cut
        }
        if (!sentence.empty() && static_cast<unsigned char>(sentence.back()) >= 0xC0) {
            sentence.pop_back();
        }
        sentence += "…";
    }
    return sentence;
}

} // namespace pilothouse::operations
