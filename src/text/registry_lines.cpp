// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/registry_lines.h"

#include <QCoreApplication>

namespace pilothouse::text {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(registry)
};

} // namespace

QString explanation(domain::RegistryStep step) {
    switch (step) {
    case domain::RegistryStep::login:
        return Words::tr("Log in; the password is on no command line");
    case domain::RegistryStep::tag:
        return Words::tr("Give an image of yours, IMAGE, a name in this registry");
    case domain::RegistryStep::push:
        return Words::tr("Push it");
    case domain::RegistryStep::pull:
        return Words::tr("Pull it through another address: the registry is one");
    case domain::RegistryStep::pullAgain:
        return Words::tr("Pull it");
    }
    return {};
}

} // namespace pilothouse::text
