# One folder = one room = one static library = one namespace. Every *_test.cpp beside the code goes into <room>_test.
add_library(bundel_warnings INTERFACE)
target_compile_options(bundel_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wcast-align -Wformat=2 -Wundef -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports false -Wrestrict / -Wdangling findings inside libstdc++ string code (PR105329, PR105651).
  target_compile_options(bundel_warnings INTERFACE -Wno-restrict -Wduplicated-cond -Wlogical-op)
endif()

function(bundel_room name)
  cmake_parse_arguments(ROOM "" "" "DEPS;LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS src/${name}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    return()
  endif()
  add_library(bundel_${name} STATIC ${sources})
  target_include_directories(bundel_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(bundel_${name} PRIVATE bundel_warnings ${ROOM_LIBS})
  foreach(dep ${ROOM_DEPS})
    if(TARGET bundel_${dep})
      target_link_libraries(bundel_${name} PUBLIC bundel_${dep})
    endif()
  endforeach()
  if(tests)
    bundel_test(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE bundel_${name})
  endif()
endfunction()

# A GoogleTest program, registered with ctest as one test (its own time is printed by gtest).
# Repository paths that tests read in place come in as BUNDEL_SOURCE_DIR.
function(bundel_test name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE bundel_warnings GTest::gtest GTest::gmock GTest::gtest_main rapidcheck)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE BUNDEL_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  # Half of the build is tests, and they wait for the code they test, not for their own.
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1> $<$<CONFIG:RelWithDebInfo>:-O0>)
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT 900)
endfunction()
