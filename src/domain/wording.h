// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a whole cluster: headline, sentence, facts, advice, findings, steps.
#pragma once

#include "domain/roll.h"

namespace pilothouse::domain {

// Fills everything that is said from the verdict and margins that are there.
void putInWords(const Situation& situation, const Roll& roll, Assessment& assessment);

// Why nobody answers us, as far as all attempts agree: `rejected`, `tls` (which stands for `wrongId` too), or
// `timeout` for everything else.
[[nodiscard]] Reach commonFailure(const Situation& situation);

// The parts, each in its own file.
[[nodiscard]] std::vector<Message> sentenceFor(const Situation& situation, const Roll& roll,
                                               const Assessment& assessment);
[[nodiscard]] std::vector<Message> factsFor(const Situation& situation, const Roll& roll,
                                            const Assessment& assessment);
[[nodiscard]] std::vector<Message> adviceFor(const Situation& situation, const Roll& roll,
                                             const Assessment& assessment);
[[nodiscard]] std::vector<Message> findingsFor(const Situation& situation, const Roll& roll,
                                               const Assessment& assessment);
[[nodiscard]] std::vector<Message> stepsFor(const Situation& situation, const Roll& roll,
                                            const Assessment& assessment);
[[nodiscard]] std::vector<Message> stillWorksFor(const Roll& roll, const Assessment& assessment);

} // namespace pilothouse::domain
