// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/admin.h"
#include "api/json_codec.h"

namespace pilothouse::api {

PILOTHOUSE_JSON(Problem)
PILOTHOUSE_JSON(Event)
PILOTHOUSE_JSON(EventPage)
PILOTHOUSE_JSON(Grant)
PILOTHOUSE_JSON(User)
PILOTHOUSE_JSON(UserList)
PILOTHOUSE_JSON(CreateUser)
PILOTHOUSE_JSON(ChangeUser)
PILOTHOUSE_JSON(PutGrant)
PILOTHOUSE_JSON(Setting)
PILOTHOUSE_JSON(SettingList)
PILOTHOUSE_JSON(PutSetting)
PILOTHOUSE_JSON(AccessToken)
PILOTHOUSE_JSON(AccessTokenList)
PILOTHOUSE_JSON(CreateAccessToken)
PILOTHOUSE_JSON(CreatedAccessToken)
PILOTHOUSE_JSON(CreateJoinToken)
PILOTHOUSE_JSON(CreatedJoinToken)
PILOTHOUSE_JSON(JoinRequest)
PILOTHOUSE_JSON(JoinAnswer)
PILOTHOUSE_JSON(MakeLeader)
PILOTHOUSE_JSON(Drain)
PILOTHOUSE_JSON(Restart)

} // namespace pilothouse::api
