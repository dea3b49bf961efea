// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/operations.h"
#include "domain/check.h"
#include "text/format.h"
#include "text/operation_words.h"

#include <QString>

#include <string>

namespace pilothouse::text {

// A finding with typed access; a missing part gives an empty value.
class Found {
public:
    explicit Found(const api::Finding& finding)
        : m_finding(finding),
          m_severity(domain::severityOf(finding.severity).value_or(domain::Severity::blocks)) {}

    [[nodiscard]] domain::Severity severity() const { return m_severity; }
    [[nodiscard]] bool passed() const { return m_severity == domain::Severity::passed; }
    [[nodiscard]] std::int64_t number(std::size_t i) const {
        return i < m_finding.numbers.size() ? m_finding.numbers[i] : 0;
    }
    [[nodiscard]] int quantity(std::size_t i) const { return static_cast<int>(number(i)); }
    [[nodiscard]] QString nameAt(std::size_t i) const {
        return i < m_finding.names.size() ? QString::fromStdString(m_finding.names[i]) : QString();
    }
    [[nodiscard]] QString name() const { return nameAt(0); }
    [[nodiscard]] QString names(std::size_t from = 0) const {
        QStringList result;
        for (std::size_t i = from; i < m_finding.names.size(); ++i) {
            result += QString::fromStdString(m_finding.names[i]);
        }
        return list(result);
    }
    [[nodiscard]] std::size_t nameCount() const { return m_finding.names.size(); }
    [[nodiscard]] const std::string& detail() const { return m_finding.detail; }

private:
    const api::Finding& m_finding;
    domain::Severity m_severity;
};

// What was found of a host that is to join; empty for the checks of all else.
[[nodiscard]] FindingWords hostFindingWords(domain::CheckId check, const Found& found);
// What was found of a cluster as it runs; empty for the checks of all else.
[[nodiscard]] FindingWords clusterFindingWords(domain::CheckId check, const Found& found);
// What was found before a change by which the members stay the same; empty for the checks of all else.
[[nodiscard]] FindingWords upkeepFindingWords(domain::CheckId check, const Found& found);
// What was found before a repair; empty for the checks of all else.
[[nodiscard]] FindingWords repairFindingWords(domain::CheckId check, const Found& found);

} // namespace pilothouse::text
