# embed(FILE NAME HEADER): the lines of data/FILE as the constant NAME that HEADER declares:
#   extern const std::span<const std::string_view> NAME;
# NAME has its namespace ("musicsync::text::names_tsv"). The C++ file that is made goes into MUSICSYNC_EMBEDDED, and is
# made anew when the data changes. Every line is a string of its own, so that no compiler's limit on a literal is met.
if(NOT CMAKE_SCRIPT_MODE_FILE)
  function(embed file name header)
    set(input ${CMAKE_CURRENT_SOURCE_DIR}/data/${file})
    set(output ${CMAKE_CURRENT_BINARY_DIR}/embedded/${file}.cpp)
    set(script ${CMAKE_CURRENT_FUNCTION_LIST_FILE})
    add_custom_command(
      OUTPUT ${output}
      COMMAND ${CMAKE_COMMAND} -D INPUT=${input} -D OUTPUT=${output} -D NAME=${name} -D HEADER=${header} -P ${script}
      DEPENDS ${input} ${script}
      COMMENT "Embedding ${file}"
      VERBATIM)
    set(MUSICSYNC_EMBEDDED ${MUSICSYNC_EMBEDDED} ${output} PARENT_SCOPE)
  endfunction()
  return()
endif()

file(READ "${INPUT}" text)
string(REGEX REPLACE "\n$" "" text "${text}")
string(REPLACE "\n" ")~\",\n    R\"~(" text "${text}")
file(WRITE "${OUTPUT}" "// Made by embed.cmake; do not edit.
#include \"${HEADER}\"

namespace {
constexpr std::string_view lines[] = {
    R\"~(${text})~\",
};
}  // namespace

const std::span<const std::string_view> ${NAME}{lines};
")
