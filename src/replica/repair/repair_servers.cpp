// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica/repair/repair_servers.h"

#include "domain/operation.h"
#include "domain/repair.h"
#include "replica/answers/answer.h"
#include "replica/answers/health_answer.h"

#include <algorithm>

namespace pilothouse::repair {
namespace {

constexpr Milliseconds stopGrace{200};
constexpr Milliseconds stopLimit{2000};

http::ServerOptions optionsOf(const provision::Identity& identity, std::shared_ptr<http::TlsContext> tls,
                              const Logger& log) {
    const auto& listen = identity.listen;
    http::ServerOptions server;
    server.addresses = {
        {listen.host, static_cast<std::uint16_t>(tls ? listen.https_port : listen.http_port)}};
    server.log = log.named(tls ? "https" : "http");
    if (tls) {
        server.commonHeaders.set("Pilothouse-Replica", identity.id);
    }
    server.tls = std::move(tls);
    return server;
}

std::string megabytes(std::int64_t bytes) {
    return std::to_string(bytes / 1'000'000) + " MB";
}

std::string doing(const api::Repair& repair) {
    const auto running = std::find_if(repair.steps.begin(), repair.steps.end(), [](const auto& step) {
        return step.state == domain::nameOf(domain::StepState::running);
    });
    const auto step = running != repair.steps.end() ? domain::repairStepOf(running->kind) : std::nullopt;
    switch (step.value_or(domain::RepairStep::stop)) {
    case domain::RepairStep::copyFolder:
        return "its engine's data is being copied, " + megabytes(repair.copied_bytes) + " of " +
               megabytes(repair.copy_bytes);
    case domain::RepairStep::newAuthority:
        return "its engine gets certificates of a new authority";
    case domain::RepairStep::startAlone:
        return "its engine is started alone";
    case domain::RepairStep::recordEpoch:
        return "the new epoch is being recorded";
    default:
        return "it begins";
    }
}

void addRoutes(http::Router& router, const std::function<std::string()>& sentence) {
    answers::addUnhealthyRoutes(router, sentence);
    router.onMiss([sentence](const http::Request&, int) {
        return answers::problem({ErrorCode::unavailable, sentence(), "Ask again in a second"},
                                std::chrono::seconds(1));
    });
}

} // namespace

std::string sentenceOf(const api::Repair& repair) {
    if (repair.phase == domain::nameOf(domain::RepairPhase::puttingBack)) {
        return "The repair from " + repair.name + " is being put back";
    }
    if (!repair.error.empty()) {
        return "The repair from " + repair.name + " failed and is being taken back: " + repair.error;
    }
    return "The cluster is being repaired from " + repair.name + ": " + doing(repair);
}

RepairServers::RepairServers(const provision::Identity& identity, std::shared_ptr<http::TlsContext> tls,
                             Logger log)
    : m_work(boost::asio::make_work_guard(m_io)),
      m_https(m_io.get_executor(), optionsOf(identity, std::move(tls), log),
              [this](http::Exchange& exchange) { return m_router.handle(exchange); }),
      m_http(m_io.get_executor(), optionsOf(identity, nullptr, log),
             [this](http::Exchange& exchange) { return m_plainRouter.handle(exchange); }) {
    addRoutes(m_router, [this] { return sentence(); });
    addRoutes(m_plainRouter, [] { return std::string("This replica is being repaired"); });
}

RepairServers::~RepairServers() {
    if (m_thread.joinable()) {
        http::stopAll(m_io, {&m_https, &m_http}, stopGrace, stopLimit);
        m_io.stop();
        m_thread.join();
    }
    m_io.shutdown(); // what is left of the coroutines goes while what they use still lives
}

Status RepairServers::start() {
    return m_https.start().and_then([&] { return m_http.start(); }).map([&] {
        m_thread = std::thread([this] { m_io.run(); });
    });
}

void RepairServers::tell(const api::Repair& repair) {
    const std::lock_guard lock(m_mutex);
    m_sentence = sentenceOf(repair);
}

std::string RepairServers::sentence() const {
    const std::lock_guard lock(m_mutex);
    return m_sentence;
}

} // namespace pilothouse::repair
