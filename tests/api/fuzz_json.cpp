// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer's way into the JSON reader (-DPILOTHOUSE_FUZZ=ON, clang). The first byte of an input chooses the
// type, the rest is the document. Aborts where a value that was read does not survive being written and read
// again.
#include "api/json.h"
#include "wire_types.h"

#include <algorithm>
#include <cstdlib>

namespace {

namespace api = pilothouse::api;
namespace wire = pilothouse::api::wire;
using Byte = unsigned char;

template <typename T>
void tryRead(std::string_view text) {
    const auto value = api::fromJson<T>(text);
    if (value && !api::fromJson<T>(api::toJson(*value))) {
        std::abort();
    }
}

template <typename... Types>
void tryOneOf(wire::TypeList<Types...>, std::size_t choice, std::string_view text) {
    std::size_t index = 0;
    ((index++ == choice ? tryRead<Types>(text) : void()), ...);
}

template <typename... Types>
std::string makeOneOf(wire::TypeList<Types...>, std::size_t choice, std::uint64_t seed) {
    std::string text;
    std::size_t index = 0;
    ((index++ == choice ? void(text = api::toJson(wire::made<Types>(seed))) : void()), ...);
    return text;
}

constexpr std::size_t adminFrom = wire::StatusTypes::size;
constexpr std::size_t otherFrom = adminFrom + wire::AdminTypes::size;
constexpr std::size_t registryFrom = otherFrom + wire::OtherTypes::size;
constexpr std::size_t operationFrom = registryFrom + wire::RegistryTypes::size;
constexpr std::size_t setupFrom = operationFrom + wire::OperationTypes::size;
constexpr std::size_t repairFrom = setupFrom + wire::SetupTypes::size;
constexpr std::size_t checkFrom = repairFrom + wire::RepairTypes::size;
constexpr std::size_t end = checkFrom + wire::CheckTypes::size;

} // namespace

extern "C" std::size_t LLVMFuzzerMutate(Byte* data, std::size_t size, std::size_t limit);

// Starts from a valid document every now and then: bytes alone never grow into one.
extern "C" std::size_t LLVMFuzzerCustomMutator(Byte* data, std::size_t size, std::size_t limit,
                                               unsigned seed) {
    if (seed % 50 != 0 || limit == 0) {
        return LLVMFuzzerMutate(data, size, limit);
    }
    const std::size_t choice = seed / 50 % end;
    std::string text = makeOneOf(wire::StatusTypes{}, choice, seed);
    text += makeOneOf(wire::AdminTypes{}, choice - adminFrom, seed);
    text += makeOneOf(wire::OtherTypes{}, choice - otherFrom, seed);
    text += makeOneOf(wire::RegistryTypes{}, choice - registryFrom, seed);
    text += makeOneOf(wire::OperationTypes{}, choice - operationFrom, seed);
    text += makeOneOf(wire::SetupTypes{}, choice - setupFrom, seed);
    text += makeOneOf(wire::RepairTypes{}, choice - repairFrom, seed);
    text += makeOneOf(wire::CheckTypes{}, choice - checkFrom, seed);
    text.resize(std::min(text.size(), limit - 1));
    data[0] = static_cast<Byte>(choice);
    std::copy(text.begin(), text.end(), data + 1);
    return text.size() + 1;
}

extern "C" int LLVMFuzzerTestOneInput(const Byte* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::size_t choice = data[0];
    tryOneOf(wire::StatusTypes{}, choice, text);
    tryOneOf(wire::AdminTypes{}, choice - adminFrom, text);
    tryOneOf(wire::OtherTypes{}, choice - otherFrom, text);
    tryOneOf(wire::RegistryTypes{}, choice - registryFrom, text);
    tryOneOf(wire::OperationTypes{}, choice - operationFrom, text);
    tryOneOf(wire::SetupTypes{}, choice - setupFrom, text);
    tryOneOf(wire::RepairTypes{}, choice - repairFrom, text);
    tryOneOf(wire::CheckTypes{}, choice - checkFrom, text);
    return 0;
}
