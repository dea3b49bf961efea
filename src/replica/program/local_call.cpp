// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/program/local_call.h"

#include "api/json.h"
#include "replica/node/local_server.h"
#include "replica/provision/identity.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace pilothouse::program {
namespace {

namespace asio = boost::asio;
using asio::local::stream_protocol;

Error notReached(const provision::Layout& layout, const std::string& name,
                 const boost::system::error_code& error) {
    if (error == asio::error::access_denied) {
        return {ErrorCode::forbidden, "the socket of " + name + " may not be used by this user",
                "Run this as root, or as the user that runs the replica"};
    }
    return {ErrorCode::unavailable, name + " does not run on " + layout.root().string(),
            "Start it: systemctl start pilothouse-replica, or pilothouse-replica serve --data-dir " +
                layout.root().string()};
}

ErrorCode codeOf(const std::string& name) {
    return name == "invalid"     ? ErrorCode::invalid
           : name == "not-found" ? ErrorCode::notFound
                                 : ErrorCode::unavailable;
}

} // namespace

Result<node::LocalAnswer> callLocal(const std::filesystem::path& dataDir, const node::LocalRequest& request,
                                    Milliseconds deadline) {
    const provision::Layout layout(std::filesystem::absolute(dataDir));
    const auto identity = provision::loadIdentity(layout);
    if (!identity) {
        return fail(identity.error());
    }
    const auto address = node::LocalAddress::of(layout.localSocket());
    if (!address) {
        return fail(address.error());
    }
    asio::io_context io;
    stream_protocol::socket socket(io);
    boost::system::error_code error;
    socket.connect(stream_protocol::endpoint(address->text()), error);
    if (error) {
        return fail(notReached(layout, identity->name, error));
    }
    const std::string question = api::toJson(request) + "\n";
    std::string line;
    bool done = false;
    asio::async_write(
        socket, asio::buffer(question), [&](const boost::system::error_code& failure, std::size_t) {
            if (failure) {
                error = failure;
                return;
            }
            asio::async_read_until(socket, asio::dynamic_buffer(line, node::localAnswerLimit), '\n',
                                   [&](const boost::system::error_code& outcome, std::size_t) {
                                       error = outcome;
                                       done = !outcome;
                                   });
        });
    io.run_for(deadline);
    if (!done) {
        return fail(error ? ErrorCode::unavailable : ErrorCode::timeout,
                    identity->name +
                        (error ? " refused the order or stopped: " + error.message()
                               : " does not answer in " + std::to_string(deadline.count() / 1000) + " s"),
                    "Look at its log: journalctl -u pilothouse-replica");
    }
    auto answer = api::fromJson<node::LocalAnswer>(line);
    if (!answer) {
        return failIn("the answer of " + identity->name, answer.error());
    }
    if (answer->problem) {
        return fail(codeOf(answer->problem->code), answer->problem->detail,
                    answer->problem->hint.value_or(""));
    }
    return answer;
}

} // namespace pilothouse::program
