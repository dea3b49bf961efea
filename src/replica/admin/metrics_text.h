// SPDX-License-Identifier: GPL-3.0-or-later
// Prometheus' text format 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats/
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pilothouse::admin {

class MetricsText {
public:
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    // Begins a family; its samples follow. The type is "gauge", "counter" or "histogram".
    void family(std::string_view name, std::string_view type, std::string_view help);
    // Of the family that was begun last.
    void sample(double value, Labels labels = {}) { sample("", value, labels); }
    // `suffix`: "_bucket", "_sum" or "_count" of a histogram.
    void sample(std::string_view suffix, double value, Labels labels = {});

    // A family of one sample without labels.
    void gauge(std::string_view name, std::string_view help, double value) {
        family(name, "gauge", help);
        sample(value);
    }
    void counter(std::string_view name, std::string_view help, double value) {
        family(name, "counter", help);
        sample(value);
    }

    [[nodiscard]] std::string take() { return std::move(m_text); }
    // The shortest form that reads back the same: "0.25", "3", "+Inf".
    [[nodiscard]] static std::string number(double value);

private:
    std::string m_text;
    std::string m_family;
};

} // namespace pilothouse::admin
