// SPDX-License-Identifier: GPL-3.0-or-later
// Answers of the admin API.
#pragma once

#include "replica/answers/answer.h"
#include "replica/answers/json_body.h"

namespace pilothouse::admin {

using answers::json;
using answers::jsonText;
using answers::nameOf;
using answers::noContent;
using answers::problem;
using answers::problemOf;
using answers::readJson;
using answers::readJsonText;
using answers::statusOf;

} // namespace pilothouse::admin
