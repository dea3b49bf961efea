// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl-C and its like, told from the event loop, so that a command can put things in order before it ends.
#pragma once

#include <QSocketNotifier>

#include <array>
#include <functional>
#include <memory>

namespace pilothouse::cli {

// While it lives SIGINT, SIGTERM and SIGHUP no longer end the program; `onSignal` is called from the event
// loop instead. One at a time.
class SignalWatch {
public:
    explicit SignalWatch(std::function<void(int signal)> onSignal);
    ~SignalWatch(); // the default actions again
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

private:
    std::array<int, 2> m_pipe{-1, -1};
    std::unique_ptr<QSocketNotifier> m_notifier;
};

// Ends the program by that signal, as if it had not been caught: a shell sees 128 + signal and stops its
// loop.
[[noreturn]] void endBySignal(int signal);

} // namespace pilothouse::cli
