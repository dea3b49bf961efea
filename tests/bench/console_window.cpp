// SPDX-License-Identifier: GPL-3.0-or-later
#include "console_window.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdlib>
#include <poll.h>
#include <string_view>
#include <unordered_map>
#include <xcb/damage.h>
#include <xcb/xcb.h>

namespace pilothouse::bench {
namespace {

constexpr int leastWidth = 300; // smaller ones are hints, icons, helpers
constexpr int leastHeight = 150;

template <typename T>
using Reply = std::unique_ptr<T, decltype(&std::free)>;

template <typename T>
Reply<T> own(T* reply) {
    return {reply, &std::free};
}

xcb_atom_t atomOf(xcb_connection_t* connection, std::string_view name) {
    const auto reply = own(xcb_intern_atom_reply(
        connection, xcb_intern_atom(connection, 0, static_cast<std::uint16_t>(name.size()), name.data()),
        nullptr));
    return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
}

} // namespace

WindowWatch::WindowWatch(const QByteArray& display)
    : m_connection(xcb_connect(display.constData(), nullptr)) {
    if (!isConnected()) {
        return;
    }
    m_root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
    const auto* damage = xcb_get_extension_data(m_connection, &xcb_damage_id);
    m_damageEvent = static_cast<std::uint8_t>(damage->first_event + XCB_DAMAGE_NOTIFY);
    own(xcb_damage_query_version_reply(m_connection, xcb_damage_query_version(m_connection, 1, 1), nullptr));
    m_titleAtom = atomOf(m_connection, "_NET_WM_NAME");
    const std::uint32_t mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
    xcb_change_window_attributes(m_connection, m_root, XCB_CW_EVENT_MASK, &mask);
    xcb_flush(m_connection);
}

WindowWatch::~WindowWatch() {
    xcb_disconnect(m_connection);
}

bool WindowWatch::isConnected() const {
    return xcb_connection_has_error(m_connection) == 0;
}

void WindowWatch::takeCreated(std::uint32_t id, bool isMenu) {
    if (isMenu) {
        return;
    }
    // From its creation on, so that no frame is missed.
    Window& window = m_windows[id];
    window.damage = xcb_generate_id(m_connection);
    xcb_damage_create(m_connection, window.damage, id, XCB_DAMAGE_REPORT_LEVEL_RAW_RECTANGLES);
    const std::uint32_t mask = XCB_EVENT_MASK_PROPERTY_CHANGE;
    xcb_change_window_attributes(m_connection, id, XCB_CW_EVENT_MASK, &mask);
    xcb_flush(m_connection);
}

void WindowWatch::readTitle(std::uint32_t id, Window& window) {
    const auto reply = own(xcb_get_property_reply(
        m_connection, xcb_get_property(m_connection, 0, id, m_titleAtom, XCB_ATOM_ANY, 0, 256), nullptr));
    if (reply) {
        window.title.assign(static_cast<const char*>(xcb_get_property_value(reply.get())),
                            static_cast<std::size_t>(xcb_get_property_value_length(reply.get())));
    }
    window.painted = false; // what was painted before is not of this title
}

void WindowWatch::takeEvents() {
    while (const auto event = own(xcb_poll_for_event(m_connection))) {
        m_eventAt = Clock::now();
        const auto type = static_cast<std::uint8_t>(event->response_type & 0x7fU);
        if (type == XCB_CREATE_NOTIFY) {
            const auto* created = reinterpret_cast<const xcb_create_notify_event_t*>(event.get());
            takeCreated(created->window, created->override_redirect != 0);
        } else if (type == XCB_MAP_NOTIFY) {
            const auto at =
                m_windows.find(reinterpret_cast<const xcb_map_notify_event_t*>(event.get())->window);
            if (at != m_windows.end()) {
                at->second.mapped = true;
            }
        } else if (type == XCB_DESTROY_NOTIFY) {
            m_windows.erase(reinterpret_cast<const xcb_destroy_notify_event_t*>(event.get())->window);
        } else if (type == XCB_PROPERTY_NOTIFY) {
            const auto* changed = reinterpret_cast<const xcb_property_notify_event_t*>(event.get());
            const auto at = m_windows.find(changed->window);
            if (at != m_windows.end() && changed->atom == m_titleAtom) {
                readTitle(at->first, at->second);
            }
        } else if (type == m_damageEvent) {
            const auto at =
                m_windows.find(reinterpret_cast<const xcb_damage_notify_event_t*>(event.get())->drawable);
            if (at != m_windows.end()) {
                at->second.painted = true;
            }
        }
    }
}

bool WindowWatch::hasContent(std::uint32_t window) const {
    const auto size =
        own(xcb_get_geometry_reply(m_connection, xcb_get_geometry(m_connection, window), nullptr));
    if (!size || size->width < leastWidth || size->height < leastHeight) {
        return false;
    }
    const auto image = own(xcb_get_image_reply(
        m_connection,
        xcb_get_image(m_connection, XCB_IMAGE_FORMAT_Z_PIXMAP, window, 0, 0, size->width, size->height, ~0U),
        nullptr));
    if (!image) {
        return false;
    }
    const auto* pixels = reinterpret_cast<const std::uint32_t*>(xcb_get_image_data(image.get()));
    const int count = xcb_get_image_data_length(image.get()) / 4;
    std::unordered_map<std::uint32_t, int> colours;
    int most = 0;
    for (int i = 0; i < count; ++i) {
        most = std::max(most, ++colours[pixels[i] & 0xffffffU]);
    }
    return (count - most) * 100 >= count;
}

std::optional<Clock::time_point> WindowWatch::waitFor(const std::function<bool()>& holds, Seconds deadline) {
    const Clock::time_point end = Clock::now() + std::chrono::duration_cast<Clock::duration>(deadline);
    while (Clock::now() < end && !interrupted() && isConnected()) {
        takeEvents();
        const Clock::time_point at = m_eventAt;
        if (holds()) {
            return at;
        }
        QCoreApplication::processEvents(); // a screen reader may be asked something
        pollfd server{xcb_get_file_descriptor(m_connection), POLLIN, 0};
        poll(&server, 1, 2); // short: what came with a reply is read already
    }
    return std::nullopt;
}

std::optional<Clock::time_point> WindowWatch::waitForContent(Seconds deadline) {
    return waitFor(
        [this] {
            return std::any_of(m_windows.begin(), m_windows.end(), [this](auto& entry) {
                auto& [id, window] = entry;
                return window.mapped && std::exchange(window.painted, false) && hasContent(id);
            });
        },
        deadline);
}

std::optional<Clock::time_point> WindowWatch::waitForTitle(const std::string& words, Seconds deadline) {
    return waitFor(
        [&] {
            return std::any_of(m_windows.begin(), m_windows.end(), [&](const auto& entry) {
                const Window& window = entry.second;
                return window.mapped && window.painted && window.title.find(words) != std::string::npos;
            });
        },
        deadline);
}

std::optional<Clock::time_point> WindowWatch::waitForFrame(Seconds deadline) {
    takeEvents();
    for (auto& [id, window] : m_windows) {
        window.painted = false;
    }
    return waitFor(
        [this] {
            return std::any_of(m_windows.begin(), m_windows.end(),
                               [](const auto& entry) { return entry.second.painted; });
        },
        deadline);
}

} // namespace pilothouse::bench
