// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json.h"
#include "cli/await.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/repo_report.h"
#include "cli/session_verb.h"
#include "cli/text.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace pilothouse::cli {
namespace {

constexpr int pageSize = 500;

struct RepoOptions {
    std::shared_ptr<TargetOptions> target;
    std::string name; // NAME, NAME:TAG or NAME@DIGEST
    std::string search;
    std::string order = "newest";
    std::int64_t limit = 0; // 0: all
    bool tagOnly = false;
    bool dryRun = false;
    bool yes = false;
    bool json = false;
};

struct Reference {
    QString repository;
    QString reference; // tag or digest; empty: the repository
};

// As clients write it: a colon after the last slash begins a tag, an @ a digest.
Reference parse(const std::string& text) {
    const QString whole = QString::fromStdString(text);
    if (const auto at = whole.indexOf(QLatin1Char('@')); at >= 0) {
        return {whole.left(at).section(QLatin1Char(':'), 0, 0), whole.mid(at + 1)};
    }
    const auto colon = whole.lastIndexOf(QLatin1Char(':'));
    return colon > whole.lastIndexOf(QLatin1Char('/')) ? Reference{whole.left(colon), whole.mid(colon + 1)}
                                                       : Reference{whole, {}};
}

ReplicaNames namesIn(Session& session) {
    ReplicaNames names;
    for (const auto& [id, name] : session.replicaNames()) {
        names.emplace(id.str(), name.toStdString());
    }
    return names;
}

// All pages, up to the limit.
Result<api::RepositoryPage> allRepositories(Session& session, const RepoOptions& options) {
    api::RepositoryPage all;
    QString after;
    for (;;) {
        auto page =
            await(session.commands().repositories(QString::fromStdString(options.search), after, pageSize));
        if (!page) {
            return fail(page.error());
        }
        std::move(page->repositories.begin(), page->repositories.end(), std::back_inserter(all.repositories));
        all.total = page->total;
        all.total_bytes = page->total_bytes;
        const auto count = static_cast<std::int64_t>(all.repositories.size());
        if (!page->next || (options.limit > 0 && count >= options.limit)) {
            if (options.limit > 0 && count > options.limit) {
                all.repositories.resize(static_cast<std::size_t>(options.limit));
            }
            return all;
        }
        after = QString::fromStdString(*page->next);
    }
}

Result<api::TagPage> allTags(Session& session, const RepoOptions& options) {
    using Order = client::ClusterCommands::TagOrder;
    api::TagPage all;
    QString after;
    for (;;) {
        auto page = await(session.commands().tags(QString::fromStdString(options.name),
                                                  options.order == "name" ? Order::name : Order::newest,
                                                  QString::fromStdString(options.search), after, pageSize));
        if (!page) {
            return fail(page.error());
        }
        std::move(page->tags.begin(), page->tags.end(), std::back_inserter(all.tags));
        const auto count = static_cast<std::int64_t>(all.tags.size());
        if (!page->next || (options.limit > 0 && count >= options.limit)) {
            if (options.limit > 0 && count > options.limit) {
                all.tags.resize(static_cast<std::size_t>(options.limit));
            }
            return all;
        }
        after = QString::fromStdString(*page->next);
    }
}

int listRepositories(Session& session, const RepoOptions& options) {
    const auto page = allRepositories(session, options);
    if (!page) {
        return reportError(page.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*page));
    } else if (page->repositories.empty()) {
        printNote(options.search.empty()
                      ? Text::tr("There is no repository yet. How to push: pilothousectl trust")
                      : Text::tr("No repository or tag has this in its name."));
    } else {
        printRepositories(*page, systemClock().wall());
    }
    return exitDone;
}

int listTags(Session& session, const RepoOptions& options) {
    const auto page = allTags(session, options);
    if (!page) {
        return reportError(page.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*page));
    } else if (page->tags.empty()) {
        printNote(Text::tr("There is no such tag in %1.").arg(QString::fromStdString(options.name)));
    } else {
        printTags(*page, namesIn(session), systemClock().wall());
    }
    return exitDone;
}

int inspect(Session& session, const RepoOptions& options) {
    const Reference wanted = parse(options.name);
    if (wanted.reference.isEmpty()) {
        const auto repository = await(session.commands().repository(wanted.repository));
        if (!repository) {
            return reportError(repository.error());
        }
        if (options.json) {
            printJsonText(api::toJson(*repository));
        } else {
            printRepository(*repository, namesIn(session), systemClock().wall());
        }
        return exitDone;
    }
    const auto details = await(session.commands().manifest(wanted.repository, wanted.reference));
    if (!details) {
        return reportError(details.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*details));
    } else {
        printManifest(*details, namesIn(session), systemClock().wall());
    }
    return exitDone;
}

// Without --yes nothing goes, and it is told what would.
int deleteSome(Session& session, const RepoOptions& options) {
    const Reference wanted = parse(options.name);
    const auto deletion =
        await(session.commands().deleteFromRegistry({.repository = wanted.repository,
                                                     .reference = wanted.reference,
                                                     .tagOnly = options.tagOnly,
                                                     .dryRun = options.dryRun || !options.yes}));
    if (!deletion) {
        return reportError(deletion.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*deletion));
    } else {
        printDeletion(*deletion);
    }
    if (options.yes || options.dryRun) {
        return exitDone;
    }
    return reportError(errorWith(ErrorCode::invalid, Text::tr("nothing was deleted yet"),
                                 Text::tr("Add --yes to do it, or --dry-run to only look")));
}

int collect(Session& session, const RepoOptions& options) {
    const auto report = await(session.commands().collect(options.dryRun));
    if (!report) {
        return reportError(report.error());
    }
    if (options.json) {
        printJsonText(api::toJson(*report));
    } else {
        printCollected(*report);
    }
    return exitDone;
}

void addListing(CLI::App& repo, Command& chosen) {
    auto listing = std::make_shared<RepoOptions>();
    auto* list = addSessionVerb(repo, "list", "Repositories, their sizes and last pushes", chosen, listing,
                                listRepositories);
    list->add_option("--search", listing->search, "Only those with this in their name, or in a tag's");
    list->add_option("--limit", listing->limit, "At most so many")->check(CLI::PositiveNumber);

    auto tagging = std::make_shared<RepoOptions>();
    auto* tags = addSessionVerb(repo, "tags", "The tags of a repository", chosen, tagging, listTags);
    tags->add_option("name", tagging->name, "The repository")->required();
    tags->add_option("--order", tagging->order, "newest: pushed last comes first; name")
        ->check(CLI::IsMember({"newest", "name"}));
    tags->add_option("--search", tagging->search, "Only those with this in their name");
    tags->add_option("--limit", tagging->limit, "At most so many")->check(CLI::PositiveNumber);
}

} // namespace

void addRepoCommands(CLI::App& app, Command& chosen) {
    auto* repo = app.add_subcommand("repo", "What the registry holds");
    repo->require_subcommand(1);
    repo->footer("Examples:\n"
                 "  pilothousectl repo list --search api\n"
                 "  pilothousectl repo tags team/app --limit 20\n"
                 "  pilothousectl repo inspect team/app:v1\n"
                 "  pilothousectl repo delete team/app:v1 --dry-run");
    addListing(*repo, chosen);
    auto inspecting = std::make_shared<RepoOptions>();
    auto* shown =
        addSessionVerb(*repo, "inspect", "A repository, or what an image is made of and where it is", chosen,
                       inspecting, inspect);
    shown->add_option("name", inspecting->name, "NAME, NAME:TAG or NAME@DIGEST")->required();

    auto deleting = std::make_shared<RepoOptions>();
    auto* gone = addSessionVerb(*repo, "delete", "Delete a tag, an image or a repository", chosen, deleting,
                                deleteSome);
    gone->add_option("name", deleting->name, "NAME:TAG, NAME@DIGEST, or NAME for the whole repository")
        ->required();
    gone->add_flag("--tag-only", deleting->tagOnly, "Only the tag; its image stays, also without a tag");
    gone->add_flag("--dry-run", deleting->dryRun, "Say what would go, and delete nothing");
    gone->add_flag("--yes", deleting->yes, "Do it");

    auto collecting = std::make_shared<RepoOptions>();
    auto* run = addSessionVerb(*repo, "gc", "Delete blobs that no manifest names any more, now", chosen,
                               collecting, collect);
    run->add_flag("--dry-run", collecting->dryRun, "Say what would go, and delete nothing");
}

} // namespace pilothouse::cli
