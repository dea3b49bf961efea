// SPDX-License-Identifier: GPL-3.0-or-later
// etcd's log lines: JSON of zap ("level", "msg", other fields), or plain text where it is not.
#pragma once

#include "base/log.h"
#include "replica/engine/line_splitter.h"

#include <string>
#include <string_view>
#include <vector>

namespace pilothouse::engine {

struct EtcdLogLine {
    LogLevel level = LogLevel::info;
    std::string text; // message and the fields that explain it
};

[[nodiscard]] EtcdLogLine parseEtcdLogLine(std::string_view line);

class EtcdLogReader {
public:
    [[nodiscard]] std::vector<EtcdLogLine> add(std::string_view bytes);

private:
    LineSplitter m_lines{256 * 1024};
};

} // namespace pilothouse::engine
