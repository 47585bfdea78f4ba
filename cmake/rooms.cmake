# gen_room(NAME LINK targets... SOURCES files...): one static library a room, gen::NAME.
# gen_test(NAME test_x ROOM room SOURCES files...): a g_test program that links only that room,
# so that a call to a room on the right fails to link.

add_library(gen_flags INTERFACE)
target_include_directories(gen_flags INTERFACE ${CMAKE_SOURCE_DIR}/gen)
target_compile_options(gen_flags INTERFACE
  -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla
  -Wwrite-strings -Wformat=2 -Wno-format-nonliteral -Wimplicit-fallthrough -fno-common)
target_compile_definitions(gen_flags INTERFACE _GNU_SOURCE G_DISABLE_DEPRECATED
  FRISE_VERSION="${PROJECT_VERSION}")
if(FRISE_WERROR)
  target_compile_options(gen_flags INTERFACE -Werror)
endif()

function(gen_room name)
  cmake_parse_arguments(ROOM "" "" "LINK;SOURCES" ${ARGN})
  add_library(gen_${name} STATIC ${ROOM_SOURCES})
  add_library(gen::${name} ALIAS gen_${name})
  target_link_libraries(gen_${name} PUBLIC gen_flags ${ROOM_LINK} m)
endfunction()

function(gen_test)
  cmake_parse_arguments(TEST "" "NAME;ROOM" "SOURCES" ${ARGN})
  add_executable(${TEST_NAME} ${TEST_SOURCES})
  target_link_libraries(${TEST_NAME} PRIVATE gen::${TEST_ROOM})
  target_compile_definitions(${TEST_NAME} PRIVATE
    TEST_DIR="${CMAKE_CURRENT_SOURCE_DIR}" PROJECT_DIR="${CMAKE_SOURCE_DIR}")
  add_test(NAME ${TEST_NAME} COMMAND ${TEST_NAME})
  set_tests_properties(${TEST_NAME} PROPERTIES LABELS unit
    ENVIRONMENT "G_DEBUG=fatal-criticals;G_SLICE=always-malloc;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/lsan.supp:print_suppressions=0"
    FAIL_REGULAR_EXPRESSION "# SKIP")
endfunction()
