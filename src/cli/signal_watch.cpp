// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/signal_watch.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace pilothouse::cli {
namespace {

constexpr std::array signals{SIGINT, SIGTERM, SIGHUP};

volatile std::sig_atomic_t pipeEnd = -1; // all that a signal handler can reach

extern "C" void onSignalArrived(int signal) {
    const int savedError = errno;
    const auto byte = static_cast<unsigned char>(signal);
    [[maybe_unused]] const auto written = write(pipeEnd, &byte, 1);
    errno = savedError;
}

} // namespace

SignalWatch::SignalWatch(std::function<void(int)> onSignal) {
    if (pipe2(m_pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return; // without a pipe the default actions stay
    }
    pipeEnd = m_pipe[1];
    m_notifier = std::make_unique<QSocketNotifier>(m_pipe[0], QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(),
                     [end = m_pipe[0], onSignal = std::move(onSignal)] {
                         unsigned char signal = 0;
                         if (read(end, &signal, 1) == 1) {
                             onSignal(signal);
                         }
                     });
    for (const int signal : signals) {
        std::signal(signal, onSignalArrived);
    }
}

SignalWatch::~SignalWatch() {
    if (!m_notifier) {
        return;
    }
    for (const int signal : signals) {
        std::signal(signal, SIG_DFL);
    }
    pipeEnd = -1;
    m_notifier.reset();
    close(m_pipe[0]);
    close(m_pipe[1]);
}

void endBySignal(int signal) {
    std::fflush(nullptr);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
    std::_Exit(128 + signal); // only if the signal is blocked
}

} // namespace pilothouse::cli
