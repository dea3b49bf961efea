# SPDX-License-Identifier: GPL-3.0-or-later
# How everything is compiled: warnings are errors in our code, ccache and mold where present.

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # base_dir makes two checkouts share results; sloppiness is what precompiled headers need.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1
        CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()

find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
    add_link_options(-fuse-ld=mold)
endif()

set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1 -DNDEBUG")

add_library(pilothouse_options INTERFACE)
target_compile_options(pilothouse_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual -Wformat=2 -Wundef
    -Werror -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Every Boost.Asio coroutine trips -Wmismatched-new-delete or -Wmaybe-uninitialized in g++ 12, and with -O2 its
    # std::string::replace() and operator+ trip -Wrestrict (gcc.gnu.org/PR105329).
    target_compile_options(pilothouse_options INTERFACE -Wno-mismatched-new-delete -Wno-maybe-uninitialized -Wno-restrict)
endif()
target_compile_definitions(pilothouse_options INTERFACE
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_DISABLE_DEPRECATED_BEFORE=0x060400
    PILOTHOUSE_VERSION="${PROJECT_VERSION}")
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_definitions(pilothouse_options INTERFACE _FORTIFY_SOURCE=2)
    add_link_options(-Wl,-z,relro,-z,now)
endif()
if(PILOTHOUSE_SANITIZE)
    add_compile_options(-fsanitize=${PILOTHOUSE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${PILOTHOUSE_SANITIZE})
    if(PILOTHOUSE_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-Wno-tsan) # Boost.Asio uses fences, which the sanitizer only warns that it cannot see
    endif()
endif()
if(PILOTHOUSE_FUZZ)
    # Everything reports the branches that it takes; each target links the fuzzer's main itself.
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
    add_link_options(-fsanitize=address,undefined)
endif()
