if(SUANPAN_FUZZ STREQUAL "driver")
    add_library(fuzz_driver OBJECT EXCLUDE_FROM_ALL "${CMAKE_SOURCE_DIR}/fuzz/driver.cpp")
endif()
if(SUANPAN_FUZZ)
    add_custom_target(fuzzers)
endif()

# Headers compiled once, where SUANPAN_PRECOMPILED: suanpan_headers for nearly every file, suanpan_small_headers for those
# that are compiled for size, suanpan_test_headers for tests. Other presets still notice a file that does not include what
# it uses.
set(SUANPAN_HEADERS <algorithm> <array> <chrono> <cmath> <expected> <functional> <map> <memory> <optional> <ranges>
    <set> <span> <string> <string_view> <unordered_map> <vector> <fmt/format.h>)
foreach(header operations/declare.h operations/json.h store/shop.h store/connection.h)
    list(APPEND SUANPAN_HEADERS "${CMAKE_SOURCE_DIR}/src/platform/${header}")
endforeach()
# Tests are not worth the optimiser's time; what mostly waits for the database or the network is compiled for size, in half
# the time.
set(SUANPAN_BRIEF $<$<CONFIG:Release>:-O1>)
set(SUANPAN_SMALL $<$<CONFIG:Release>:-Os>)

function(suanpan_compile_headers target options)
    set(empty "${CMAKE_BINARY_DIR}/embedded/${target}.cpp")
    file(GENERATE OUTPUT "${empty}" CONTENT "")
    add_library(${target} OBJECT "${empty}")
    target_include_directories(${target} PRIVATE "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${target} PRIVATE fmt::fmt glaze::glaze)
    target_compile_options(${target} PRIVATE ${options})
    target_precompile_headers(${target} PRIVATE ${ARGN})
endfunction()

function(suanpan_precompile)
    if(SUANPAN_PRECOMPILED)
        suanpan_compile_headers(suanpan_headers "" ${SUANPAN_HEADERS})
        suanpan_compile_headers(suanpan_small_headers "${SUANPAN_SMALL}" ${SUANPAN_HEADERS})
    endif()
    if(SUANPAN_PRECOMPILED AND SUANPAN_TESTS)
        suanpan_compile_headers(suanpan_test_headers "${SUANPAN_BRIEF}" ${SUANPAN_HEADERS} <gmock/gmock.h> <gtest/gtest.h>)
        target_link_libraries(suanpan_test_headers PRIVATE GTest::gmock)
        set_target_properties(suanpan_test_headers PROPERTIES EXCLUDE_FROM_ALL ON)
    endif()
endfunction()

# Compiles these files for size.
function(suanpan_compile_small)
    set(options "${SUANPAN_SMALL}")
    set(compiled "")
    if(SUANPAN_PRECOMPILED)
        set(compiled "${CMAKE_BINARY_DIR}/CMakeFiles/suanpan_small_headers.dir/cmake_pch.hxx")
        list(APPEND options -Winvalid-pch -include "${compiled}")
        set(compiled "${compiled}.gch")
    endif()
    set_source_files_properties(${ARGN} PROPERTIES
        SKIP_PRECOMPILE_HEADERS ON OBJECT_DEPENDS "${compiled}" COMPILE_OPTIONS "${options}")
endfunction()

# Sets `result` to files that take in these, `most` of one folder each: most of a file's time goes to templates that its
# neighbours need, too. Names that are a file's own must therefore differ within a folder.
function(suanpan_together result most)
    set(together "")
    list(SORT ARGN)
    set(batch "")
    set(last_folder "")
    foreach(source ${ARGN} "")
        cmake_path(GET source PARENT_PATH folder)
        list(LENGTH batch size)
        if(size GREATER 0 AND (size EQUAL most OR NOT folder STREQUAL last_folder))
            set(united ${batch})
            if(size GREATER 1)
                list(TRANSFORM batch REPLACE "^.*/src/" "")
                list(GET batch 0 first)
                set(united "${CMAKE_BINARY_DIR}/together/${first}")
                list(TRANSFORM batch PREPEND "#include \"")
                list(TRANSFORM batch APPEND "\"\n")
                list(JOIN batch "" text)
                file(CONFIGURE OUTPUT "${united}" CONTENT "${text}" @ONLY)
            endif()
            list(APPEND together "${united}")
            set(batch "")
        endif()
        list(APPEND batch "${source}")
        set(last_folder "${folder}")
    endforeach()
    set(${result} "${together}" PARENT_SCOPE)
endfunction()

# A folder under src/ is one CMake target. It names what it may use; `./dev check` refuses any other include.
#
#   suanpan_module(platform/base LINKS fmt::fmt)
#
# makes the static library platform_base of the folder's .cpp files and, where there are *_test.cpp files, the test
# program platform_base_test, known to ctest. With SUANPAN_FUZZ=libfuzzer, each NAME_fuzz.cpp is a libFuzzer program NAME_fuzz; with
# SUANPAN_FUZZ=driver, one with fuzz/driver.cpp, built only by the target `fuzzers`.
#
# Files of operations are compiled for size; with SMALL all files are, but those whose path a regex after FAST finds.
# TOGETHER bounds how many files are compiled at once, where a changed one would take its neighbours' time.
function(suanpan_module path)
    cmake_parse_arguments(MODULE "SMALL" "TOGETHER" "FAST;LINKS;PRIVATE;TEST_LINKS" ${ARGN})
    string(REPLACE "/" "_" target "${path}")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${path}/*.cpp")
    set(tests ${sources})
    set(fuzzers ${sources})
    list(FILTER sources EXCLUDE REGEX "_(test|fuzz|plugin)\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
    list(FILTER fuzzers INCLUDE REGEX "_fuzz\\.cpp$")

    set(small ${sources})
    if(NOT MODULE_SMALL)
        list(FILTER small INCLUDE REGEX "(operations?|command)\\.cpp$")
    endif()
    foreach(fast ${MODULE_FAST})
        list(FILTER small EXCLUDE REGEX "${fast}")
    endforeach()
    list(REMOVE_ITEM sources ${small})
    set(together ${SUANPAN_TOGETHER})
    if(MODULE_TOGETHER AND MODULE_TOGETHER LESS together)
        set(together ${MODULE_TOGETHER})
    endif()
    suanpan_together(sources ${together} ${sources})
    suanpan_together(small ${together} ${small})

    add_library(${target} STATIC ${sources} ${small})
    target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}/src")
    target_link_libraries(${target} PUBLIC ${MODULE_LINKS} PRIVATE ${MODULE_PRIVATE})
    suanpan_embed(${target} "${CMAKE_SOURCE_DIR}/src/${path}")
    if(SUANPAN_PRECOMPILED)
        target_precompile_headers(${target} REUSE_FROM suanpan_headers)
    endif()
    if(small)
        suanpan_compile_small(${small})
    endif()

    if(tests AND SUANPAN_TESTS)
        suanpan_together(tests ${SUANPAN_TOGETHER} ${tests})
        add_executable(${target}_test ${tests})
        target_link_libraries(${target}_test PRIVATE ${target} ${MODULE_TEST_LINKS} GTest::gmock_main)
        target_compile_options(${target}_test PRIVATE ${SUANPAN_BRIEF})  # what is tested is compiled as it ships
        if(SUANPAN_PRECOMPILED)
            target_precompile_headers(${target}_test REUSE_FROM suanpan_test_headers)
        endif()
        target_compile_definitions(${target}_test PRIVATE SUANPAN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        add_test(NAME ${target} COMMAND ${target}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    endif()

    if(SUANPAN_FUZZ)
        foreach(fuzzer ${fuzzers})
            get_filename_component(name ${fuzzer} NAME_WE)
            add_executable(${name} EXCLUDE_FROM_ALL ${fuzzer})
            target_link_libraries(${name} PRIVATE ${target})
            if(SUANPAN_FUZZ STREQUAL "driver")
                target_link_libraries(${name} PRIVATE fuzz_driver)
            else()
                target_link_options(${name} PRIVATE -fsanitize=fuzzer)
            endif()
            add_dependencies(fuzzers ${name})
        endforeach()
    endif()
endfunction()

# Every .sql and .html file of a folder, and the YAML of features/, becomes a C string, "<path>/schema.sql.inc".
function(suanpan_embed target folder)
    file(GLOB_RECURSE files CONFIGURE_DEPENDS "${folder}/*.sql" "${folder}/*.html" "${folder}/features/*.yaml")
    foreach(file ${files})
        file(RELATIVE_PATH relative "${CMAKE_SOURCE_DIR}/src" "${file}")
        set(output "${CMAKE_BINARY_DIR}/embedded/${relative}.inc")
        add_custom_command(
            OUTPUT "${output}" DEPENDS "${file}" "${CMAKE_SOURCE_DIR}/cmake/embed.cmake"
            COMMAND ${CMAKE_COMMAND} -D INPUT=${file} -D OUTPUT=${output} -P ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
            VERBATIM)
        target_sources(${target} PRIVATE "${output}")
        target_include_directories(${target} PRIVATE "${CMAKE_BINARY_DIR}/embedded")
    endforeach()
endfunction()

# The console, built once for all presets; the gateway embeds it.
function(suanpan_console target)
    set(output "${CMAKE_BINARY_DIR}/embedded/platform/gateway/console_files.inc")
    file(GLOB_RECURSE files CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/console/src/*" "${CMAKE_SOURCE_DIR}/console/scripts/*")
    foreach(name index.html docs.html package-lock.json tsconfig.json vite.config.ts .npmrc)
        list(APPEND files "${CMAKE_SOURCE_DIR}/console/${name}")
    endforeach()
    add_custom_command(
        OUTPUT "${output}" DEPENDS ${files} "${CMAKE_SOURCE_DIR}/environment/console.sh"
        COMMAND "${CMAKE_SOURCE_DIR}/environment/console.sh" "${CMAKE_SOURCE_DIR}/build/console" "${output}" VERBATIM)
    target_sources(${target} PRIVATE "${output}")
    target_include_directories(${target} PRIVATE "${CMAKE_BINARY_DIR}/embedded")
endfunction()
