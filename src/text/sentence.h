// SPDX-License-Identifier: GPL-3.0-or-later
// The words for what the judgement says, in the language of the installed translation.
#pragma once

#include "domain/assessment.h"
#include "domain/message.h"

#include <QString>
#include <QStringList>

namespace pilothouse::text {

// One message. Empty for MessageId::none.
[[nodiscard]] QString sentence(const domain::Message& message);
[[nodiscard]] QStringList sentences(const std::vector<domain::Message>& messages);
// The parts of a sentence, joined with spaces.
[[nodiscard]] QString join(const std::vector<domain::Message>& messages);
// "Headline. The sentence's parts." as the command line prints it.
[[nodiscard]] QString wholeSentence(const domain::Assessment& assessment);

// Loads the translations that are compiled in: English plurals, and the user's language above them. To be
// called once after the application object was made.
void installTranslations();

} // namespace pilothouse::text
