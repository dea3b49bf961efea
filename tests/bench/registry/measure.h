// SPDX-License-Identifier: GPL-3.0-or-later
// One figure at the peer, at a single replica and at a cluster of three, measured in turn.
#pragma once

#include "stream_client.h"

#include <QtGlobal>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pilothouse::bench {

// Somebody to measure at. Tokens of replicas are good for minutes only, so each measurement asks for one.
struct Party {
    std::uint16_t port = 0;
    std::string authority;
    std::function<std::string()> token;
    std::vector<qint64> replicas = {}; // processes behind it, of ours
    [[nodiscard]] RegistryAt now() const { return {port, authority, token()}; }
};

struct Parties {
    std::optional<Party> peer;
    std::optional<Party> single;
    std::vector<Party> cluster;
    // Servers that do the least, and no registry's work, for one copy and for three: see BareServer.
    std::optional<Party> bareOne;
    std::optional<Party> bareThree;
};

struct Row {
    std::string name;
    std::string unit;
    std::function<double(const RegistryAt&)> measure = {};
    double singleAtLeast = 0;  // times the peer's
    double clusterAtLeast = 0; // the same
    // At each of the three, of which the slowest counts; else in turn.
    bool onEach = false;
    bool bare = false;      // also at the bare servers
    std::size_t memory = 0; // bytes that it fills anew, in the page cache most of all
};

// Prints the median of the runs at each, the ratios to the peer, and where the processors' time went. What
// fails is printed as missing.
void measure(const Row& row, const Parties& parties, int runs);

} // namespace pilothouse::bench
