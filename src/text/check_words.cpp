// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/check_words.h"

#include "api/json.h"
#include "domain/check.h"
#include "domain/cluster_check.h"
#include "text/format.h"
#include "text/operation_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace pilothouse::text {
namespace {

using domain::PortState;
using domain::Severity;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(diagnosis)
};

QString plain(const std::string& text) {
    return QString::fromStdString(text);
}

bool isOf(const api::Finding& finding, Severity severity) {
    return finding.severity == nameOf(severity);
}

int countOf(const api::ClusterCheck& check, Severity severity) {
    return static_cast<int>(std::count_if(check.findings.begin(), check.findings.end(),
                                          [&](const api::Finding& each) { return isOf(each, severity); }));
}

// Markdown's own signs mean nothing in a name.
QString escaped(QString text) {
    for (const QChar sign : QStringLiteral("\\`*_<>#|")) {
        text.replace(sign, QStringLiteral("\\") + sign);
    }
    return text.simplified();
}

void addFinding(const api::Finding& finding, QString& text) {
    const auto words = findingWords(finding);
    text += QStringLiteral("- **%1**").arg(escaped(words.title));
    for (const QString& part : {words.evidence, words.fix}) {
        if (!part.isEmpty()) {
            text += QStringLiteral(" ") + escaped(part);
        }
    }
    if (!words.reference.isEmpty()) {
        text += QStringLiteral(" (`%1`)").arg(words.reference);
    }
    text += u'\n';
}

void addCause(const api::Cause& cause, int number, QString& text) {
    const auto words = causeWords(cause);
    text += QStringLiteral("%1. **%2** %3\n").arg(number).arg(escaped(words.title), escaped(words.evidence));
    for (const Step& step : words.next) {
        text += QStringLiteral("   - %1 %2\n").arg(escaped(step.title), escaped(step.body));
        for (const QString& command : step.commands) {
            text += QStringLiteral("     - `%1`\n").arg(command.simplified());
        }
    }
}

} // namespace

QString checkSummary(const api::ClusterCheck& check) {
    const QString subject = plain(check.replica.value_or(check.cluster));
    const int faults = countOf(check, Severity::blocks) + countOf(check, Severity::forcible);
    const int attention = countOf(check, Severity::needsWord);
    if (faults > 0) {
        return Words::tr("%1 faults were found with %2.", nullptr, faults).arg(count(faults), subject);
    }
    if (attention > 0) {
        return Words::tr("%1 things about %2 need attention.", nullptr, attention)
            .arg(count(attention), subject);
    }
    return Words::tr("Nothing stands against %1.").arg(subject);
}

QString checkedByWords(const api::ClusterCheck& check) {
    QStringList names;
    for (const std::string& name : check.answered) {
        names += plain(name);
    }
    const QString took = duration(Milliseconds(check.took_ms));
    return names.isEmpty() ? Words::tr("Seen from this computer only, in %1").arg(took)
                           : Words::tr("Checked by %1 with reports of %2, in %3")
                                 .arg(plain(check.checked_by), list(names), took);
}

QString checkSeverityWords(const std::string& severity) {
    const auto known = domain::severityOf(severity);
    if (!known) {
        return plain(severity);
    }
    switch (*known) {
    case Severity::blocks:
    case Severity::forcible:
        return Words::tr("Fault");
    case Severity::needsWord:
        return Words::tr("Needs attention");
    case Severity::information:
    case Severity::passed:
        break;
    }
    return severityWords(severity);
}

QString portWords(const std::string& port) {
    if (port == "https") {
        return Words::tr("the HTTPS port");
    }
    if (port == "http") {
        return Words::tr("the plain HTTP port");
    }
    return port == "engine" ? Words::tr("the engine’s port") : plain(port);
}

QString portStateWords(const std::string& state) {
    const auto known = domain::portStateOf(state);
    if (!known) {
        return plain(state);
    }
    switch (*known) {
    case PortState::open:
        return Words::tr("answers");
    case PortState::refused:
        return Words::tr("refuses: nobody listens there");
    case PortState::hangs:
        return Words::tr("takes connections and does not answer");
    case PortState::silent:
        return Words::tr("is silent: neither connection nor refusal");
    case PortState::unreachable:
        return Words::tr("unreachable: no such name, or no route");
    case PortState::tls:
        return Words::tr("the certificates do not fit");
    case PortState::rejected:
        return Words::tr("does not answer as that replica");
    case PortState::unknown:
        break;
    }
    return Words::tr("not tried");
}

QString certificateWords(const std::string& use) {
    if (use == "node") {
        return Words::tr("the replica’s own certificate");
    }
    if (use == "client-facing") {
        return Words::tr("the certificate that clients see");
    }
    if (use == "engine-peer") {
        return Words::tr("the certificate of its engine");
    }
    if (use == "cluster-ca") {
        return Words::tr("the cluster’s authority");
    }
    return use == "engine-peer-ca" ? Words::tr("the authority of the engines") : plain(use);
}

QString checkMarkdown(const api::ClusterCheck& check) {
    const QString subject = plain(check.replica ? *check.replica : check.cluster);
    QString text = QStringLiteral("# %1\n\n%2 %3 (%4).\n")
                       .arg(escaped(check.replica ? Words::tr("Diagnosis of %1").arg(subject)
                                                  : Words::tr("Check of %1").arg(subject)),
                            escaped(checkSummary(check)), escaped(checkedByWords(check)), plain(check.at));
    if (!check.causes.empty()) {
        text += QStringLiteral("\n## %1\n\n").arg(Words::tr("What explains it"));
        int number = 0;
        for (const api::Cause& cause : check.causes) {
            addCause(cause, ++number, text);
        }
    }
    for (const auto severity : {Severity::blocks, Severity::forcible, Severity::needsWord,
                                Severity::information, Severity::passed}) {
        const int findings = countOf(check, severity);
        if (findings == 0) {
            continue;
        }
        text += QStringLiteral("\n## %1 (%2)\n\n")
                    .arg(checkSeverityWords(std::string(nameOf(severity))))
                    .arg(findings);
        for (const api::Finding& finding : check.findings) {
            if (isOf(finding, severity)) {
                addFinding(finding, text);
            }
        }
    }
    return text;
}

QByteArray checkReport(const api::ClusterCheck& check, const QString& fileName) {
    return fileName.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)
               ? QByteArray::fromStdString(api::toJson(check)) + '\n'
               : checkMarkdown(check).toUtf8();
}

} // namespace pilothouse::text
