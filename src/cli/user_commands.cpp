// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/secret_input.h"
#include "cli/session_verb.h"
#include "cli/table.h"
#include "cli/text.h"

#include <QJsonObject>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <memory>

namespace pilothouse::cli {
namespace {

struct UserOptions {
    std::shared_ptr<TargetOptions> target;
    std::string name;
    std::string newPasswordFile;
    std::string role; // empty: not given
    std::string repository;
    bool json = false;
};

constexpr std::array roles{
    std::pair("admin", api::UserRole::admin), std::pair("writer", api::UserRole::writer),
    std::pair("reader", api::UserRole::reader), std::pair("guest", api::UserRole::guest)};

QString roleText(api::UserRole role) {
    const auto* const found =
        std::find_if(roles.begin(), roles.end(), [&](const auto& r) { return r.second == role; });
    return QLatin1String(found == roles.end() ? "" : found->first);
}

// Of a name that was checked when the options were read.
api::UserRole roleNamed(const std::string& name) {
    const auto* const found =
        std::find_if(roles.begin(), roles.end(), [&](const auto& r) { return r.first == name; });
    return found == roles.end() ? api::UserRole::reader : found->second;
}

// "writer in team/*, reader in app"; empty without grants.
QString grantsText(const api::User& user) {
    QStringList grants;
    for (const auto& grant : user.grants.value_or(std::vector<api::Grant>())) {
        grants << Text::tr("%1 in %2").arg(roleText(grant.role), QString::fromStdString(grant.repository));
    }
    return grants.join(QStringLiteral(", "));
}

int report(const Result<api::User>& user, bool json) {
    if (!user) {
        return reportError(user.error());
    }
    if (json) {
        printJsonText(api::toJson(*user));
    } else {
        const QString grants = grantsText(*user);
        printLine(Text::tr("%1, %2").arg(QString::fromStdString(user->name), roleText(user->role)) +
                  (grants.isEmpty() ? QString() : QStringLiteral("; ") + grants));
    }
    return exitDone;
}

int listUsers(Session& session, const UserOptions& options) {
    const auto list = await(session.commands().users());
    if (!list) {
        return reportError(list.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*list));
        return exitDone;
    }
    Table table({{Text::tr("USER")}, {Text::tr("ROLE")}, {Text::tr("CREATED")}, {Text::tr("GRANTS")}});
    for (const auto& user : list->users) {
        table.add({QString::fromStdString(user.name), roleText(user.role),
                   QString::fromStdString(user.created_at), grantsText(user)});
    }
    printTable(table);
    return exitDone;
}

int createUser(Session& session, const UserOptions& options) {
    const auto password = readSecret(options.newPasswordFile);
    if (!password) {
        return reportError(password.error());
    }
    const auto created = await(session.commands().createUser({.name = options.name,
                                                              .password = password->toStdString(),
                                                              .role = roleNamed(options.role),
                                                              .operation_id = {}}));
    return report(created, options.json);
}

int changeUser(Session& session, const UserOptions& options) {
    if (options.newPasswordFile.empty() && options.role.empty()) {
        return reportError(errorWith(ErrorCode::invalid, Text::tr("nothing is to be changed"),
                                     Text::tr("Give --role or --new-password-file")));
    }
    api::ChangeUser change;
    if (!options.newPasswordFile.empty()) {
        const auto password = readSecret(options.newPasswordFile);
        if (!password) {
            return reportError(password.error());
        }
        change.password = password->toStdString();
    }
    if (!options.role.empty()) {
        change.role = roleNamed(options.role);
    }
    return report(await(session.commands().changeUser(QString::fromStdString(options.name), change)),
                  options.json);
}

int grantRepository(Session& session, const UserOptions& options) {
    return report(await(session.commands().grant(QString::fromStdString(options.name),
                                                 QString::fromStdString(options.repository),
                                                 {.role = roleNamed(options.role), .operation_id = {}})),
                  options.json);
}

int revokeRepository(Session& session, const UserOptions& options) {
    return report(await(session.commands().revokeGrant(QString::fromStdString(options.name),
                                                       QString::fromStdString(options.repository))),
                  options.json);
}

int removeUser(Session& session, const UserOptions& options) {
    const QString name = QString::fromStdString(options.name);
    if (const auto removed = await(session.commands().removeUser(name)); !removed) {
        return reportError(removed.error());
    }
    if (options.json) {
        printJson(QJsonDocument(QJsonObject{{QStringLiteral("removed"), name}}));
    } else {
        printLine(Text::tr("Removed user %1 and the user's access tokens.").arg(name));
    }
    return exitDone;
}

void addRole(CLI::App& command, UserOptions& options, const std::string& help) {
    command.add_option("--role", options.role, help)
        ->check(CLI::IsMember({"admin", "writer", "reader", "guest"}))
        ->option_text("ROLE");
}

void addGrantCommands(CLI::App& user, Command& chosen) {
    const std::string repositories = "A repository, team/* for all below team/, or * for all";
    auto granting = std::make_shared<UserOptions>();
    auto* grant =
        addSessionVerb(user, "grant", "Let a user do more in some repositories than the role allows", chosen,
                       granting, grantRepository);
    grant->add_option("name", granting->name, "The user's name")->required();
    grant->add_option("repository", granting->repository, repositories)->required();
    grant->add_option("--role", granting->role, "writer (pull, push, delete) or reader (pull), its default")
        ->check(CLI::IsMember({"writer", "reader"}))
        ->option_text("ROLE");

    auto revoking = std::make_shared<UserOptions>();
    auto* revoke = addSessionVerb(user, "revoke", "Take a grant for some repositories back", chosen, revoking,
                                  revokeRepository);
    revoke->add_option("name", revoking->name, "The user's name")->required();
    revoke->add_option("repository", revoking->repository, repositories + ", as it was granted")->required();
}

} // namespace

void addUserCommands(CLI::App& app, Command& chosen) {
    auto* user = app.add_subcommand("user", "The cluster's users");
    user->require_subcommand(1);
    user->footer("Examples:\n"
                 "  pilothousectl user create ci --role writer --new-password-file ci.password\n"
                 "  pilothousectl user change ci --role reader\n"
                 "  pilothousectl user grant ci 'team/*' --role writer");

    addSessionVerb(*user, "list", "All users", chosen, std::make_shared<UserOptions>(), listUsers);

    auto creating = std::make_shared<UserOptions>();
    auto* create = addSessionVerb(*user, "create", "Make a user", chosen, creating, createUser);
    create->add_option("name", creating->name, "The user's name")->required();
    create
        ->add_option("--new-password-file", creating->newPasswordFile,
                     "File (0600) whose first line is the user's password; - for standard input")
        ->required();
    addRole(*create, *creating, "admin, writer, reader (which it is by default) or guest");

    auto changing = std::make_shared<UserOptions>();
    auto* change =
        addSessionVerb(*user, "change", "Change a user's role or password", chosen, changing, changeUser);
    change->add_option("name", changing->name, "The user's name")->required();
    change->add_option("--new-password-file", changing->newPasswordFile,
                       "File (0600) whose first line is the new password; - for standard input");
    addRole(*change, *changing, "admin, writer, reader or guest");

    addGrantCommands(*user, chosen);

    auto removing = std::make_shared<UserOptions>();
    auto* remove = addSessionVerb(*user, "remove", "Remove a user and the user's access tokens", chosen,
                                  removing, removeUser);
    remove->add_option("name", removing->name, "The user's name")->required();
}

} // namespace pilothouse::cli
