# The files that the program carries -> one assembler source. Included by the main CMakeLists.txt.
enable_language(ASM)
file(GLOB embedded CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/web/dist/*)
set(names "visibility.csv")
set(paths ${PROJECT_SOURCE_DIR}/src/server/visibility.csv)
foreach(path ${embedded})
  get_filename_component(name ${path} NAME)
  list(APPEND names "web/${name}")
  list(APPEND paths ${path})
endforeach()

set(data "")
set(rows "")
set(declarations "")
set(index 0)
foreach(name path IN ZIP_LISTS names paths)
  string(APPEND data "    .global bundel_file_${index}\n    .global bundel_file_end_${index}\n"
                     "bundel_file_${index}:\n    .incbin \"${path}\"\nbundel_file_end_${index}:\n")
  string(APPEND declarations "extern const char bundel_file_${index}[], bundel_file_end_${index}[];\n")
  string(APPEND rows "    {\"${name}\", bundel_file_${index}, bundel_file_end_${index}},\n")
  math(EXPR index "${index} + 1")
endforeach()
set(folder ${PROJECT_BINARY_DIR}/generated)
file(CONFIGURE OUTPUT ${folder}/embedded.S CONTENT "    .section .rodata\n${data}    .section .note.GNU-stack,\"\",@progbits\n" @ONLY)
file(CONFIGURE OUTPUT ${folder}/embedded.cpp CONTENT "// Made by src/server/embedded.cmake.
#include \"server/embedded.h\"

extern \"C\" {
${declarations}}

namespace bundel::server {
namespace {
struct File {
    std::string_view name;
    const char* first;
    const char* last;
};
const File files[] = {
${rows}};
}  // namespace

std::string_view embedded_file(std::string_view name) {
    for (const File& file : files) {
        if (file.name == name) return {file.first, static_cast<std::size_t>(file.last - file.first)};
    }
    return {};
}

std::vector<std::string_view> embedded_names() {
    std::vector<std::string_view> names;
    for (const File& file : files) names.push_back(file.name);
    return names;
}
}  // namespace bundel::server
" @ONLY)
set_source_files_properties(${folder}/embedded.S PROPERTIES OBJECT_DEPENDS "${paths}")
target_sources(bundel_server PRIVATE ${folder}/embedded.S ${folder}/embedded.cpp)
