// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cut_off.h"

#include <QNetworkInterface>

#include <algorithm>
#include <optional>

namespace pilothouse::client {

namespace {

bool hasNetwork() {
    const auto interfaces = QNetworkInterface::allInterfaces();
    return std::any_of(interfaces.begin(), interfaces.end(), [](const QNetworkInterface& interface) {
        const auto flags = interface.flags();
        return (flags & QNetworkInterface::IsRunning) && !(flags & QNetworkInterface::IsLoopBack) &&
               !interface.addressEntries().isEmpty();
    });
}

bool isGivenUp(const domain::ReplicaObservation& replica) {
    return replica.reach == domain::Reach::timeout || replica.reach == domain::Reach::unreachable;
}

bool fellSilentTogether(const std::vector<domain::ReplicaObservation>& replicas, MonotonicTime newest,
                        const Timing& timing) {
    const auto since = newest - (timing.silentAfter - timing.lateAfter);
    int together = 0;
    int givenUp = 0;
    for (const auto& replica : replicas) {
        if (!replica.lastByteAt || *replica.lastByteAt < since) {
            continue;
        }
        if (replica.reach != domain::Reach::ok && !isGivenUp(replica)) {
            return false;
        }
        ++together;
        givenUp += isGivenUp(replica) ? 1 : 0;
    }
    return together >= 2 && givenUp >= 1;
}

} // namespace

OwnNetwork lookAtNetwork(const QList<QUrl>& urls) {
    const bool local = std::all_of(urls.begin(), urls.end(), [](const QUrl& url) {
        return url.host() == QStringLiteral("localhost") || QHostAddress(url.host()).isLoopback();
    });
    return local ? OwnNetwork::notNeeded : hasNetwork() ? OwnNetwork::some : OwnNetwork::none;
}

bool isCutOff(const std::vector<domain::ReplicaObservation>& replicas, MonotonicTime now,
              const Timing& timing, const std::function<OwnNetwork()>& network) {
    std::optional<MonotonicTime> newest;
    for (const auto& replica : replicas) {
        newest = std::max(newest, replica.lastByteAt); // one without any is the least
    }
    if (newest && now - *newest < timing.lateAfter) {
        return false;
    }
    switch (network()) {
    case OwnNetwork::none:
        return true;
    case OwnNetwork::notNeeded:
        return false;
    case OwnNetwork::some:
        break;
    }
    return newest && fellSilentTogether(replicas, *newest, timing);
}

} // namespace pilothouse::client
