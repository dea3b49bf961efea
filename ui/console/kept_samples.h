// SPDX-License-Identifier: GPL-3.0-or-later
// Between the recorder of a session and the history on disk.
#pragma once

#include "base/ids.h"
#include "history/history.h"
#include "models/sample_recorder.h"

#include <vector>

namespace pilothouse::ui {

// Adds the newest sample of the cluster, and of each replica in `view`, to the history.
void keepNewest(history::History& history, const ClusterId& cluster, const models::SampleRecorder& recorder,
                const models::ClusterView& view);

// Puts samples of an earlier run of the console, oldest first, into the recorder.
void restoreInto(models::SampleRecorder& recorder, const std::vector<history::Sample>& kept);

} // namespace pilothouse::ui
