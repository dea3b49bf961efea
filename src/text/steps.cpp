// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/steps.h"

#include "domain/message_ids.h"
#include "text/sentence.h"

namespace pilothouse::text {

using domain::MessageId;

QList<Step> stepsOf(const std::vector<domain::Message>& messages) {
    QList<Step> steps;
    for (const domain::Message& message : messages) {
        const QString words = sentence(message);
        switch (message.id) {
        case MessageId::commandJournal:
        case MessageId::commandStart:
        case MessageId::commandSandboxResume:
        case MessageId::commandSandboxStart:
            if (!steps.isEmpty()) {
                steps.last().commands.append(words);
            }
            break;
        case MessageId::stepOneIsEnough:
        case MessageId::stepMoreAreNeeded:
        case MessageId::stepHostThenLink:
        case MessageId::stepCompare:
            if (!steps.isEmpty()) {
                steps.last().body = words;
            }
            break;
        default:
            steps.append({words, {}, {}});
        }
    }
    return steps;
}

} // namespace pilothouse::text
