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
        case MessageId::stepRepairFrom:
        case MessageId::stepHeldUntil:
        case MessageId::stepHeldOnly:
        case MessageId::stepBlobsLost:
            if (!steps.isEmpty()) {
                QString& body = steps.last().body;
                body += body.isEmpty() ? words : u' ' + words;
            }
            break;
        case MessageId::stepOnlyIfGone:
            steps.append({words, {}, {}, true});
            break;
        default:
            steps.append({words, {}, {}, false});
        }
    }
    return steps;
}

} // namespace pilothouse::text
