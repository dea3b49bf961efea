// SPDX-License-Identifier: GPL-3.0-or-later
#include "measure.h"

#include "bench_figure.h"
#include "processor.h"

#include <algorithm>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace pilothouse::bench {

namespace {

struct Measured {
    std::vector<double> peer;
    std::vector<double> single;
    std::vector<std::vector<double>> cluster; // of each replica, or of all in the first
    std::vector<double> bareOne;
    std::vector<double> bareThree;
    ProcessorTime atSingle;
    ProcessorTime atCluster;
};

// A virtual machine may have given memory that was free back to its host, and then gets it page by page, at a
// tenth of the speed: who comes first would pay for that.
void fetchMemory(std::size_t bytes) {
    void* const begin =
        ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (begin != MAP_FAILED) {
        ::munmap(begin, bytes);
    }
}

// With nothing left to write of what was done before: what one does not sync would slow down the next.
double measureOne(const Row& row, const Party& party, ProcessorTime* used = nullptr) {
    const RegistryAt at = party.now();
    ::sync();
    if (row.memory > 0) {
        fetchMemory(row.memory);
    }
    const ProcessorWatch watch(party.replicas);
    const double value = row.measure(at);
    if (used != nullptr) {
        *used += watch.elapsed();
    }
    return value;
}

void runOnce(const Row& row, const Parties& parties, int run, Measured& into) {
    if (parties.peer) {
        into.peer.push_back(measureOne(row, *parties.peer));
    }
    if (parties.single) {
        into.single.push_back(measureOne(row, *parties.single, &into.atSingle));
    }
    if (row.bare && parties.bareOne && parties.bareThree) {
        into.bareOne.push_back(measureOne(row, *parties.bareOne));
        into.bareThree.push_back(measureOne(row, *parties.bareThree));
    }
    if (parties.cluster.empty()) {
        return;
    }
    if (!row.onEach) {
        const auto turn = static_cast<std::size_t>(run) % parties.cluster.size();
        into.cluster.resize(1);
        into.cluster.front().push_back(measureOne(row, parties.cluster[turn], &into.atCluster));
        return;
    }
    into.cluster.resize(parties.cluster.size());
    for (std::size_t i = 0; i < parties.cluster.size(); ++i) {
        into.cluster[i].push_back(measureOne(row, parties.cluster[i], &into.atCluster));
    }
}

double slowest(const std::vector<std::vector<double>>& replicas) {
    double least = median(replicas.front());
    for (const auto& one : replicas) {
        least = std::min(least, median(one));
    }
    return least;
}

void printOurs(const Row& row, const std::string& who, double value, std::optional<double> atLeast,
               const std::vector<double>& peer) {
    print({.name = row.name + ": " + who, .value = value, .unit = row.unit});
    if (!peer.empty()) {
        print({.name = row.name + ": " + who + ", times the peer",
               .value = value / median(peer),
               .unit = "x",
               .atLeast = atLeast});
    }
}

// How much of it this machine allows.
void printBare(const Row& row, const Measured& measured) {
    if (!measured.bareOne.empty()) {
        printOurs(row, "no registry, one copy", median(measured.bareOne), {}, measured.peer);
        printOurs(row, "no registry, three copies", median(measured.bareThree), {}, measured.peer);
    }
}

} // namespace

void measure(const Row& row, const Parties& parties, int runs) {
    Measured measured;
    try {
        for (int run = 0; run < runs; ++run) {
            runOnce(row, parties, run, measured);
        }
    } catch (const std::exception& error) {
        return printMissing(row.name, error.what());
    }
    if (!measured.peer.empty()) {
        print({.name = row.name + ": docker-registry", .value = median(measured.peer), .unit = row.unit});
    }
    if (!measured.single.empty()) {
        printOurs(row, "one replica", median(measured.single), row.singleAtLeast, measured.peer);
        printNote(row.name + ": one replica, processor time: " + sharesOf(measured.atSingle));
    }
    if (!measured.cluster.empty()) {
        const std::string who = row.onEach ? "three, slowest of each" : "three";
        printOurs(row, who, slowest(measured.cluster), row.clusterAtLeast, measured.peer);
        printNote(row.name + ": three, processor time: " + sharesOf(measured.atCluster));
    }
    printBare(row, measured);
}

} // namespace pilothouse::bench
