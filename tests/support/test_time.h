// SPDX-License-Identifier: GPL-3.0-or-later
// How long tests go on that look for what happens rarely, and with which seed they begin.
#pragma once

#include <chrono>
#include <cstdlib>
#include <random>

namespace pilothouse::test {

// PILOTHOUSE_TEST_SECONDS, which `./run test --long` sets, or else what is usual.
inline std::chrono::seconds testTime(std::chrono::seconds usual) {
    const char* wanted = std::getenv("PILOTHOUSE_TEST_SECONDS");
    const int seconds = wanted == nullptr ? 0 : std::atoi(wanted);
    return seconds > 0 ? std::chrono::seconds(seconds) : usual;
}

// As many in a long run, or else what is usual.
inline int testRounds(int usual, int inLongRun) {
    return std::getenv("PILOTHOUSE_TEST_SECONDS") == nullptr ? usual : inLongRun;
}

// PILOTHOUSE_TEST_SEED, to see something again, or another each time.
inline unsigned testSeed() {
    const char* wanted = std::getenv("PILOTHOUSE_TEST_SEED");
    return wanted == nullptr ? std::random_device()()
                             : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
}

} // namespace pilothouse::test
