// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/state/records.h"

#include "replica/state/record_json.h"
#include "replica/state/registry_records.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace pilothouse::state {

namespace {

Result<boost::json::value> parseRecord(std::string_view json) {
    boost::json::error_code error;
    boost::json::value value = boost::json::parse({json.data(), json.size()}, error);
    if (error) {
        return fail(ErrorCode::corrupt, "not JSON: " + error.message());
    }
    if (!value.is_object()) {
        return fail(ErrorCode::corrupt, "not a JSON object");
    }
    const boost::json::value* schema = value.get_object().if_contains("schema");
    if (schema == nullptr || !schema->is_int64() || schema->get_int64() < 1) {
        return fail(ErrorCode::corrupt, "schema: expected a whole number from 1");
    }
    if (schema->get_int64() > recordSchema) {
        return fail(ErrorCode::conflict,
                    "written in schema " + std::to_string(schema->get_int64()) +
                        " by a newer version; this one knows schema " + std::to_string(recordSchema),
                    "Upgrade this replica");
    }
    return value;
}

} // namespace

template <typename Record>
std::string encode(const Record& record) {
    boost::json::object object = detail::toObject(record);
    object.emplace("schema", recordSchema);
    return boost::json::serialize(object);
}

template <typename Record>
Result<Record> decode(std::string_view json) {
    const Result<boost::json::value> value = parseRecord(json);
    if (!value) {
        return fail(value.error());
    }
    Record record;
    if (const Status status = detail::fromObject(value->get_object(), {}, record); !status) {
        return fail(status.error());
    }
    return record;
}

#define PILOTHOUSE_RECORD(Record)                                                                            \
    template std::string encode(const Record&);                                                              \
    template Result<Record> decode(std::string_view)

PILOTHOUSE_RECORD(ClusterRecord);
PILOTHOUSE_RECORD(MembershipRecord);
PILOTHOUSE_RECORD(MemberRecord);
PILOTHOUSE_RECORD(FormerMemberRecord);
PILOTHOUSE_RECORD(UserRecord);
PILOTHOUSE_RECORD(AccessTokenRecord);
PILOTHOUSE_RECORD(JoinTokenRecord);
PILOTHOUSE_RECORD(SettingRecord);
PILOTHOUSE_RECORD(SealedSecretRecord);
PILOTHOUSE_RECORD(CertificateRecord);
PILOTHOUSE_RECORD(EventRecord);
PILOTHOUSE_RECORD(OperationRecord);
PILOTHOUSE_RECORD(OutcomeRecord);
PILOTHOUSE_RECORD(BlobRecord);
PILOTHOUSE_RECORD(LinkRecord);
PILOTHOUSE_RECORD(ReferenceRecord);
PILOTHOUSE_RECORD(RepositoryRecord);
PILOTHOUSE_RECORD(ManifestRecord);
PILOTHOUSE_RECORD(TagRecord);
PILOTHOUSE_RECORD(ReferrerRecord);

#undef PILOTHOUSE_RECORD

api::Event toApi(const EventRecord& record, std::int64_t revision) {
    return {revision,       record.kind,         record.at,   record.observer,
            record.subject, record.subject_name, record.term, record.message};
}

api::Event readEvent(std::string_view json, std::int64_t revision) {
    const Result<EventRecord> record = decode<EventRecord>(json);
    if (record) {
        return toApi(*record, revision);
    }
    api::Event event;
    event.revision = revision;
    event.kind = "unreadable";
    event.message = "This event cannot be read here: " + record.error().text();
    return event;
}

api::User toApi(const UserRecord& record) {
    return {record.name, record.role, record.created_at, record.grants};
}

api::AccessToken toApi(const AccessTokenRecord& record) {
    return {record.id, record.user, record.description, record.created_at, record.expires_at};
}

api::ClusterInfo toApi(const ClusterRecord& record) {
    return {record.id, record.name, record.epoch, record.feature_level, record.external_url};
}

api::FormerMember toApi(const FormerMemberRecord& record) {
    return {record.id,    record.name,      record.url,  record.http_url,
            record.epoch, record.statement, std::nullopt};
}

api::Member asPeer(const FormerMemberRecord& record) {
    return {.id = record.id,
            .name = record.name,
            .url = record.url,
            .http_url = record.http_url,
            .voting = false,
            .role = api::Role::unknown,
            .joined_at = {}};
}

api::RunningOperation toApi(const OperationRecord& record) {
    const api::Operation& whole = record.operation;
    api::RunningOperation brief;
    brief.id = whole.id;
    brief.kind = whole.kind;
    brief.replica = whole.replica;
    brief.name = whole.name;
    brief.phase = whole.phase;
    brief.committed = whole.committed;
    brief.steps = static_cast<std::int64_t>(whole.steps.size());
    brief.waiting = whole.waiting;
    brief.host_name = whole.host_name;
    brief.new_name = whole.new_name;
    for (std::size_t i = 0; i < whole.steps.size(); ++i) {
        if (whole.steps[i].state == "running") {
            brief.step = whole.steps[i].kind;
            brief.step_number = static_cast<std::int64_t>(i) + 1;
            brief.step_name = whole.steps[i].name;
        }
    }
    return brief;
}

} // namespace pilothouse::state
