# Writes OUTPUT, a C++ source that defines `extern const std::string_view NAME` with the bytes of INPUT.
# cmake -D INPUT=… -D OUTPUT=… -D NAME=… -D HEADER=… -P embed_text.cmake
file(READ "${INPUT}" content)
string(LENGTH "${content}" length)
set(pieces "")
foreach(begin RANGE 0 ${length} 8000)  # a literal may be limited to 64 KiB
  string(SUBSTRING "${content}" ${begin} 8000 piece)
  string(APPEND pieces "\nR\"data(${piece})data\"")
endforeach()
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"\n\nconst std::string_view musicsync::${NAME} =${pieces};\n")
