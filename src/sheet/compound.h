// The container of .xls: a small file system of sectors ([MS-CFB]). Only for this room.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bundel::sheet {

// The contents of the stream with this name. Nothing: it is not there, or the chain to it is broken. Streams
// under 4096 bytes (kept elsewhere in the container) are not read: no workbook is that small.
std::optional<std::string> compound_stream(std::string_view bytes, std::string_view name);

// Unsigned numbers as they stand in the file, least byte first; zero beyond the end.
std::uint32_t number16(std::string_view bytes, std::size_t at);
std::uint32_t number32(std::string_view bytes, std::size_t at);

}  // namespace bundel::sheet
