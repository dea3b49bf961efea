// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/repair_statements.h"

#include "cli/text.h"
#include "domain/repair.h"
#include "text/repair_words.h"

#include <algorithm>
#include <utility>

namespace pilothouse::cli {
namespace {

QString toQt(const std::string& text) {
    return QString::fromStdString(text);
}

} // namespace

Result<domain::ReplicaObservation> findSeen(const client::CollectedObservation& seen,
                                            const std::string& nameOrId) {
    QStringList names;
    for (const auto& replica : seen.observation.replicas) {
        if (!replica.id.empty() && (replica.name == nameOrId || replica.id.str() == nameOrId)) {
            return replica;
        }
        names += toQt(replica.name.empty() ? replica.url : replica.name);
    }
    return failWith(ErrorCode::notFound, Text::tr("there is no replica \"%1\"").arg(toQt(nameOrId)),
                    names.isEmpty() ? QString()
                                    : Text::tr("There are %1").arg(names.join(QStringLiteral(", "))));
}

client::Endpoint endpointOf(const domain::ReplicaObservation& replica) {
    return {QUrl(toQt(replica.url)), replica.id.empty() ? std::nullopt : std::optional(replica.id)};
}

Result<std::vector<api::SilentMember>> statementsOf(const StatedNames& stated,
                                                    const client::CollectedObservation& seen) {
    using domain::Statement;
    const std::pair<Statement, const std::vector<std::string>*> all[] = {
        {Statement::destroyed, &stated.destroyed},
        {Statement::poweredOff, &stated.poweredOff},
        {Statement::cutOff, &stated.cutOff}};
    std::vector<api::SilentMember> silent;
    for (const auto& [statement, names] : all) {
        for (const auto& name : *names) {
            const auto replica = findSeen(seen, name);
            if (!replica) {
                return fail(replica.error());
            }
            const auto twice = std::find_if(silent.begin(), silent.end(), [&](const auto& each) {
                return each.replica == replica->id.str();
            });
            if (twice != silent.end()) {
                return failWith(ErrorCode::invalid, Text::tr("%1 is stated twice").arg(toQt(replica->name)),
                                {});
            }
            const std::string word(nameOf(statement));
            if (replica->reach == domain::Reach::ok) {
                return failWith(ErrorCode::invalid,
                                Text::tr("%1 answers, so it is not %2")
                                    .arg(toQt(replica->name), text::statementWords(word)),
                                Text::tr("Look at it: pilothousectl status"));
            }
            silent.push_back({replica->id.str(), replica->name, word});
        }
    }
    return silent;
}

} // namespace pilothouse::cli
