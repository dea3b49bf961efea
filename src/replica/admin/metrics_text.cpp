// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/metrics_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace pilothouse::admin {
namespace {

void appendEscaped(std::string& out, std::string_view text, bool inQuotes) {
    for (const char c : text) {
        if (c == '\\') {
            out += "\\\\";
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '"' && inQuotes) {
            out += "\\\"";
        } else {
            out += c;
        }
    }
}

} // namespace

std::string MetricsText::number(double value) {
    if (std::isnan(value)) {
        return "NaN";
    }
    if (std::isinf(value)) {
        return value > 0 ? "+Inf" : "-Inf";
    }
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value + 0.0).ptr; // no "-0"
    return {buffer.data(), end};
}

void MetricsText::family(std::string_view name, std::string_view type, std::string_view help) {
    m_family = name;
    m_text += "# HELP " + m_family + " ";
    appendEscaped(m_text, help, false);
    m_text += "\n# TYPE " + m_family + " ";
    m_text += type;
    m_text += "\n";
}

void MetricsText::sample(std::string_view suffix, double value, Labels labels) {
    m_text += m_family;
    m_text += suffix;
    char before = '{';
    for (const auto& [name, text] : labels) {
        m_text += before;
        m_text += name;
        m_text += "=\"";
        appendEscaped(m_text, text, true);
        m_text += '"';
        before = ',';
    }
    m_text += before == ',' ? "} " : " ";
    m_text += number(value);
    m_text += '\n';
}

} // namespace pilothouse::admin
