// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/admin/setting_routes.h"

namespace pilothouse::admin {
namespace {

constexpr Milliseconds readDeadline{1500};
constexpr Milliseconds settleTime{1000};

http::Awaitable<void> listSettings(const Context& context, http::Exchange& exchange) {
    // After a barrier, so that the list holds what was just written through another replica.
    const Status fresh = co_await context.follower.readBarrier(readDeadline);
    const auto state = context.model.snapshot();
    const auto settings = fresh ? Result<api::SettingList>(state::allSettings(*state)) : fail(fresh.error());
    co_await answer(exchange, settings);
}

// The setting as it is then.
http::Awaitable<Result<api::Setting>> putSetting(const Context& context, std::string name,
                                                 api::PutSetting wanted, const Principal& principal) {
    state::Request request{.operationId = std::move(wanted.operation_id), .actor = nameOf(principal)};
    auto written = co_await context.settings.put(std::move(request), name, std::move(wanted.value));
    if (!written) {
        co_return fail(written.error());
    }
    // It counts with the next request here. That the read model is late takes nothing from what was written.
    (void)co_await context.follower.waitFor(written->revision, settleTime);
    for (api::Setting& setting : state::allSettings(*context.model.snapshot()).settings) {
        if (setting.name == name) {
            setting.value = written->value.value;
            co_return std::move(setting);
        }
    }
    co_return fail(ErrorCode::internal, "the setting " + name + " is gone");
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
