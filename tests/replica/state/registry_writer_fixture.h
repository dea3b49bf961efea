// SPDX-License-Identifier: GPL-3.0-or-later
// A registry's writer on a state of its own, and the names that its tests push.
#pragma once

#include "fixture.h"
#include "follow.h"
#include "registry_samples.h"
#include "replica/state/registry_writer.h"

#include <functional>
#include <string>
#include <vector>

namespace pilothouse::state::test {

class RegistryWriterTest : public StateTest {
protected:
    inline static const std::string app = "team/app";
    inline static const std::string other = "team/other";
    inline static const std::string layer = digestOf('a');
    inline static const std::string config = digestOf('b');
    inline static const std::string manifest = digestOf('c');

    void SetUp() override { ASSERT_TRUE(follow.reaches(store.revision())); }
    template <typename T>
    T query(std::function<Result<T>(Projection&)> asked) {
        EXPECT_TRUE(follow.reaches(store.revision()));
        const Result<T> answer = run(context, follow.model.read<T>(std::move(asked)));
        EXPECT_TRUE(answer) << why(answer);
        return answer.value_or(T());
    }
    void pushBlob(const std::string& digest, const std::string& repository = app) {
        const Status added = run(context, writer.addBlob(durable(snapshot(), digest), repository,
                                                         std::chrono::milliseconds(1500)));
        ASSERT_TRUE(added) << why(added);
    }
    Status push(NewManifest made) {
        return run(context, writer.putManifest(std::move(made), std::chrono::milliseconds(1500)));
    }
    Status pushImage(const std::string& digest, std::optional<std::string> tag) {
        NewManifest made = manifestOf(snapshot(), app, digest, {config, layer, layer});
        made.tag = std::move(tag);
        return push(std::move(made));
    }
    void mark(const std::string& digest) {
        const engine::Entry& entry = store.content().at(keys::blob(digest));
        const auto read = decode<BlobRecord>(entry.value);
        ASSERT_TRUE(read) << why(read);
        WritePlan plan = planMarkBlob(digest, {*read, entry.created, entry.modified});
        const auto done = run(
            context, store.transact({plan.compares, plan.operations, {}}, std::chrono::milliseconds(100)));
        ASSERT_TRUE(done && done->succeeded);
    }
    std::vector<std::string> keysBelow(std::string_view prefix) const {
        std::vector<std::string> found;
        for (const auto& [key, entry] : store.content()) {
            if (key.starts_with(prefix)) {
                found.push_back(key);
            }
        }
        return found;
    }

    TempFolder folder;
    Follow follow{context, engine, folder / "projection.sqlite"};
    RegistryWriter writer{engine, follow.model, follow.follower, systemClock()};
};

} // namespace pilothouse::state::test
