// SPDX-License-Identifier: GPL-3.0-or-later
#include "round_trip.h"

namespace pilothouse::api::wire {

namespace {

std::string randomBytes(Maker& maker) {
    std::string bytes(maker.below(40), '\0');
    for (char& c : bytes) {
        c = static_cast<char>(maker.below(256));
    }
    return bytes;
}

std::string mutated(std::string text, Maker& maker) {
    static const std::vector<std::string> tokens{"{",
                                                 "}",
                                                 "[",
                                                 "]",
                                                 ",",
                                                 ":",
                                                 "\"",
                                                 "null",
                                                 "true",
                                                 "-",
                                                 "0",
                                                 "1e999",
                                                 "9223372036854775808",
                                                 "1.5",
                                                 "\\u",
                                                 "\\ud800",
                                                 "\xff"};
    for (std::size_t changes = 1 + maker.below(4); changes > 0; --changes) {
        const std::size_t at = maker.below(text.size() + 1);
        switch (maker.below(5)) {
        case 0:
            text.insert(at, tokens[maker.below(tokens.size())]);
            break;
        case 1:
            text.erase(at, 1 + maker.below(8));
            break;
        case 2:
            text.replace(at, 1, std::string(1, static_cast<char>(maker.below(256))));
            break;
        case 3:
            text.insert(at, text.substr(maker.below(text.size() + 1), maker.below(30)));
            break;
        default:
            text.resize(at);
        }
    }
    return text;
}

} // namespace

std::vector<std::string> mutations(const std::string& text, Maker& maker, std::size_t count) {
    std::vector<std::string> all;
    all.reserve(count);
    while (all.size() < count) {
        all.push_back(maker.below(10) == 0 ? randomBytes(maker) : mutated(text, maker));
    }
    return all;
}

} // namespace pilothouse::api::wire
