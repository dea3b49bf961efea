// SPDX-License-Identifier: GPL-3.0-or-later
// Damaged texts, the same in every run unless PILOTHOUSE_TEST_SEED says which others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::test {

class Mutator {
public:
    // `pieces` are put in besides random bytes: what means something in this kind of text.
    Mutator(std::vector<std::string> seeds, std::vector<std::string> pieces)
        : m_seeds(std::move(seeds)), m_pieces(std::move(pieces)) {}

    // One of the seeds with one to four changes; now and then nothing but random bytes.
    [[nodiscard]] std::string next();

private:
    [[nodiscard]] std::size_t below(std::size_t end);
    void change(std::string& text);
    [[nodiscard]] static std::uint64_t seed();

    std::vector<std::string> m_seeds;
    std::vector<std::string> m_pieces;
    std::mt19937_64 m_random{seed()}; // NOLINT(cert-msc51-cpp): the same in every run
};

// Bytes that are not printable as \xNN, for messages of failed tests.
[[nodiscard]] std::string shown(std::string_view text);

} // namespace pilothouse::test
