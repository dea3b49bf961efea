// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/setting_routes.h"

#include "replica/admin/changes.h"

namespace pilothouse::admin {
namespace {

http::Awaitable<void> listSettings(const Context& context, http::Exchange& exchange) {
    const auto state = co_await freshState(context);
    const auto settings = state ? Result<api::SettingList>(state::allSettings(**state)) : fail(state.error());
    co_await answer(exchange, settings);
}

// The setting as it is then.
http::Awaitable<Result<api::Setting>> putSetting(const Context& context, std::string name,
                                                 api::PutSetting wanted, const Principal& principal) {
    auto request = requestOf(principal, std::move(wanted.operation_id));
    auto written =
        co_await context.settings.put(std::move(request), std::move(name), std::move(wanted.value));
    const auto put = co_await settled(context, std::move(written));
    co_return put ? Result<api::Setting>(state::describe(*put)) : fail(put.error());
}

} // namespace

void addSettingRoutes(http::Router& router, const Context& context) {
    router.add("GET", "/api/v0/settings",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters&, const Principal&) {
                           return listSettings(context, exchange);
                       }));
    router.add("PUT", "/api/v0/settings/{name}",
               guarded(context, Access::admin,
                       [&context](http::Exchange& exchange, const http::PathParameters& parameters,
                                  const Principal& principal) -> http::Awaitable<void> {
                           auto wanted = co_await readJson<api::PutSetting>(exchange);
                           if (!wanted) {
                               co_return;
                           }
                           const auto put = co_await putSetting(context, parameters.find("name")->second,
                                                                std::move(*wanted), principal);
                           co_await answer(exchange, put);
                       }));
}

} // namespace pilothouse::admin
