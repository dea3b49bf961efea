// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/repository_views.h"

#include "replica/registry/manifest_facts.h"
#include "replica/state/registry_keys.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pilothouse::registry {

using http::Awaitable;
using state::Projection;

namespace {

constexpr Milliseconds readDeadline{3'000};
constexpr std::int64_t pageSize = 2'000; // of what is looked through: a few ms of the read model's thread
constexpr std::int64_t factsAtOnce = 100;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool holds(std::string_view text, std::string_view part) {
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

tl::unexpected<Error> noRepository(const std::string& name) {
    return fail(ErrorCode::notFound, "there is no repository " + name);
}

Result<api::Repository> repositoryIn(Projection& projection, const state::RepositoryCounts& counts,
                                     bool withAddress) {
    api::Repository repository;
    repository.name = counts.name;
    repository.tags = counts.tags;
    repository.manifests = counts.manifests;
    repository.bytes = counts.bytes;
    const auto newest = projection.repositories().newestTags(counts.name, Revision(), "", 1);
    if (!newest) {
        return fail(newest.error());
    }
    if (!newest->empty()) {
        const auto tag = state::decode<state::TagRecord>(newest->front().value);
        if (tag) {
            repository.last_tag = newest->front().key.substr(state::keys::tagsOf(counts.name).size());
            repository.last_push = pushOf(*tag, withAddress);
        }
    }
    return repository;
}

// Where a page of tags ends: by name the last name, else its revision, too: "42/v1".
struct Place {
    Revision revision;
    std::string name;
};

Result<Place> placeIn(const TagsAsked& asked) {
    Place place{{}, asked.after};
    if (!asked.newestFirst || asked.after.empty()) {
        return place;
    }
    const auto slash = asked.after.find('/');
    std::int64_t revision = 0;
    const char* end = asked.after.data() + std::min(slash, asked.after.size());
    const auto read = std::from_chars(asked.after.data(), end, revision);
    if (slash == std::string::npos || read.ec != std::errc() || read.ptr != end || revision <= 0) {
        return fail(ErrorCode::invalid, "after: not the end of a page in this order");
    }
    return Place{Revision(revision), asked.after.substr(slash + 1)};
}

using TagEntries = std::vector<engine::Entry>;

Result<TagEntries> tagsFrom(Projection& projection, const std::string& repository, bool newestFirst,
                            const Place& place, std::int64_t limit) {
    const std::string prefix = state::keys::tagsOf(repository);
    const std::string key = place.name.empty() ? std::string() : prefix + place.name;
    return newestFirst ? projection.repositories().newestTags(repository, place.revision, key, limit)
                       : projection.records(prefix, key, limit);
}

struct TagFactsPage {
    std::vector<TagFacts> tags;
    Place end;
    bool more = false; // the tags after `end` were not looked at
};

// The next tags that fit, of at most pageSize that are looked at.
Result<TagFactsPage> tagFactsFrom(Projection& projection, const std::string& repository,
                                  const TagsAsked& asked, const Place& place, std::int64_t limit) {
    const std::int64_t look = asked.search.empty() ? limit : pageSize;
    const auto entries = tagsFrom(projection, repository, asked.newestFirst, place, look);
    if (!entries) {
        return fail(entries.error());
    }
    TagFactsPage page;
    page.end = place;
    page.more = static_cast<std::int64_t>(entries->size()) == look;
    const std::size_t prefix = state::keys::tagsOf(repository).size();
    for (const engine::Entry& entry : *entries) {
        if (static_cast<std::int64_t>(page.tags.size()) == limit) {
            page.more = true;
            break;
        }
        page.end = {entry.modified, entry.key.substr(prefix)};
        if (!asked.search.empty() && !holds(page.end.name, asked.search)) {
            continue;
        }
        auto facts = tagFactsOf(projection, repository, entry);
        if (!facts) {
            return fail(facts.error());
        }
        page.tags.push_back(std::move(*facts));
    }
    return page;
}

std::vector<std::string> namesOf(const std::vector<NamedPlatform>& platforms) {
    std::vector<std::string> names;
    for (const auto& [digest, name] : platforms) {
        if (std::find(names.begin(), names.end(), name) == names.end()) {
            names.push_back(name);
        }
    }
    return names;
}

} // namespace

template <typename T>
Awaitable<Result<T>> RepositoryViews::read(std::function<Result<T>(Projection&)> query) {
    return m_model.read<T>(std::move(query), readDeadline);
}

Awaitable<std::vector<std::string>> RepositoryViews::platformsOf(std::optional<PlatformSource> source) {
    if (!source) {
        co_return std::vector<std::string>();
    }
    const auto found = co_await m_platforms.find(std::move(*source));
    co_return namesOf(found);
}

Awaitable<Result<std::int64_t>> RepositoryViews::matchingTags(std::string repository, std::string search) {
    using Names = state::NamePage;
    std::int64_t count = 0;
    std::string after;
    for (;;) {
        const std::function<Result<std::optional<Names>>(Projection&)> query =
            [repository, after](Projection& projection) {
                return state::tagsAfter(projection, repository, after, pageSize);
            };
        const auto page = co_await read<std::optional<Names>>(query);
        if (!page) {
            co_return fail(page.error());
        }
        if (!*page) {
            co_return count;
        }
        const Names& names = **page;
        count += std::count_if(names.names.begin(), names.names.end(),
                               [&](const std::string& name) { return holds(name, search); });
        if (!names.more) {
            co_return count;
        }
        after = names.names.back();
    }
}

Awaitable<Result<api::RepositoryPage>> RepositoryViews::list(Viewer viewer, RepositoriesAsked asked) {
    const Status barrier = co_await m_follower.readBarrier(readDeadline);
    if (!barrier) {
        co_return fail(barrier.error());
    }
    api::RepositoryPage page;
    using Page = std::vector<api::Repository>;
    for (bool more = true; more;) {
        const std::function<Result<Page>(Projection&)> query =
            [after = asked.after, addresses = viewer.seesAddresses](Projection& projection) -> Result<Page> {
            const auto counts = projection.repositories().countsAfter(after, factsAtOnce);
            if (!counts) {
                return fail(counts.error());
            }
            Page found;
            for (const state::RepositoryCounts& one : *counts) {
                auto repository = repositoryIn(projection, one, addresses);
                if (!repository) {
                    return fail(repository.error());
                }
                found.push_back(std::move(*repository));
            }
            return found;
        };
        auto found = co_await read<Page>(query);
        if (!found) {
            co_return fail(found.error());
        }
        more = static_cast<std::int64_t>(found->size()) == factsAtOnce;
        for (api::Repository& repository : *found) {
            if (static_cast<std::int64_t>(page.repositories.size()) == asked.limit) {
                page.next = asked.after;
                more = false;
                break;
            }
            asked.after = repository.name;
            if (!viewer.maySee(repository.name)) {
                continue;
            }
            if (!asked.search.empty() && !holds(repository.name, asked.search)) {
                const auto matching = co_await matchingTags(repository.name, asked.search);
                if (!matching) {
                    co_return fail(matching.error());
                }
                if (*matching == 0) {
                    continue;
                }
                repository.matching_tags = *matching;
            }
            page.repositories.push_back(std::move(repository));
        }
    }
    if (viewer.seesAll) {
        const std::function<Result<state::RegistryTotals>(Projection&)> query = [](Projection& projection) {
            return projection.repositories().totals();
        };
        const auto totals = co_await read<state::RegistryTotals>(query);
        if (!totals) {
            co_return fail(totals.error());
        }
        page.total = totals->repositories;
        page.total_bytes = totals->bytes;
    }
    co_return page;
}

Awaitable<Result<api::Repository>> RepositoryViews::repository(Viewer viewer, std::string name) {
    const Status barrier = co_await m_follower.readBarrier(readDeadline);
    if (!barrier) {
        co_return fail(barrier.error());
    }
    if (!viewer.maySee(name)) {
        co_return noRepository(name);
    }
    const std::function<Result<api::Repository>(Projection&)> query =
        [name, addresses = viewer.seesAddresses](Projection& projection) -> Result<api::Repository> {
        const auto counts = projection.repositories().counts(name);
        if (!counts || !*counts) {
            return counts ? Result<api::Repository>(noRepository(name)) : fail(counts.error());
        }
        return repositoryIn(projection, **counts, addresses);
    };
    co_return co_await read<api::Repository>(query);
}

Awaitable<Result<api::TagPage>> RepositoryViews::tags(Viewer viewer, std::string repository,
                                                      TagsAsked asked) {
    const auto known = co_await this->repository(viewer, repository);
    const auto begin = known ? placeIn(asked) : Result<Place>(fail(known.error()));
    if (!begin) {
        co_return fail(begin.error());
    }
    TagFactsPage found;
    found.end = *begin;
    for (bool more = true; more;) {
        const std::int64_t left = asked.limit - static_cast<std::int64_t>(found.tags.size());
        const std::function<Result<TagFactsPage>(Projection&)> query = [repository, asked, place = found.end,
                                                                        left](Projection& projection) {
            return tagFactsFrom(projection, repository, asked, place, std::min(left, factsAtOnce));
        };
        auto page = co_await read<TagFactsPage>(query);
        if (!page) {
            co_return fail(page.error());
        }
        std::move(page->tags.begin(), page->tags.end(), std::back_inserter(found.tags));
        found.end = page->end;
        found.more = page->more;
        more = page->more && static_cast<std::int64_t>(found.tags.size()) < asked.limit;
    }
    api::TagPage answer;
    const auto holders = holdersIn(m_board.snapshot()->status);
    for (TagFacts& facts : found.tags) {
        api::Tag tag;
        tag.name = facts.name;
        tag.digest = facts.record.digest;
        tag.media_type = facts.record.media_type;
        tag.push = pushOf(facts.record, viewer.seesAddresses);
        if (facts.manifest) {
            tag.bytes = facts.manifest->bytes;
            tag.copies = copiesOf(holders, facts.manifest->blobs, facts.manifest->stored.modified);
            tag.platforms = co_await platformsOf(facts.manifest->platforms);
        }
        answer.tags.push_back(std::move(tag));
    }
    if (found.more) {
        answer.next = asked.newestFirst ? std::to_string(found.end.revision.value()) + "/" + found.end.name
                                        : found.end.name;
    }
    co_return answer;
}

Awaitable<Result<api::ManifestDetails>> RepositoryViews::details(Viewer viewer, std::string repository,
                                                                 std::string reference) {
    const auto known = co_await this->repository(viewer, repository);
    if (!known) {
        co_return fail(known.error());
    }
    using Facts = std::optional<DetailFacts>;
    const std::function<Result<Facts>(Projection&)> query = [repository, reference](Projection& projection) {
        return detailFactsOf(projection, repository, reference);
    };
    auto found = co_await read<Facts>(query);
    if (!found || !*found) {
        co_return found ? fail(ErrorCode::notFound, "there is no " + reference + " in " + repository)
                        : fail(found.error());
    }
    DetailFacts& facts = **found;
    const state::ManifestRecord& record = facts.manifest.stored.record;
    const auto holders = holdersIn(m_board.snapshot()->status);
    api::ManifestDetails details;
    details.repository = repository;
    details.digest = facts.manifest.digest;
    details.media_type = record.media_type;
    if (!record.artifact_type.empty()) {
        details.artifact_type = record.artifact_type;
    }
    details.bytes = facts.manifest.bytes;
    details.push = pushOf(record, viewer.seesAddresses);
    details.copies = copiesOf(holders, facts.manifest.blobs, facts.manifest.stored.modified);
    details.tags = std::move(facts.tags);
    details.subject = record.subject;
    details.manifests = std::move(facts.manifests);
    details.referrers = std::move(facts.referrers);
    details.indexes = std::move(facts.indexes);
    for (LayerFacts& layer : facts.layers) {
        layer.layer.copies = copiesOf(holders, {layer.layer.digest}, layer.recorded);
        std::erase_if(layer.layer.also_used,
                      [&](const api::Use& use) { return !viewer.maySee(use.repository); });
        details.layers.push_back(std::move(layer.layer));
    }
    if (facts.manifest.platforms) {
        const auto platforms = co_await m_platforms.find(*facts.manifest.platforms);
        details.platforms = namesOf(platforms);
        for (api::RelatedManifest& manifest : details.manifests) {
            for (const auto& [digest, name] : platforms) {
                if (digest == manifest.digest) {
                    manifest.platform = name;
                }
            }
        }
    }
    co_return details;
}

} // namespace pilothouse::registry
