# SPDX-License-Identifier: GPL-3.0-or-later
# A folder is a target, and its links are its layer.
#
# pilothouse_library(<folder relative to the project> [QT] SOURCES ... [PUBLIC ...] [PRIVATE ...])
#
# makes the target pilothouse_<name> with the alias pilothouse::<name>, where <name> is the folder below src/ with
# slashes as underscores (src/replica/http is pilothouse::replica_http, ui is pilothouse::ui). Its headers are
# included by their path below src/ ("replica/http/server.h"), and only by targets that link it: each target
# brings an include folder of its own that holds nothing but a link to its source folder. So an include that
# breaks the layers does not build.
function(pilothouse_library folder)
    cmake_parse_arguments(arg "QT" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    string(REGEX REPLACE "^src/" "" path ${folder})
    string(REPLACE "/" "_" name ${path})
    set(target pilothouse_${name})
    add_library(${target} STATIC ${arg_SOURCES})
    add_library(pilothouse::${name} ALIAS ${target})

    set(include_root ${PROJECT_BINARY_DIR}/include/${name})
    get_filename_component(parent ${include_root}/${path} DIRECTORY)
    file(MAKE_DIRECTORY ${parent})
    file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${folder} ${include_root}/${path} SYMBOLIC)
    target_include_directories(${target} PUBLIC ${include_root})
    target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE pilothouse_options ${arg_PRIVATE})
    if(arg_QT)
        set_target_properties(${target} PROPERTIES AUTOMOC ON)
    endif()
endfunction()
