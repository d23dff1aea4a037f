# texts.d/*.json -> one sorted C++ table. Included by the main CMakeLists.txt, and run by the build as a script
# (-P) to write the table. Invalid JSON, a code that is no lower_snake word and a code that appears twice stop
# the build with the name of the file.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  file(GLOB texts_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/texts.d/*.json)
  set(texts_table ${PROJECT_BINARY_DIR}/generated/dutch_table.cpp)
  add_custom_command(OUTPUT ${texts_table}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${PROJECT_SOURCE_DIR}/texts.d -DOUT=${texts_table} -P ${CMAKE_CURRENT_LIST_FILE}
    DEPENDS ${texts_files} ${CMAKE_CURRENT_LIST_FILE}
    COMMENT "Merging texts.d" VERBATIM)
  target_sources(bundel_texts PRIVATE ${texts_table})
  return()
endif()

set(codes "")
file(GLOB files ${FOLDER}/*.json)
foreach(file ${files})
  file(READ "${file}" json)
  string(JSON count ERROR_VARIABLE error LENGTH "${json}")
  if(error)
    message(FATAL_ERROR "${file}: ${error}")
  endif()
  # JSON readers keep the last of two equal keys in silence, so the keys are counted in the text as well.
  string(REGEX MATCHALL "[{,][ \t\r\n]*\"[a-z][a-z0-9_]*\"[ \t\r\n]*:" keys "${json}")
  list(LENGTH keys written)
  if(NOT written EQUAL count)
    message(FATAL_ERROR "${file}: ${count} codes, of which ${written} are lower_snake words: "
                        "a code appears twice, or is no lower_snake word")
  endif()
  if(count EQUAL 0)
    continue()
  endif()
  math(EXPR last "${count} - 1")
  foreach(index RANGE ${last})
    string(JSON code MEMBER "${json}" ${index})
    if(DEFINED file_of_${code})
      message(FATAL_ERROR "${file}: code ${code} is also in ${file_of_${code}}")
    endif()
    string(JSON type TYPE "${json}" ${code})
    if(NOT type STREQUAL "STRING")
      message(FATAL_ERROR "${file}: ${code} is no sentence but ${type}")
    endif()
    set(file_of_${code} "${file}")
    string(JSON text_of_${code} GET "${json}" ${code})
    list(APPEND codes ${code})
  endforeach()
endforeach()
list(SORT codes)

set(rows "")
foreach(code ${codes})
  string(APPEND rows "    {\"${code}\", R\"nl(${text_of_${code}})nl\"},\n")
endforeach()
file(WRITE "${OUT}" "// Made from texts.d by src/texts/table.cmake.
#include \"texts/table.h\"

namespace bundel::texts {
namespace {
constexpr Sentence table[] = {
${rows}};
}  // namespace
std::span<const Sentence> dutch_table() { return table; }
}  // namespace bundel::texts
")
