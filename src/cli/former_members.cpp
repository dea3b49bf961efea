// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/former_members.h"

#include "api/json.h"
#include "client/membership.h"
#include "text/repair_words.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace pilothouse::cli {
namespace {

bool hears(const api::ClusterStatus& status, const std::string& id) {
    const auto former = status.former.value_or(std::vector<api::FormerMember>());
    return status.observer == id ||
           std::any_of(former.begin(), former.end(), [&](const api::FormerMember& member) {
               return member.id == id && member.seen && member.seen->reach == api::Reach::ok;
           });
}

} // namespace

std::vector<FormerSeen> formerMembers(const std::vector<const api::ClusterStatus*>& statuses) {
    std::vector<FormerSeen> all;
    for (const auto* status : statuses) {
        const auto left = client::formerIn(*status, client::membersIn(*status));
        for (const auto& member : status->former.value_or(std::vector<api::FormerMember>())) {
            if (!client::isAmong(left, ReplicaId(member.id))) {
                continue;
            }
            const auto known = std::find_if(
                all.begin(), all.end(), [&](const FormerSeen& each) { return each.member.id == member.id; });
            if (known == all.end()) {
                all.push_back({member, false});
            }
        }
    }
    for (auto& each : all) {
        each.answers = std::any_of(statuses.begin(), statuses.end(), [&](const api::ClusterStatus* status) {
            return hears(*status, each.member.id);
        });
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.member.name < b.member.name; });
    return all;
}

std::vector<FormerSeen> formerMembers(const client::CollectedObservation& seen) {
    std::vector<const api::ClusterStatus*> statuses;
    for (const auto& each : seen.statuses) {
        statuses.push_back(&each.second);
    }
    return formerMembers(statuses);
}

QStringList formerLines(const std::vector<FormerSeen>& former) {
    QStringList lines;
    for (const auto& each : former) {
        lines += QStringLiteral("%1: %2").arg(
            QString::fromStdString(each.member.name.empty() ? each.member.id : each.member.name),
            text::formerMemberWords(each.member, each.answers));
    }
    return lines;
}

QJsonArray formerJson(const std::vector<FormerSeen>& former) {
    QJsonArray array;
    for (const auto& each : former) {
        auto json = QJsonDocument::fromJson(QByteArray::fromStdString(api::toJson(each.member))).object();
        json[QLatin1String("answers")] = each.answers;
        array.append(json);
    }
    return array;
}

} // namespace pilothouse::cli
