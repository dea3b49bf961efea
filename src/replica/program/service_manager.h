// SPDX-License-Identifier: GPL-3.0-or-later
// Tells systemd how far the program is (sd_notify(3)).
#pragma once

#include <string>
#include <string_view>

namespace pilothouse::program {

class ServiceManager {
public:
    // Takes $NOTIFY_SOCKET out of the environment, since the engine would use it, too. To be made before the
    // program has started any thread.
    ServiceManager();
    // Sends "READY=1" and the like; nothing where no service manager asked for it.
    void tell(std::string_view state) const;
    // Puts $NOTIFY_SOCKET back, for a program that takes this one's place. No other thread may look at the
    // environment.
    void passOn() const;
    // Takes it out again, where no other program took this one's place.
    void keep() const;

private:
    std::string m_socket;
};

} // namespace pilothouse::program
