// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace pilothouse::ui {
namespace {

const Tokens light{
    .window = 0xf6f7f9,
    .surface = 0xffffff,
    .raised = 0xffffff,
    .line = 0xdfe3e8,
    .idle = 0x8b97a4,
    .ink = 0x17202a,
    .dim = 0x5b6876,
    .faint = 0x6b7885,
    .accent = 0x1769c2,
    .accentGround = 0xe7f1fc,
    .onAccent = 0xffffff,
    .good = 0x16794a,
    .goodGround = 0xe3f5ec,
    .attention = 0x955700,
    .attentionGround = 0xfdf1da,
    .bad = 0xc4322b,
    .badGround = 0xfce7e6,
};

const Tokens dark{
    .window = 0x14181d,
    .surface = 0x1b2128,
    .raised = 0x222a33,
    .line = 0x2c3641,
    .idle = 0x5a6876,
    .ink = 0xe8ecf1,
    .dim = 0x94a3b3,
    .faint = 0x8592a0,
    .accent = 0x5aa9f0,
    .accentGround = 0x1d3147,
    .onAccent = 0x14181d,
    .good = 0x3fbf83,
    .goodGround = 0x173328,
    .attention = 0xf0b13c,
    .attentionGround = 0x3a2d12,
    .bad = 0xf2695f,
    .badGround = 0x3d1e1d,
};

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

} // namespace

const Tokens& tokens(Appearance appearance) {
    return appearance == Appearance::dark ? dark : light;
}

double contrast(const QColor& one, const QColor& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QColor readable(const QColor& wanted, const QColor& ground, const QColor& otherwise) {
    return contrast(wanted, ground) >= 4.5 ? wanted : otherwise;
}

const std::vector<ColourPair>& usedPairs() {
    using T = Tokens;
    static const std::vector<ColourPair> pairs{
        {"values on the ground", &T::ink, &T::window, 4.5},
        {"values on panels", &T::ink, &T::surface, 4.5},
        {"values on cards", &T::ink, &T::raised, 4.5},
        {"labels on the ground", &T::dim, &T::window, 4.5},
        {"labels on panels", &T::dim, &T::surface, 4.5},
        {"labels on cards", &T::dim, &T::raised, 4.5},
        {"hints and disabled text on panels", &T::faint, &T::surface, 4.5},
        {"links and selected tabs on panels", &T::accent, &T::surface, 4.5},
        {"links on the ground", &T::accent, &T::window, 4.5},
        {"progress on cards", &T::accent, &T::raised, 4.5},
        {"the leader's mark", &T::accent, &T::accentGround, 4.5},
        {"the strongest button", &T::onAccent, &T::accent, 4.5},
        {"selected cluster", &T::ink, &T::accentGround, 4.5},
        {"selected cluster's second line", &T::dim, &T::accentGround, 4.5},
        {"attention in a selected row", &T::attention, &T::accentGround, 4.5},
        {"failure mark in a selected row", &T::bad, &T::accentGround, 3},
        {"good mark in a selected row", &T::good, &T::accentGround, 3},
        {"headline when healthy", &T::ink, &T::goodGround, 4.5},
        {"facts when healthy", &T::dim, &T::goodGround, 4.5},
        {"headline when at risk", &T::ink, &T::attentionGround, 4.5},
        {"facts when at risk", &T::dim, &T::attentionGround, 4.5},
        {"headline without quorum", &T::ink, &T::badGround, 4.5},
        {"facts without quorum", &T::dim, &T::badGround, 4.5},
        {"good mark of the banner", &T::good, &T::goodGround, 3},
        {"attention mark of the banner", &T::attention, &T::attentionGround, 3},
        {"failure mark of the banner", &T::bad, &T::badGround, 3},
        {"sign in the good mark", &T::goodGround, &T::good, 3},
        {"sign in the attention mark", &T::attentionGround, &T::attention, 3},
        {"sign in the failure mark", &T::badGround, &T::bad, 3},
        {"attention text on cards", &T::attention, &T::raised, 4.5},
        {"failure text on cards", &T::bad, &T::raised, 4.5},
        {"attention text on panels", &T::attention, &T::surface, 4.5},
        {"failure text on panels", &T::bad, &T::surface, 4.5},
        {"attention text on the ground", &T::attention, &T::window, 4.5},
        {"failure text on the ground", &T::bad, &T::window, 4.5},
        {"a peer that is heard, in the matrix", &T::good, &T::goodGround, 4.5},
        {"a peer that is not heard, in the matrix", &T::bad, &T::badGround, 3},
        {"good mark on cards", &T::good, &T::raised, 3},
        {"good mark and ring on panels", &T::good, &T::surface, 3},
        {"links and dashed marks on panels", &T::dim, &T::surface, 3},
        {"focus on the ground", &T::accent, &T::window, 3},
        {"sandbox band", &T::dim, &T::window, 4.5},
        {"a button that is pressed", &T::ink, &T::line, 4.5},
        {"menu items that are off", &T::faint, &T::raised, 4.5},
        {"edges of fields, handles of scroll bars", &T::faint, &T::surface, 3},
        {"edges of fields on the ground", &T::faint, &T::window, 3},
        {"commands", &T::ink, &T::window, 4.5},
        {"focus on panels", &T::accent, &T::surface, 3},
        {"focus on the banner when healthy", &T::accent, &T::goodGround, 3},
        {"focus on the banner when at risk", &T::accent, &T::attentionGround, 3},
        {"focus on the banner without quorum", &T::accent, &T::badGround, 3},
        {"attention mark in a selected row", &T::attention, &T::accentGround, 3},
        {"dashed marks in a selected row", &T::dim, &T::accentGround, 3},
        {"dashed marks on the ground", &T::dim, &T::window, 3},
    };
    return pairs;
}

} // namespace pilothouse::ui
