// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench_figure.h"

#include <algorithm>
#include <cstdio>

namespace pilothouse::bench {
namespace {

bool somethingMissing = false;

} // namespace

void print(const Figure& figure) {
    std::printf("%-62s %9.2f %-5s", figure.name.c_str(), figure.value, figure.unit.c_str());
    if (figure.limit) {
        std::printf(" at most  %9.2f  %s", *figure.limit, figure.value <= *figure.limit ? "ok" : "over");
    }
    if (figure.atLeast) {
        std::printf(" at least %9.2f  %s", *figure.atLeast, figure.value >= *figure.atLeast ? "ok" : "under");
    }
    std::printf("\n");
    std::fflush(stdout); // a run takes minutes
}

void printMissing(const std::string& name, const std::string& why) {
    somethingMissing = true;
    std::printf("%-62s not measured: %s\n", name.c_str(), why.c_str());
    std::fflush(stdout);
}

void printNote(const std::string& text) {
    std::printf("%s\n", text.c_str());
    std::fflush(stdout);
}

int exitCode() {
    return somethingMissing ? 1 : 0;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double largest(const std::vector<double>& values) {
    return *std::max_element(values.begin(), values.end());
}

} // namespace pilothouse::bench
