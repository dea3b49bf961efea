// SPDX-License-Identifier: GPL-3.0-or-later
// Watches what a program paints on the X server, without its help.
#pragma once

#include "bench_process.h"

#include <QByteArray>

#include <map>
#include <memory>
#include <optional>
#include <string>

struct xcb_connection_t;

namespace pilothouse::bench {

// Looks at the top-level windows of a display that hold more than a hint or a menu. To be made before the
// program is started; one program at a time.
class WindowWatch {
public:
    explicit WindowWatch(const QByteArray& display);
    ~WindowWatch();
    WindowWatch(const WindowWatch&) = delete;
    WindowWatch& operator=(const WindowWatch&) = delete;

    // When the first window was mapped and not blank: at least one pixel in a hundred of it differs from the
    // colour that it has most of.
    [[nodiscard]] std::optional<Clock::time_point> waitForContent(Seconds deadline);
    // When a frame was painted after the window's title had come to contain `words`. (A title is set before
    // the frame is drawn that belongs to it, and the server keeps that order.)
    [[nodiscard]] std::optional<Clock::time_point> waitForTitle(const std::string& words, Seconds deadline);
    // When the next frame is painted.
    [[nodiscard]] std::optional<Clock::time_point> waitForFrame(Seconds deadline);
    [[nodiscard]] bool isConnected() const;

private:
    struct Window {
        std::uint32_t damage = 0;
        bool mapped = false;
        bool painted = false; // since looked at last
        std::string title;
    };
    [[nodiscard]] std::optional<Clock::time_point> waitFor(const std::function<bool()>& holds,
                                                           Seconds deadline);
    // Takes what the server has sent. The time is that of the newest event.
    void takeEvents();
    void takeCreated(std::uint32_t window, bool isMenu);
    void readTitle(std::uint32_t id, Window& window);
    [[nodiscard]] bool hasContent(std::uint32_t window) const;

    xcb_connection_t* m_connection;
    std::uint32_t m_root = 0;
    std::uint8_t m_damageEvent = 0;
    std::uint32_t m_titleAtom = 0;
    std::map<std::uint32_t, Window> m_windows;
    Clock::time_point m_eventAt;
};

} // namespace pilothouse::bench
