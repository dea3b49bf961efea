// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/registry/pass_on.h"

#include "replica/http/relay.h"
#include "replica/http/request_id.h"
#include "replica/registry/answers.h"

namespace pilothouse::registry {

using http::Awaitable;

namespace {

// From the end of the body until the owner has made a blob of it: it must copy it to a majority.
constexpr std::chrono::minutes answerDeadline{10};

http::Response unknownUpload(std::string_view sentence) {
    return faultAnswer(Fault::blobUploadUnknown, sentence, "begin the upload anew");
}

Awaitable<void> relayTo(Call& call, const api::Member& owner) {
    const auto client = call.context.peers.clientOf(owner);
    if (!client) {
        auto response = unknownUpload(client.error().message);
        co_return co_await answer(call.exchange, std::move(response));
    }
    http::RelayOptions options;
    const http::Request& request = call.exchange.request();
    options.headers.set(std::string(onBehalfOf), call.granted.user);
    options.headers.set(std::string(clientAddress), http::addressOf(request));
    options.headers.set(std::string(http::requestIdField), request.id);
    options.dropped = {"Authorization", "Cookie"};
    options.droppedFromAnswer = {"Pilothouse-Replica", std::string(http::requestIdField)};
    options.answer = std::chrono::duration_cast<Milliseconds>(answerDeadline);
    const auto outcome = co_await http::relay(call.exchange, **client, std::move(options));
    if (outcome.kind == http::RelayOutcome::Kind::unavailable ||
        outcome.kind == http::RelayOutcome::Kind::unknown) {
        auto response = unknownUpload("the replica that had this upload, " + owner.name +
                                      ", does not answer; what it took of it is lost");
        co_await answer(call.exchange, std::move(response));
    }
}

} // namespace

Awaitable<void> passOn(Call& call, ReplicaId owner) {
    const http::Request& request = call.exchange.request();
    const auto state = call.context.model.snapshot();
    const auto* member = state->members.find(owner.str());
    if (member == nullptr || request.headers.find(onBehalfOf)) {
        // Nobody's, or passed on once already.
        auto response = unknownUpload("no replica of this cluster has this upload");
        co_return co_await answer(call.exchange, std::move(response));
    }
    const api::Member peer = replication::peerOf(member->record);
    co_await relayTo(call, peer);
}

} // namespace pilothouse::registry
