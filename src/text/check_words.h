// SPDX-License-Identifier: GPL-3.0-or-later
// The words for the checks of a cluster as it runs: what explains most, and how grave a finding is there.
//
// Names that this version does not know, of a newer replica, are shown as they are.
#pragma once

#include "api/checks.h"
#include "text/steps.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <string>

namespace pilothouse::text {

// A guess says that it is one.
struct CauseWords {
    QString title;    // "reg-2 does not run"
    QString evidence; // what says so
    QList<Step> next; // what to do, the most likely to help first; commands are for a shell
};
[[nodiscard]] CauseWords causeWords(const api::Cause& cause);

// Whether all is well, in one sentence: "Nothing stands against prod-eu."
[[nodiscard]] QString checkSummary(const api::ClusterCheck& check);
// Who looked: "Checked by reg-1 with reports of reg-1 and reg-3, in 2.1 s"
[[nodiscard]] QString checkedByWords(const api::ClusterCheck& check);

// "Fault", "Needs attention": the heading of all findings of this severity, where nothing is to be changed.
[[nodiscard]] QString checkSeverityWords(const std::string& severity);

// "its HTTPS port"
[[nodiscard]] QString portWords(const std::string& port);
// How a port was found, as domain::PortState is called in the API: "refused: nobody listens there"
[[nodiscard]] QString portStateWords(const std::string& state);
// "the certificate of its HTTPS port"
[[nodiscard]] QString certificateWords(const std::string& use);

// The whole report as Markdown.
[[nodiscard]] QString checkMarkdown(const api::ClusterCheck& check);
// The same for a file of that name: JSON when it ends in .json.
[[nodiscard]] QByteArray checkReport(const api::ClusterCheck& check, const QString& fileName);

} // namespace pilothouse::text
