// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/list_routes.h"

#include "replica/http/url.h"
#include "replica/registry/answers.h"
#include "replica/registry/lookup.h"
#include "replica/registry/referrers.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <charconv>

namespace pilothouse::registry {

using http::Awaitable;
namespace json = boost::json;

namespace {

constexpr Milliseconds listDeadline{10'000};
constexpr std::int64_t mostEntries = 10'000; // of one page

struct PageAsked {
    std::int64_t limit = 0;
    std::string after;
};

// ?n=&last=. The answer when `n` is no number. More than the limit gets the limit, and a link to the rest.
tl::expected<PageAsked, http::Response> pageIn(const Call& call) {
    const http::Request& request = call.exchange.request();
    PageAsked page{mostEntries, std::string(request.parameter("last").value_or(""))};
    const auto text = request.parameter("n");
    if (!text) {
        return page;
    }
    std::int64_t number = -1;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
    const bool whole = read.ptr == text->data() + text->size() && !text->empty();
    if (read.ec == std::errc::result_out_of_range && text->front() != '-' && whole) {
        return page;
    }
    if (read.ec != std::errc() || !whole || number < 0) {
        return tl::unexpected(faultAnswer(Fault::unsupported, "n must be a whole number from 0", *text, 400));
    }
    page.limit = std::min(page.limit, number);
    return page;
}

http::Response jsonAnswer(const json::object& body) {
    http::Response response = emptyAnswer(200);
    response.headers.set("Content-Type", "application/json");
    response.body = json::serialize(body);
    return response;
}

// RFC 8288, as the specification wants it.
void linkNext(http::Response& response, const std::string& path, const PageAsked& page,
              const state::NamePage& names) {
    if (names.more && !names.names.empty()) {
        response.headers.set("Link", "<" + path + "?n=" + std::to_string(page.limit) + "&last=" +
                                         http::percentEncode(names.names.back()) + ">; rel=\"next\"");
    }
}

json::array arrayOf(const std::vector<std::string>& names) {
    json::array array;
    array.reserve(names.size());
    for (const std::string& name : names) {
        array.emplace_back(name);
    }
    return array;
}

// The next page of repositories that the client may pull from; those that it may not are passed over.
Awaitable<Result<state::NamePage>> readableRepositories(Call& call, PageAsked asked) {
    state::NamePage page;
    page.more = true;
    const std::set<Action> pull{Action::pull};
    while (page.more && static_cast<std::int64_t>(page.names.size()) < asked.limit) {
        const std::function<Result<state::NamePage>(state::Projection&)> query =
            [asked](state::Projection& projection) {
                return state::repositoriesAfter(projection, asked.after, asked.limit);
            };
        const auto next = co_await call.context.model.read<state::NamePage>(query, listDeadline);
        if (!next) {
            co_return fail(next.error());
        }
        page.more = next->more;
        for (const std::string& name : next->names) {
            if (static_cast<std::int64_t>(page.names.size()) == asked.limit) {
                page.more = true;
                break;
            }
            asked.after = name;
            const auto granted = co_await call.context.authorize(call.exchange.request(), name, pull);
            if (granted) {
                page.names.push_back(name);
            }
        }
    }
    co_return page;
}

} // namespace

Awaitable<void> listTags(Call& call) {
    const auto asked = pageIn(call);
    if (!asked) {
        auto response = asked.error();
        co_return co_await answer(call.exchange, std::move(response));
    }
    const std::string& name = call.path.name;
    const std::function<Result<std::optional<state::NamePage>>(state::Projection&)> query =
        [name, page = *asked](state::Projection& projection) {
            return state::tagsAfter(projection, name, page.after, page.limit);
        };
    const auto tags = co_await queryNow<std::optional<state::NamePage>>(call.context, query);
    if (!tags || !*tags) {
        auto response = tags ? faultAnswer(Fault::nameUnknown, "there is no repository " + name, name)
                             : errorAnswer(tags.error(), Fault::nameUnknown);
        co_return co_await answer(call.exchange, std::move(response));
    }
    auto response = jsonAnswer({{"name", name}, {"tags", arrayOf((*tags)->names)}});
    linkNext(response, "/v2/" + name + "/tags/list", *asked, **tags);
    co_await answer(call.exchange, std::move(response));
}

Awaitable<void> listRepositories(Call& call) {
    const auto asked = pageIn(call);
    if (!asked) {
        auto response = asked.error();
        co_return co_await answer(call.exchange, std::move(response));
    }
    const Status barrier = co_await catchUp(call.context);
    if (!barrier) {
        auto response = errorAnswer(barrier.error(), Fault::nameUnknown);
        co_return co_await answer(call.exchange, std::move(response));
    }
    const auto page = co_await readableRepositories(call, *asked);
    if (!page) {
        auto response = errorAnswer(page.error(), Fault::nameUnknown);
        co_return co_await answer(call.exchange, std::move(response));
    }
    auto response = jsonAnswer({{"repositories", arrayOf(page->names)}});
    linkNext(response, "/v2/_catalog", *asked, *page);
    co_await answer(call.exchange, std::move(response));
}

Awaitable<void> listReferrers(Call& call) {
    const auto subject = blobs::Digest::parse(call.path.last);
    if (!subject) {
        auto response = faultAnswer(Fault::digestInvalid, subject.error().text(), call.path.last);
        co_return co_await answer(call.exchange, std::move(response));
    }
    const http::Request& request = call.exchange.request();
    const std::string after(request.parameter("last").value_or(""));
    std::string type(request.parameter("artifactType").value_or(""));
    std::replace(type.begin(), type.end(), ' ', '+'); // "…+json" that nobody encoded; no type has a blank
    const auto found = co_await findReferrers(call.context, call.path.name, *subject, after);
    if (!found) {
        auto response = errorAnswer(found.error(), Fault::manifestUnknown);
        co_return co_await answer(call.exchange, std::move(response));
    }
    http::Response response = emptyAnswer(200);
    response.headers.set("Content-Type", std::string(media::ociIndex));
    if (!type.empty()) {
        response.headers.set("OCI-Filters-Applied", "artifactType");
    }
    if (found->more) {
        std::string next = "</v2/" + call.path.name + "/referrers/" + subject->str() +
                           "?last=" + http::percentEncode(found->last);
        next += type.empty() ? "" : "&artifactType=" + http::percentEncode(type);
        response.headers.set("Link", next + ">; rel=\"next\"");
    }
    response.body = referrersIndex(*found, type);
    co_await answer(call.exchange, std::move(response));
}

} // namespace pilothouse::registry
