// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/session_verb.h"
#include "cli/table.h"
#include "cli/text.h"

#include <QJsonObject>

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

struct TokenOptions {
    std::shared_ptr<TargetOptions> target;
    std::string id;
    std::string user;
    std::string description;
    std::int64_t days = 0;
    bool json = false;
};

int listTokens(Session& session, const TokenOptions& options) {
    const auto list = await(session.commands().accessTokens());
    if (!list) {
        return reportError(list.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*list));
        return exitDone;
    }
    Table table({{Text::tr("ID")},
                 {Text::tr("USER")},
                 {Text::tr("CREATED")},
                 {Text::tr("EXPIRES")},
                 {Text::tr("FOR")}});
    for (const auto& token : list->tokens) {
        table.add({QString::fromStdString(token.id), QString::fromStdString(token.user),
                   QString::fromStdString(token.created_at),
                   token.expires_at ? QString::fromStdString(*token.expires_at) : Text::tr("never"),
                   QString::fromStdString(token.description)});
    }
    if (list->tokens.empty()) {
        printNote(
            Text::tr("There is no access token. Make one: pilothousectl token create --description TEXT"));
    } else {
        printTable(table);
    }
    return exitDone;
}

int createToken(Session& session, const TokenOptions& options) {
    constexpr std::int64_t secondsPerDay = 86'400;
    api::CreateAccessToken wanted{
        .user = options.user, .description = options.description, .lifetime_s = {}, .operation_id = {}};
    if (options.days > 0) {
        wanted.lifetime_s = options.days * secondsPerDay;
    }
    const auto created = await(session.commands().createAccessToken(wanted));
    if (!created) {
        return reportError(created.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*created));
        return exitDone;
    }
    printNote(
        Text::tr("Access token %1 of %2; it is shown this once:")
            .arg(QString::fromStdString(created->token.id), QString::fromStdString(created->token.user)));
    printLine(QString::fromStdString(created->secret));
    return exitDone;
}

int revokeToken(Session& session, const TokenOptions& options) {
    const QString id = QString::fromStdString(options.id);
    if (const auto revoked = await(session.commands().revokeAccessToken(id)); !revoked) {
        return reportError(revoked.error());
    }
    if (options.json) {
        printJson(QJsonDocument(QJsonObject{{QStringLiteral("revoked"), id}}));
    } else {
        printLine(Text::tr("Revoked access token %1.").arg(id));
    }
    return exitDone;
}

} // namespace

void addTokenCommands(CLI::App& app, Command& chosen) {
    auto* token = app.add_subcommand("token", "Access tokens: what programs use instead of a password");
    token->require_subcommand(1);
    token->footer("Examples:\n"
                  "  pilothousectl token create --description \"CI of the web shop\" --days 90 > ci.token\n"
                  "  pilothousectl token revoke 2f0c9a1b7d3e4c55");
    addSessionVerb(*token, "list", "Your tokens; an administrator sees all", chosen,
                   std::make_shared<TokenOptions>(), listTokens);

    auto creating = std::make_shared<TokenOptions>();
    auto* create =
        addSessionVerb(*token, "create", "Make one; it is shown once", chosen, creating, createToken);
    create->add_option("--description", creating->description, "What it is for")->required();
    create->add_option("--user", creating->user, "For another user (administrators)");
    create->add_option("--days", creating->days, "Days until it expires; by default never")
        ->check(CLI::Range(1, 3650));

    auto revoking = std::make_shared<TokenOptions>();
    auto* revoke = addSessionVerb(*token, "revoke", "End one at once", chosen, revoking, revokeToken);
    revoke->add_option("id", revoking->id, "Its id, as listed")->required();
}

} // namespace pilothouse::cli
