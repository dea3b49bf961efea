// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripted_registry.h"

#include <QPromise>

namespace pilothouse::ui::test {
namespace {

std::string digestOf(const char* begin, const char* end) {
    return "sha256:" + std::string(begin) + std::string(56, '0') + end;
}

std::string minutesAgo(int minutes) {
    return toRfc3339(systemClock().wall() - std::chrono::minutes(minutes));
}

api::Push pushed(int minutes) {
    return {minutesAgo(minutes), "ci-bot", "reg-2", "10.9.4.21"};
}

api::Copies everywhere() {
    return {{"reg-1", "reg-2", "reg-3"}, {}, {}};
}

api::Repository repository(const char* name, std::int64_t tags, std::int64_t bytes) {
    api::Repository made;
    made.name = name;
    made.tags = tags;
    made.manifests = tags * 2;
    made.bytes = bytes;
    made.last_tag = "v4.12.0";
    made.last_push = pushed(6);
    return made;
}

api::Tag tag(const char* name, const std::string& digest, std::int64_t bytes, bool both, int minutes) {
    api::Tag made;
    made.name = name;
    made.digest = digest;
    made.media_type = "application/vnd.oci.image.index.v1+json";
    made.bytes = bytes;
    made.platforms = both ? std::vector<std::string>{"linux/amd64", "linux/arm64"}
                          : std::vector<std::string>{"linux/amd64"};
    made.push = pushed(minutes);
    made.copies = everywhere();
    return made;
}

api::Layer layer(const std::string& digest, std::int64_t bytes, std::vector<api::Use> uses) {
    return {digest, "application/vnd.oci.image.layer.v1.tar+gzip", bytes, everywhere(), std::move(uses)};
}

} // namespace

ScriptedRegistry::ScriptedRegistry()
    : all{repository("data/etl", 18, 12'700'000'000),     repository("data/notebooks", 9, 22'000'000'000),
          repository("mirror/alpine", 6, 41'000'000),     repository("mirror/postgres", 11, 1'200'000'000),
          repository("platform/api", 214, 8'100'000'000), repository("platform/jobs", 41, 1'900'000'000),
          repository("platform/web", 96, 3'400'000'000),  repository("team-a/tools", 3, 310'000'000)},
      allTags{tag("pr-1881", digestOf("c4c4", "1b0d"), 61'500'000, false, 1),
              tag("v4.12.0", digestOf("9f3c", "b1e7"), 61'400'000, true, 6),
              tag("main", digestOf("9f3c", "b1e7"), 61'400'000, true, 6),
              tag("pr-1880", digestOf("11fe", "77a2"), 61'500'000, false, 120),
              tag("v4.12.0-rc2", digestOf("77aa", "02cd"), 61'400'000, true, 180),
              tag("v4.11.3", digestOf("e0d1", "9a44"), 60'900'000, true, 2880),
              tag("v4.11.2", digestOf("5b18", "c7f0"), 60'900'000, false, 12960)} {
    allTags.front().copies = {{"reg-1", "reg-2"}, {"reg-3"}, {}};
}

template <typename T>
QFuture<Result<T>> ScriptedRegistry::answer(const T& value) const {
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(failure ? Result<T>(fail(*failure)) : Result<T>(value));
    promise.finish();
    return promise.future();
}

QFuture<Result<api::RepositoryPage>> ScriptedRegistry::repositories(const QString& search,
                                                                    const QString& after, int limit) {
    asked << QStringLiteral("repositories %1 %2").arg(search, after);
    api::RepositoryPage page;
    page.total = static_cast<std::int64_t>(all.size());
    page.total_bytes = 49'600'000'000;
    for (const api::Repository& one : all) {
        const bool fits = QString::fromStdString(one.name).contains(search);
        if (!fits || one.name <= after.toStdString()) {
            continue;
        }
        if (static_cast<int>(page.repositories.size()) == limit) {
            page.next = page.repositories.back().name;
            break;
        }
        page.repositories.push_back(one);
    }
    return answer(page);
}

QFuture<Result<api::TagPage>> ScriptedRegistry::tags(const QString& repository, const QString&,
                                                     const QString& after, int limit) {
    asked << QStringLiteral("tags %1 %2").arg(repository, after);
    api::TagPage page;
    const auto from = static_cast<std::size_t>(after.toInt());
    for (std::size_t i = from; i < allTags.size(); ++i) {
        if (static_cast<int>(page.tags.size()) == limit) {
            page.next = std::to_string(i);
            break;
        }
        page.tags.push_back(allTags[i]);
    }
    return answer(page);
}

QFuture<Result<api::ManifestDetails>> ScriptedRegistry::manifest(const QString& repository,
                                                                 const QString& reference) {
    asked << QStringLiteral("manifest %1 %2").arg(repository, reference);
    api::ManifestDetails details;
    details.repository = repository.toStdString();
    details.digest = digestOf("9f3c", "b1e7");
    details.media_type = "application/vnd.oci.image.manifest.v1+json";
    details.bytes = 61'400'000;
    details.platforms = {"linux/amd64"};
    details.push = pushed(6);
    details.copies = everywhere();
    details.tags = {reference.toStdString()};
    details.layers = {layer(digestOf("1a7b", "90aa"), 29'100'000, {{details.repository, 31}}),
                      layer(digestOf("c0de", "1177"), 18'700'000, {{"platform/web", 9}}),
                      layer(digestOf("88f2", "e3d0"), 9'800'000, {}),
                      layer(digestOf("4be1", "0c21"), 3'600'000, {})};
    const auto referrer = [](const char* type) {
        api::RelatedManifest made;
        made.digest = digestOf("abcd", "ef01");
        made.media_type = "application/vnd.oci.image.manifest.v1+json";
        made.artifact_type = type;
        return made;
    };
    details.referrers = {referrer("application/vnd.dev.cosign.artifact.sig.v1+json"),
                         referrer("application/spdx+json"), referrer("application/vnd.cyclonedx+json")};
    return answer(details);
}

QFuture<Result<api::Deletion>> ScriptedRegistry::remove(const Deletion& wish) {
    if (!wish.dryRun && !failure) {
        deleted << wish;
    }
    api::Deletion gone;
    gone.repository = wish.repository.toStdString();
    gone.whole_repository = wish.reference.isEmpty();
    gone.tag_count = gone.whole_repository ? 214 : 1;
    gone.manifest_count = gone.whole_repository ? 428 : 4;
    gone.freed_bytes = gone.whole_repository ? 8'100'000'000 : 13'400'000;
    gone.dry_run = wish.dryRun;
    if (!gone.whole_repository) {
        gone.tags = {wish.reference.toStdString()};
        api::RelatedManifest image;
        image.digest = digestOf("9f3c", "b1e7");
        image.media_type = "application/vnd.oci.image.manifest.v1+json";
        image.bytes = 61'400'000;
        gone.manifests = {image};
    }
    return answer(gone);
}

std::vector<domain::RegistryLine> ScriptedRegistry::firstLines() const {
    return domain::registryLines({.pushAt = "127.0.0.1:20001",
                                  .pullAt = "127.0.0.1:20004",
                                  .user = "admin",
                                  .passwordFile = "/home/ada/.local/share/pilothouse/sandboxes/demo/password",
                                  .client = "podman"});
}

} // namespace pilothouse::ui::test
