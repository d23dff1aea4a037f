// Files that are part of the program: the table of visibility and the web application
// (web/dist). Made by embedded.cmake.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bundel::server {

// Empty when there is no file of that name.
std::string_view embedded_file(std::string_view name);  // "visibility.csv", "web/app.js"
std::vector<std::string_view> embedded_names();

}  // namespace bundel::server
