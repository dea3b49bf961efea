// SPDX-License-Identifier: GPL-3.0-or-later
// A small cluster's state in memory, for the tests of the services.
#pragma once

#include "faulty_engine.h"
#include "replica/security/random.h"
#include "replica/security/sealed_box.h"
#include "replica/state/initial_state.h"
#include "replica/state/keys.h"
#include "replica/state/snapshot.h"
#include "replica/state/state_writer.h"
#include "store_engine.h"
#include "support.h"

#include <string>
#include <vector>

namespace pilothouse::state::test {

inline MemberRecord memberRecord(const std::string& id, const std::string& name) {
    MemberRecord member;
    member.id = id;
    member.name = name;
    member.url = "https://" + name + ":443";
    member.http_url = "http://" + name + ":80";
    member.peer_url = "https://" + name + ":7443";
    member.version = "0.1.0";
    member.joined_at = "2026-03-02T10:00:00.000Z";
    return member;
}

inline const std::string idA = "aaaaaaaaaaaa";
inline const std::string idB = "bbbbbbbbbbbb";
inline const std::string idC = "cccccccccccc";
inline const std::string idD = "dddddddddddd";

// Three voters and the administrator "admin".
inline InitialState initialState() {
    InitialState initial;
    initial.cluster = {std::string(32, 'c'), "prod", "2026-03-02T10:00:00.000Z", 1, 1, std::nullopt};
    initial.members = {memberRecord(idA, "reg-1"), memberRecord(idB, "reg-2"), memberRecord(idC, "reg-3")};
    initial.admin = user("admin", api::UserRole::admin);
    initial.clusterCaPem = "PEM of the cluster's authority";
    initial.peerCaPem = "PEM of the peers' authority";
    initial.secrets = {{"cluster-ca-key", "v1.sealed", "2026-03-02T10:00:00.000Z"}};
    return initial;
}

class StateTest : public testing::Test {
protected:
    StateTest() {
        store.list = {{1, idA, {"https://reg-1:7443"}, false},
                      {2, idB, {"https://reg-2:7443"}, false},
                      {3, idC, {"https://reg-3:7443"}, false}};
        const Status created =
            run(context, createState(engine, initialState(), ReplicaId(idA), Milliseconds(1000)));
        EXPECT_TRUE(created) << why(created);
    }

    // What a read model would have now.
    [[nodiscard]] Snapshot snapshot() const {
        engine::WatchBatch batch;
        for (const auto& [key, entry] : store.content()) {
            batch.changes.push_back({false, entry});
        }
        batch.revision = store.revision();
        return Snapshot().after(batch);
    }
    template <typename Record>
    [[nodiscard]] Record record(const std::string& key) const {
        const auto found = store.content().find(key);
        if (found == store.content().end()) {
            ADD_FAILURE() << "no record " << key;
            return {};
        }
        const Result<Record> read = decode<Record>(found->second.value);
        EXPECT_TRUE(read) << why(read);
        return read ? *read : Record();
    }
    [[nodiscard]] std::vector<EventRecord> eventsOf(std::string_view kind) const {
        std::vector<EventRecord> events;
        for (const auto& [key, entry] : store.content()) {
            if (key.starts_with(keys::events)) {
                const Result<EventRecord> event = decode<EventRecord>(entry.value);
                EXPECT_TRUE(event) << why(event);
                if (event && event->kind == kind) {
                    events.push_back(*event);
                }
            }
        }
        return events;
    }
    [[nodiscard]] bool holds(const std::string& key) const { return store.content().contains(key); }
    static Request request(std::string operationId = {}, std::string actor = "admin") {
        return {std::move(operationId), std::move(actor), Milliseconds(1500)};
    }

    boost::asio::io_context context;
    StoreEngine store;
    FaultyEngine engine{store};
    StateWriter writer{engine, systemClock(), security::systemRandom(), ReplicaId(idA), nullptr};
    security::SealedBox box = security::SealedBox::create(std::string(32, 'k')).value();
};

} // namespace pilothouse::state::test
